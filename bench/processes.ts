import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { StillClock } from '../lib/clock.ts';
import { createModels, prepareCollections } from '../models/index.ts';
import { openStore } from '../store/connect.ts';
import { House } from '../tests/story/house.ts';
import { OurProcess } from '../tests/story/process.ts';
import { fillBed } from './bed.ts';
import { type BenchResult, limited } from './result.ts';

const STARTS = 3;
const CANDIDATES = 10_000;

/** `npm start` on a fresh folder until the READY line. */
export async function startToReady(): Promise<BenchResult> {
  const times: number[] = [];
  for (let number = 0; number < STARTS; number += 1) {
    const folder = await mkdtemp(join(tmpdir(), 'ziuping-start-'));
    const start = performance.now();
    const both = new OurProcess(['app/main.ts'], { DATA_DIR: folder, PORT: '0', SANDBOX_PORT: '0', SMTP_PORT: '0' });
    await both.ready;
    times.push(performance.now() - start);
    await both.end();
    await rm(folder, { recursive: true, force: true });
  }
  return limited({ name: 'start-to-ready', unit: 'ms' }, times, 5_000);
}

/** Memory of the app half with ten thousand candidates, after it has answered. */
export async function memory10k(): Promise<BenchResult> {
  const house = await House.open({ SANDBOX_SEED: 'sample' });
  try {
    await house.app.end();
    await fillHouse(house);
    await house.startApp();
    for (let number = 0; number < 20; number += 1) await house.says('hr-carmen', `狀態 A${20_000 + number}`);
    const status = readFileSync(`/proc/${house.app.child.pid}/status`, 'utf8');
    const kilobytes = Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0);
    return limited({ name: 'rss-10k', unit: 'MiB' }, [kilobytes / 1024], null);
  } finally {
    await house.close();
  }
}

/** Puts ten thousand further candidates beside the sample company. */
async function fillHouse(house: House): Promise<void> {
  const store = await openStore({ dataDir: join(house.folder, 'store'), log: () => undefined });
  const connection = await mongoose.createConnection(store.uri, store.options).asPromise();
  const models = createModels(connection);
  await prepareCollections(models);
  const clock = new StillClock('2026-11-23T10:00+08:00');
  await fillBed({ office: { models, clock } as Parameters<typeof fillBed>[0]['office'] }, CANDIDATES, 'applied', {
    first: 20_000,
    company: false,
  });
  await connection.close();
  await store.close();
}
