import { closeSync, existsSync, fdatasyncSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Key } from './keys.ts';

/** A change as the log keeps it: the value under a key, or null for a key that is gone. */
export type Change = readonly [key: Key, value: Uint8Array | null];

/** Space for records. It is written once with zeros, so that later syncs have no sizes to write. */
const CAPACITY_BYTES = 8 * 1024 * 1024;
const HEADER_BYTES = 16;
const REMOVED = 0xffffffff;

/**
 * The log that makes writes durable with one sync: every record holds the changes of one flush, and they go into LMDB
 * later, many flushes at a time. A record carries the epoch in which it was written; LMDB holds the epoch that counts, so
 * that one commit there both takes in what was logged and makes the log empty.
 *
 *     length of the rest of the record, CRC-32 of that rest, epoch, number within the epoch   (4 bytes each)
 *     length of the key (2), key, length of the value (4; all bits set: removed), value       (repeated)
 */
export class WriteAheadLog {
  readonly #fd: number;
  readonly #path: string;
  #epoch = 0;
  #at = 0;
  #number = 0;

  constructor(path: string) {
    this.#path = path;
    if (!existsSync(path)) {
      const fd = openSync(path, 'w', 0o600);
      writeSync(fd, Buffer.alloc(CAPACITY_BYTES), 0, CAPACITY_BYTES, 0);
      fsyncSync(fd);
      closeSync(fd);
      syncFolder(dirname(path));
    }
    this.#fd = openSync(path, 'r+');
  }

  /** The changes that were logged in this epoch, in their order; further records go behind them. */
  read(epoch: number): Change[] {
    this.restart(epoch);
    const bytes = readFileSync(this.#path);
    const changes: Change[] = [];
    for (;;) {
      const record = this.#recordAt(bytes);
      if (record === undefined) return changes;
      readChanges(record, changes);
      this.#at += HEADER_BYTES + record.length;
      this.#number += 1;
    }
  }

  /** The payload of the next record; undefined where there is none, or only a part of one. */
  #recordAt(bytes: Buffer): Buffer | undefined {
    const start = this.#at + HEADER_BYTES;
    if (start > bytes.length) return undefined;
    const length = bytes.readUInt32LE(this.#at);
    if (length === 0 || start + length > bytes.length) return undefined;
    if (bytes.readUInt32LE(this.#at + 8) !== this.#epoch || bytes.readUInt32LE(this.#at + 12) !== this.#number) {
      return undefined;
    }
    const record = bytes.subarray(start, start + length);
    return crc32(record) === bytes.readUInt32LE(this.#at + 4) ? record : undefined;
  }

  /** Begins anew: what was logged before has no meaning any more. */
  restart(epoch: number): void {
    this.#epoch = epoch;
    this.#at = 0;
    this.#number = 0;
  }

  /** Logs changes and syncs. False when there is no room for them; then nothing was written. */
  append(changes: Iterable<Change>): boolean {
    const record = encodeChanges(changes, this.#epoch, this.#number);
    if (this.#at + record.length > CAPACITY_BYTES) return false;
    writeSync(this.#fd, record, 0, record.length, this.#at);
    fdatasyncSync(this.#fd);
    this.#at += record.length;
    this.#number += 1;
    return true;
  }

  close(): void {
    closeSync(this.#fd);
  }
}

/** Makes sure that a new file is still listed after a power cut. Windows has no such call and needs none. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(folder, 'r');
  fsyncSync(fd);
  closeSync(fd);
}

function encodeChanges(changes: Iterable<Change>, epoch: number, number: number): Buffer {
  const all = [...changes];
  let length = 0;
  for (const [key, value] of all) length += 6 + key.length + (value?.length ?? 0);
  const record = Buffer.allocUnsafe(HEADER_BYTES + length);
  let at = HEADER_BYTES;
  for (const [key, value] of all) {
    at = record.writeUInt16LE(key.length, at);
    at += record.write(key, at, 'latin1');
    at = record.writeUInt32LE(value === null ? REMOVED : value.length, at);
    if (value === null) continue;
    record.set(value, at);
    at += value.length;
  }
  record.writeUInt32LE(length, 0);
  record.writeUInt32LE(crc32(record.subarray(HEADER_BYTES)), 4);
  record.writeUInt32LE(epoch, 8);
  record.writeUInt32LE(number, 12);
  return record;
}

function readChanges(record: Buffer, changes: Change[]): void {
  let at = 0;
  while (at < record.length) {
    const keyEnd = at + 2 + record.readUInt16LE(at);
    const key = record.toString('latin1', at + 2, keyEnd);
    const length = record.readUInt32LE(keyEnd);
    at = keyEnd + 4;
    if (length === REMOVED) {
      changes.push([key, null]);
      continue;
    }
    changes.push([key, Buffer.from(record.subarray(at, at + length))]);
    at += length;
  }
}
