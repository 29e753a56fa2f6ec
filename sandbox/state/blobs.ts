import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Contents of files (CVs, uploads, raw mails), one file each beside the journal. Names are made by the sandbox only. */
export class Blobs {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = join(folder, 'files');
    mkdirSync(this.#folder, { recursive: true });
  }

  put(id: string, content: Uint8Array): void {
    writeFileSync(join(this.#folder, id), content);
  }

  get(id: string): Buffer | undefined {
    if (!/^[\w-]+$/.test(id)) return undefined;
    const path = join(this.#folder, id);
    return existsSync(path) ? readFileSync(path) : undefined;
  }

  clear(): void {
    rmSync(this.#folder, { recursive: true, force: true });
    mkdirSync(this.#folder, { recursive: true });
  }
}
