import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express, type Router } from 'express';
import helmet from 'helmet';
import { InUseError } from '../lib/errors.ts';

/** What the server shows about the process. */
export interface Health {
  /** Reasons why work cannot be taken at present; empty = ready. */
  notReady(): Promise<string[]>;
}

/** Builds the web application; it does not listen yet. */
export function createWebApp(health: Health): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', 'loopback');
  app.use(helmet({ contentSecurityPolicy: false }));
  app.get('/healthz', (_request, response) => {
    response.json({ ok: true });
  });
  app.get('/readyz', async (_request, response) => {
    const reasons = await health.notReady();
    response.status(reasons.length === 0 ? 200 : 503).json({ ready: reasons.length === 0, reasons });
  });
  return app;
}

/** Mounts parts of the application under a path. */
export function mount(app: Express, path: string, router: Router): void {
  app.use(path, router);
}

/** A server that listens. */
export interface Listening {
  address: string;
  /** Stops taking requests; running ones come to their end. */
  close(): Promise<void>;
}

/** Listens. @throws InUseError when the port is taken */
export async function listen(app: Express, host: string, port: number): Promise<Listening> {
  const server: Server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new InUseError(`Port ${port} is in use (setting PORT).`) : error);
    });
    server.listen(port, host, resolve);
  });
  const { port: chosen } = server.address() as AddressInfo;
  return {
    address: `http://${host.includes(':') ? `[${host}]` : host}:${chosen}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), 2_000).unref();
      }),
  };
}
