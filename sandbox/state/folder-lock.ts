import { createHash } from 'node:crypto';
import { unlinkSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folder belongs to a living process. Exit code 75. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
}

/**
 * Holds a folder for this process by listening on a socket named after it: the system frees it however the process
 * ends, and a second process is told the first one's pid. Throws FolderInUse.
 */
export async function lockFolder(folder: string): Promise<{ release(): Promise<void> }> {
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 20);
  const path =
    process.platform === 'win32'
      ? `\\\\.\\pipe\\ziuping-sandbox-${name}`
      : join(tmpdir(), `ziuping-sandbox-${name}.sock`);
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const server = await listen(path);
    if (server) {
      server.unref();
      return { release: () => new Promise((resolve) => server.close(() => resolve())) };
    }
    const pid = await askHolder(path);
    if (pid !== undefined) throw new FolderInUse(`the folder ${folder} is in use by the process with pid ${pid}`);
    try {
      unlinkSync(path);
    } catch {
      // somebody else removed the dead socket first; the next attempt sees who holds it
    }
  }
  throw new FolderInUse(`the folder ${folder} is being opened by another process`);
}

function listen(path: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.end(String(process.pid));
    });
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    server.listen(path, () => resolve(server));
  });
}

/** The pid that answers on the socket, or undefined when nobody does. */
function askHolder(path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    let pid = '';
    const socket = connect(path);
    socket.setTimeout(2000, () => socket.destroy());
    socket.on('data', (chunk) => {
      pid += chunk.toString();
    });
    socket.on('error', () => resolve(undefined));
    socket.on('close', () => resolve(pid === '' ? undefined : pid));
  });
}
