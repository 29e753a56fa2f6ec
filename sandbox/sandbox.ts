import type { SandboxConfig } from './config.ts';
import { HttpServer } from './http/http-server.ts';
import { MailServer } from './mail/smtp-server.ts';
import { seedWorld } from './organisation/seed.ts';
import { lockFolder } from './state/folder-lock.ts';
import { World } from './world.ts';

/** A running sandbox. */
export interface Sandbox {
  /** `http://host:port`, without a slash at the end. */
  readonly origin: string;
  /** `smtp://host:port` */
  readonly smtp: string;
  close(): Promise<void>;
}

/** A port is taken by somebody else. Exit code 75. */
export class PortInUse extends Error {
  override readonly name = 'PortInUse';
}

/** Starts everything in this process. Throws FolderInUse, PortInUse. */
export async function startSandbox(config: SandboxConfig): Promise<Sandbox> {
  const lock = await lockFolder(config.folder);
  const world = new World(config);
  if (world.meta.get('seed') === undefined) seedWorld(world, config.seed);
  else world.ids.salt = world.meta.get('seed') ?? '';
  world.apps.registerProduct();
  const http = new HttpServer(world);
  const mail = new MailServer(world);
  world.inHandSources.push(() => mail.inHand());
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  const shownHost = ['0.0.0.0', '[::]'].includes(host) ? '127.0.0.1' : host;
  const close = async (): Promise<void> => {
    await Promise.all([http.close(), mail.close()]);
    world.dues.close();
    world.clock.close();
    world.log.close();
    world.journal.close();
    await lock.release();
  };
  try {
    const port = await http.listen(config.port, config.host);
    const smtpPort = await mail.listen(config.smtpPort, config.host);
    const origin = `http://${shownHost}:${port}`;
    world.listensAt(origin);
    world.deliveries.resume();
    world.dues.arm();
    return { origin, smtp: `smtp://${shownHost}:${smtpPort}`, close };
  } catch (error) {
    await lock.release();
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') throw new PortInUse(error.message);
    throw error;
  }
}
