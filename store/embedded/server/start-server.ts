import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { lockFolder } from '../storage/folder-lock.ts';
import { Store } from '../storage/store.ts';
import { type Address, type Listener, listen } from './listener.ts';
import { StoreServer } from './store-server.ts';
import { Upkeep } from './upkeep.ts';

/** A store that answers clients. */
export interface RunningServer {
  /** Host and port, or the path of the socket. */
  readonly address: string;
  close(): Promise<void>;
}

/** What a server needs to start. */
export interface ServerOptions {
  /** The product's folder for data; the store keeps its own in `store` below it. */
  readonly dataDir: string;
  readonly where: Address;
  /** Calendar time. */
  readonly now: () => Date;
  /** The moment by which TTL indexes are judged; asked anew for every sweep. */
  readonly ttlNow: () => Promise<Date>;
  readonly log: (line: string) => void;
}

/**
 * Takes the folder, opens the store and lets clients in.
 *
 * @throws InUseError when another process has the folder.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const folder = join(options.dataDir, 'store');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = lockFolder(folder);
  let store: Store | undefined;
  try {
    store = new Store(folder);
    const server = new StoreServer({ store, now: options.now });
    if ('path' in options.where) rmSync(options.where.path, { force: true });
    const listener: Listener = await listen(server, options.where);
    const upkeep = new Upkeep(server, options.ttlNow, options.log);
    const opened = store;
    return {
      address: listener.address,
      async close() {
        upkeep.stop();
        await listener.close();
        await opened.close();
        lock.release();
      },
    };
  } catch (error) {
    await store?.close();
    lock.release();
    throw error;
  }
}
