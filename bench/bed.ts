import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose, { type Connection } from 'mongoose';
import { momentAt } from '../hongkong/zone.ts';
import { StillClock } from '../lib/clock.ts';
import { randomIds } from '../lib/ids.ts';
import { leaseOf } from '../lib/lease.ts';
import type { ApplicationRecord } from '../models/application.model.ts';
import type { CandidateRecord } from '../models/candidate.model.ts';
import { createModels, type Models, prepareCollections } from '../models/index.ts';
import { candidateName, nameKeys, personNameOf } from '../recruiting/candidate/person-name.ts';
import { resolveSettings } from '../recruiting/settings.ts';
import type { Office } from '../recruiting/unit/office.ts';
import { openStore } from '../store/connect.ts';

/** Where a measurement runs: a fresh store of the kind asked for, and an office on it. */
export interface Bed {
  office: Office & { clock: StillClock };
  connection: Connection;
  lease: ReturnType<typeof leaseOf>;
  /** Opens a second, bare connection to a database of its own on the same store. */
  bare(database: string): Promise<Connection>;
  close(): Promise<void>;
}

/** `embedded`, or the address of a MongoDB. */
export type StoreChoice = string;

/** Opens a bed. @param monitor true to hear every command that is sent */
export async function openBed(choice: StoreChoice, monitor = false): Promise<Bed> {
  const folder = await mkdtemp(join(tmpdir(), 'ziuping-bench-'));
  const store = await openStore({
    ...(choice === 'embedded' ? {} : { mongodbUri: choice }),
    dataDir: folder,
    log: () => undefined,
  });
  const dbName = `ziuping_test_bench_${randomIds.next('db').slice(3, 13)}`;
  const connection = await mongoose
    .createConnection(store.uri, { ...store.options, dbName, monitorCommands: monitor })
    .asPromise();
  const models = createModels(connection);
  await prepareCollections(models);
  const settings = resolveSettings();
  const office = {
    connection,
    models,
    clock: new StillClock('2026-11-23T10:00+08:00'),
    ids: randomIds,
    log: { info() {}, warn() {}, error() {} },
    settings: () => settings,
    pagesUrl: () => 'https://hr.example.hk',
    wakeDispatch() {},
  };
  const others: Connection[] = [];
  return {
    office,
    connection,
    lease: leaseOf('bench', () => new Date(), true),
    async bare(database) {
      const other = await mongoose
        .createConnection(store.uri, { ...store.options, dbName: `${dbName}_${database}` })
        .asPromise();
      others.push(other);
      return other;
    },
    async close() {
      for (const other of others) {
        await other.dropDatabase();
        await other.close();
      }
      await connection.dropDatabase();
      await connection.close();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A company with one vacancy, and some people who have applied. @returns application ids */
export async function fillBed(
  { office }: Pick<Bed, 'office'>,
  people: number,
  stage: ApplicationRecord['stage'],
  more: { first?: number; company?: boolean } = {},
): Promise<string[]> {
  const { models, clock } = office;
  const now = clock.now();
  if (more.company !== false) await fillCompany(models, people, now);
  const ids: string[] = [];
  const first = more.first ?? 0;
  const end = first + people;
  for (let start = first; start < end; start += 2_000) {
    const candidates: CandidateRecord[] = [];
    const applications: ApplicationRecord[] = [];
    for (let number = start; number < Math.min(end, start + 2_000); number += 1) {
      candidates.push(candidateOf(number, now));
      applications.push(applicationOf(number, stage, now));
      ids.push(`app_${number}`);
    }
    await models.candidates.insertMany(candidates);
    await models.applications.insertMany(applications);
  }
  return ids;
}

/** One branch, two members of staff, one vacancy. */
async function fillCompany(models: Models, people: number, now: Date): Promise<void> {
  await models.organisation.insertMany([
    {
      _id: 'organisation',
      mode: 'sandbox',
      corpId: null,
      brand: '金記茶餐廳',
      legalEntity: '金記飲食有限公司',
      officeAddress: '九龍觀塘道1號',
      hrPhone: '+85221234567',
      hrGroupId: 'cidHR',
      smsSender: null,
      dataLocation: '香港',
      settings: {},
    },
  ]);
  await models.branches.insertMany([
    {
      _id: 'br',
      code: 'MK',
      name: '旺角店',
      shortName: '旺角店',
      foldedNames: ['旺角店'],
      address: '旺角彌敦道688號',
      landmark: null,
      managerStaffId: 'mgr',
    },
  ]);
  await models.staff.insertMany([
    {
      _id: 'hr',
      unionId: 'uhr',
      name: '李嘉敏',
      englishName: 'Carmen',
      foldedNames: ['李嘉敏', 'carmen'],
      title: null,
      roles: ['recruiter'],
      superiorStaffId: null,
      branchIds: [],
      active: true,
    },
    {
      _id: 'mgr',
      unionId: 'umgr',
      name: '黃美玲',
      englishName: null,
      foldedNames: ['黃美玲'],
      title: null,
      roles: ['hiring_manager'],
      superiorStaffId: null,
      branchIds: ['br'],
      active: true,
    },
  ]);
  await models.requisitions.insertMany([
    {
      _id: 'req',
      ref: 'R101',
      jobTitle: '店務員',
      foldedTitle: '店務員',
      headcount: people,
      branchId: 'br',
      hiringManagerId: 'mgr',
      recruiterId: 'hr',
      stageTemplate: 'shop',
      state: 'open',
      openedAt: now,
      openedBy: 'staff:hr',
    },
  ]);
}

const SURNAMES = [...'陳李張黃何林吳梁鄭王'];
const GIVEN = [...'家嘉俊志詠詩曉晴偉明美玲子軒浩然慧敏文傑'];

function candidateOf(number: number, now: Date): CandidateRecord {
  const pick = (list: readonly string[], by: number): string => list[by % list.length] ?? '';
  const name = candidateName(pick(SURNAMES, number) + pick(GIVEN, number) + pick(GIVEN, Math.floor(number / 7) + 3));
  return {
    _id: `cand_${number}`,
    ref: `C${number + 1001}`,
    name,
    foldedNames: nameKeys(personNameOf(name)),
    phone: `+8526${String(1_000_000 + number)}`,
    email: `person${number}@mail.example`,
    staffId: null,
    wrongAddresses: [],
    source: null,
    choices: { newsConsentAt: null, nudgesStoppedAt: null, allStoppedAt: null },
    picsVersion: null,
    picsShownAt: null,
    purgeAfter: momentAt('2028-11-23'),
    lastActivityAt: null,
    pageSeenAt: null,
    noticedAt: null,
    createdAt: now,
    createdBy: 'staff:hr',
  };
}

function applicationOf(number: number, stage: ApplicationRecord['stage'], now: Date): ApplicationRecord {
  return {
    _id: `app_${number}`,
    ref: `A${number + 1001}`,
    candidateId: `cand_${number}`,
    requisitionId: 'req',
    stage,
    stageSince: now,
    history: [{ at: now, from: null, to: stage, by: 'staff:hr', reason: null }],
    version: 1,
    holdUntil: null,
    holdReason: null,
    branchId: null,
    intakeId: null,
    startAt: null,
    offerReplyBy: null,
    promise: { what: '初步甄選結果', by: momentAt('2026-11-30'), delays: 0 },
    appliedAt: now,
  };
}

/** Milliseconds that some work took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
