import { truncateSync } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Binary, BSON, Decimal128, Long, ObjectId } from 'bson';
import fc from 'fast-check';
import { test as base, describe, expect } from 'vitest';
import { decode, encode } from '../../../store/embedded/storage/bson-codec.ts';
import { Disk } from '../../../store/embedded/storage/disk.ts';
import { type Entry, Overlay, type Reader } from '../../../store/embedded/storage/overlay.ts';
import { WriteAheadLog } from '../../../store/embedded/storage/write-ahead-log.ts';

const test = base.extend<{ folder: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: the names in the pattern are what the runner goes by.
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'ziuping-test-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
});

/** The plainest reader there is. */
function readerOf(content: ReadonlyMap<string, Uint8Array>): Reader {
  return {
    get: (key) => content.get(key),
    entries(from, to, reverse, limit) {
      const sorted = [...content].filter(([key]) => key >= from && key < to).sort(([a], [b]) => (a < b ? -1 : 1));
      return (reverse ? sorted.reverse() : sorted).slice(0, limit);
    },
  };
}

const value = (text: string): Uint8Array => Buffer.from(text);
const shown = (entries: readonly Entry[]): string[] => entries.map(([key, bytes]) => `${key}=${Buffer.from(bytes)}`);
const key = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 4 });
const change = fc.tuple(key, fc.option(fc.constantFrom('1', '2', '3')));

describe('an overlay', () => {
  test('reads as if its changes had been made below', () => {
    const cases = fc.tuple(
      fc.array(key, { maxLength: 60 }),
      fc.array(fc.array(change, { maxLength: 25 }), { maxLength: 3 }),
    );
    fc.assert(
      fc.property(
        cases,
        key,
        key,
        fc.boolean(),
        fc.integer({ min: 1, max: 40 }),
        ([below, rounds], from, to, reverse, limit) => {
          const content = new Map(below.map((one) => [one, value('0')]));
          const overlay = new Overlay(readerOf(new Map(content)));
          for (const changes of rounds) {
            for (const [at, text] of changes) {
              overlay.set(at, text === null ? null : value(text));
              if (text === null) content.delete(at);
              else content.set(at, value(text));
            }
            // Reading in between makes it keep its order while further changes come.
            const model = readerOf(content);
            expect(shown(overlay.entries(from, to, reverse, limit))).toEqual(
              shown(model.entries(from, to, reverse, limit)),
            );
            expect(overlay.get(from)).toEqual(model.get(from));
          }
        },
      ),
      { seed: 20261123, numRuns: 400 },
    );
  });
});

describe('the log', () => {
  test('gives back whole records of its epoch only, whatever was cut off behind them', async ({ folder }) => {
    const path = join(folder, 'log');
    const log = new WriteAheadLog(path);
    log.restart(7);
    expect(
      log.append([
        ['a', value('1')],
        ['b', null],
      ]),
    ).toBe(true);
    expect(log.append([['a', value('2')]])).toBe(true);
    log.close();
    const again = new WriteAheadLog(path);
    const all = [
      ['a', '1'],
      ['b', null],
      ['a', '2'],
    ];
    const read = (one: WriteAheadLog, epoch: number): unknown[] =>
      one.read(epoch).map(([at, bytes]) => [at, bytes && String(bytes)]);
    expect(read(again, 7)).toEqual(all);
    expect(read(again, 8)).toEqual([]);
    again.close();
    const file = await open(path, 'r+');
    // A byte in the value of the last record: the disk wrote only a part of it.
    await file.write(Buffer.from([0xff]), 0, 1, 16 + 14 + 16 + 7);
    await file.close();
    const torn = new WriteAheadLog(path);
    expect(read(torn, 7)).toEqual(all.slice(0, 2));
    expect(torn.append([['c', value('3')]])).toBe(true);
    expect(read(torn, 7)).toEqual([...all.slice(0, 2), ['c', '3']]);
    torn.close();
    truncateSync(path, 20);
    const short = new WriteAheadLog(path);
    expect(read(short, 7)).toEqual([]);
    short.close();
  });

  test('refuses what it has no room for', ({ folder }) => {
    const log = new WriteAheadLog(join(folder, 'log'));
    expect(log.append([['a', Buffer.alloc(9_000_000)]])).toBe(false);
    expect(log.append([['a', Buffer.alloc(1000)]])).toBe(true);
    log.close();
  });
});

describe('the disk', () => {
  test('keeps what it has said to be flushed, large or small, and shows a snapshot what was', async ({ folder }) => {
    let disk = new Disk(folder);
    disk.set('a', value('1'));
    disk.set('b', value('1'));
    await disk.flushed();
    const snapshot = disk.snapshot();
    disk.set('a', value('2'));
    disk.set('b', null);
    disk.set('c', value('2'));
    disk.set('d', Buffer.alloc(20_000_000, 'x'));
    await disk.flushed();
    expect(shown(snapshot.entries('a', 'e', false, 10))).toEqual(['a=1', 'b=1']);
    expect(shown(disk.entries('a', 'd', false, 10))).toEqual(['a=2', 'c=2']);
    snapshot.release();
    for (let n = 0; n < 9000; n += 1) disk.set(`n${String(n).padStart(5, '0')}`, value('n'));
    await disk.flushed();
    expect(disk.count('n', 'o')).toBe(9000);
    await disk.close();
    disk = new Disk(folder);
    expect(shown(disk.entries('a', 'd', true, 10))).toEqual(['c=2', 'a=2']);
    expect(disk.get('d')?.length).toBe(20_000_000);
    expect(disk.count('n', 'o')).toBe(9000);
    await disk.close();
  });
});

describe('the decoder', () => {
  test('keeps every type and what looks like a reference', () => {
    const document = {
      double: 1.5,
      long: Long.fromNumber(5),
      decimal: Decimal128.fromString('1.50'),
      reference: { $ref: 'c', $id: new ObjectId('6a0000000000000000000000'), extra: 1 },
      bytes: new Binary(Buffer.from('ab'), 2),
      short: new Binary(Buffer.from('ab'), 4),
      list: [null, [], {}, 'ä'.repeat(30), -0],
      __proto__x: 1,
    };
    const bytes = BSON.serialize(document);
    expect(Buffer.from(encode(decode(bytes))).equals(bytes)).toBe(true);
  });

  test('refuses bytes that are no document with 22', () => {
    const bytes = BSON.serialize({ a: 'text', b: [1, 2] });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), fc.integer({ min: 0, max: 255 }), (at, byte) => {
        const broken = Buffer.from(bytes);
        broken[at] = byte;
        try {
          decode(broken);
        } catch (error) {
          expect(error).toMatchObject({ code: 22 });
        }
      }),
      { seed: 20261123, numRuns: 500 },
    );
  });
});
