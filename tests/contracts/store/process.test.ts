import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import mongoose from 'mongoose';
import { test as base, expect } from 'vitest';
import { InUseError } from '../../../lib/errors.ts';
import { openStore } from '../../../store/connect.ts';
import { socketPathOf } from '../../../store/embedded/start-embedded.ts';
import { DidNotStart, startStoreProcess } from './store-process.ts';

const { MongoClient } = mongoose.mongo;
const log = (line: string): void => console.error(line);

const test = base.extend<{ dataDir: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: the names in the pattern are what the runner goes by.
  dataDir: async ({}, use) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'ziuping-test-'));
    await use(dataDir);
    await rm(dataDir, { recursive: true, force: true });
  },
});

test('alone it listens on 127.0.0.1 and says who it is', async ({ dataDir }) => {
  const store = await startStoreProcess(dataDir);
  const client = new MongoClient(store.uri);
  try {
    expect(store.uri).toBe(`mongodb://127.0.0.1:${store.port}/?replicaSet=rs0`);
    const admin = client.db('admin');
    const hello = await admin.command({ hello: 1 });
    const address = `127.0.0.1:${store.port}`;
    expect(hello).toMatchObject({
      setName: 'rs0',
      maxWireVersion: 17,
      hosts: [address],
      me: address,
      primary: address,
    });
    expect(hello.isWritablePrimary).toBe(true);
    const build = await admin.command({ buildInfo: 1 });
    expect([build.version, build.modules]).toEqual(['6.0.5', ['ziuping-embedded']]);
    expect((await admin.command({ serverStatus: 1 })).version).toBe('6.0.5');
    await client.db('ziuping_test_process').collection('c').insertOne({ a: 1 });
  } finally {
    await client.close();
    expect(await store.end('SIGTERM')).toBe(0);
  }
});

test('a folder that is in use is refused with the pid, and free at once after a SIGKILL', async ({ dataDir }) => {
  const first = await startStoreProcess(dataDir);
  const refused = await startStoreProcess(dataDir).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(DidNotStart);
  expect((refused as DidNotStart).exitCode).toBe(75);
  expect((refused as DidNotStart).message).toContain(`in use by process ${first.pid}`);
  const embedded = openStore({ dataDir, log });
  await expect(embedded).rejects.toThrow(InUseError);
  await expect(embedded).rejects.toThrow(`in use by process ${first.pid}`);
  await first.end('SIGKILL');
  const next = await openStore({ dataDir, log });
  await expect(openStore({ dataDir, log })).rejects.toThrow(`in use by process ${process.pid}`);
  await next.close();
  expect(await readdir(join(dataDir, 'store'))).not.toContain(`owner-${process.pid}`);
});

test('within the product it listens on a socket that only its user may open', async ({ dataDir }) => {
  const store = await openStore({ dataDir, log });
  try {
    const path = socketPathOf(dataDir);
    expect(decodeURIComponent(store.uri)).toContain(path);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(dirname(path))).mode & 0o777).toBe(0o700);
    const client = new MongoClient(store.uri);
    expect((await client.db('admin').command({ hello: 1 })).me).toBe(path);
    await client.close();
  } finally {
    await store.close();
  }
});

test('what was written is there after it was closed and opened again', async ({ dataDir }) => {
  for (const round of [1, 2, 3]) {
    const store = await openStore({ dataDir, log });
    const client = new MongoClient(store.uri);
    const c = client.db('ziuping_test_process').collection<{ _id: number; k: number }>('c');
    await c.createIndex({ k: 1 }, { unique: true });
    await c.insertOne({ _id: round, k: -round });
    expect((await c.find({ k: { $lt: 0 } }).toArray()).map(({ _id }) => _id)).toEqual([3, 2, 1].slice(3 - round));
    await client.close();
    await store.close();
  }
});

test('unknown options stop it with 78', async ({ dataDir }) => {
  const main = new URL('../../../store/main.ts', import.meta.url).pathname;
  const run = spawnSync(process.execPath, ['--import', 'tsx', main, '--data', dataDir, '--port', 'many'], {
    encoding: 'utf8',
  });
  expect(run.status).toBe(78);
  expect(run.stderr).toContain('--port many');
});

const hasStrace = spawnSync('strace', ['-V']).status === 0;

test.runIf(hasStrace)('each acknowledged write was synced before', { timeout: 90_000 }, async ({ dataDir }) => {
  const trace = join(dataDir, 'trace');
  const store = await startStoreProcess(dataDir, 0, [
    // As a detached observer: the process that is signalled is the store itself.
    'strace',
    '-D',
    '--seccomp-bpf',
    '-f',
    '-qq',
    '-e',
    'trace=fdatasync,fsync,msync',
    '-o',
    trace,
  ]);
  const syncs = async (): Promise<number> =>
    (await readFile(trace, 'utf8')).split('\n').filter((line) => / = 0$/.test(line)).length;
  const client = new MongoClient(store.uri);
  try {
    const c = client.db('ziuping_test_process').collection<{ _id: number; n?: number }>('c');
    await c.insertOne({ _id: 0 });
    for (let n = 1; n <= 5; n += 1) {
      const before = await syncs();
      await c.insertOne({ _id: n });
      const inserted = await syncs();
      await c.updateOne({ _id: n }, { $set: { n } });
      const updated = await syncs();
      await client.withSession((session) =>
        session.withTransaction(async () => {
          await c.deleteOne({ _id: n }, { session });
          await c.insertOne({ _id: -n }, { session });
        }),
      );
      const committed = await syncs();
      expect([inserted - before >= 1, updated - inserted >= 1, committed - updated >= 1]).toEqual([true, true, true]);
    }
  } finally {
    await client.close();
    await store.end('SIGTERM');
  }
});
