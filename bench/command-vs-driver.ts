import type mongoose from 'mongoose';
import type { Connection } from 'mongoose';
import { COMMANDS } from '../bot/commands/index.ts';
import { createBot } from '../bot/handle-event.ts';
import type { InboundMessage, StaffChannel } from '../channels/channel.ts';
import { createInbox } from '../channels/inbox/inbox.ts';
import type { InboxItem } from '../channels/inbox/work-off.ts';
import { realTimers } from '../lib/timers.ts';
import { createModels, prepareCollections } from '../models/index.ts';
import { type Bed, fillBed, openBed, type StoreChoice, timed } from './bed.ts';
import { type BenchResult, compared } from './result.ts';

const WARM_UP = 20;
const RUNS = 100;

/** One database command as the driver sent it. */
interface Sent {
  name: string;
  command: Record<string, unknown>;
}

/**
 * The command "shortlist somebody", from the stored message to the committed unit, against the very same database
 * commands on the bare driver: what our code costs on top.
 */
export async function commandVsDriver(store: StoreChoice): Promise<BenchResult> {
  // Listening to the driver costs time of its own: the commands are written down in a run that is not measured.
  const sent = await withBed(store, true, async (bed) => {
    const commands: Sent[][] = [];
    bed.connection.getClient().on('commandStarted', (event) => {
      commands.at(-1)?.push({ name: event.commandName, command: { ...event.command } });
    });
    await runCommands(bed, () => commands.push([]));
    return commands;
  });
  return withBed(store, false, async (bed) => {
    const ours = await runCommands(bed, () => undefined);
    const bare = await bed.bare('replay');
    await prepareCollections(createModels(bare));
    const there = { ...bed.office, models: createModels(bare), connection: bare };
    await fillBed({ office: there }, WARM_UP + RUNS, 'applied');
    const reference = await replay(bare, sent);
    return compared(
      { name: 'command-vs-driver', unit: 'ms', referenceName: 'the same database commands on the bare driver' },
      ours.slice(WARM_UP),
      reference.slice(WARM_UP),
      { most: 2 },
    );
  });
}

/** A fresh bed with people who have applied. */
async function withBed<T>(store: StoreChoice, monitor: boolean, work: (bed: Bed) => Promise<T>): Promise<T> {
  const bed = await openBed(store, monitor);
  try {
    await fillBed(bed, WARM_UP + RUNS, 'applied');
    return await work(bed);
  } finally {
    await bed.close();
  }
}

/** Shortlists everybody, one message each. @param onNext called before each @returns the time of each in ms */
async function runCommands(bed: Bed, onNext: () => unknown): Promise<number[]> {
  const { office } = bed;
  const inHand = new Map<string, InboxItem>();
  const bot = createBot({
    office,
    staffChannel: {} as StaffChannel,
    robotNames: ['招聘助手'],
    adminStaffIds: [],
    commands: COMMANDS,
    cardHandlers: [],
    markDone: async (session, { itemId, answer }) => inHand.get(itemId)?.markDone(session, answer),
  });
  const inbox = createInbox({
    models: office.models,
    clock: office.clock,
    ids: office.ids,
    timers: realTimers,
    log: office.log,
    work: async (event, item) => {
      inHand.set(item.id, item);
      return event.kind === 'words' ? undefined : bot(event, item);
    },
    onSetAside: async () => undefined,
    owner: 'bench',
    shared: false,
  });
  await inbox.start();
  const ours: number[] = [];
  for (let number = 0; number < WARM_UP + RUNS; number += 1) {
    onNext();
    const event: InboundMessage = {
      kind: 'message',
      eventId: `msg_${number}`,
      sentAt: office.clock.now(),
      conversation: { id: 'cidDirect', kind: 'direct' },
      sender: { staffId: 'hr', nick: 'Carmen' },
      text: `入圍 A${number + 1001}`,
      files: [],
      quotaSpent: false,
    };
    ours.push(
      await timed(async () => {
        await inbox.receive(event);
        await inbox.idle();
      }),
    );
  }
  await inbox.stop();
  const shortlisted = await office.models.applications.countDocuments({ stage: 'shortlisted' });
  if (shortlisted !== WARM_UP + RUNS) throw new Error(`only ${shortlisted} were shortlisted`);
  return ours;
}

/** Fields that the driver adds by itself. */
const DRIVERS_OWN = [
  'lsid',
  '$db',
  '$clusterTime',
  'txnNumber',
  'startTransaction',
  'autocommit',
  'readConcern',
  'writeConcern',
  '$readPreference',
];

async function replay(connection: Connection, sent: readonly Sent[][]): Promise<number[]> {
  const times: number[] = [];
  for (const commands of sent) times.push(await timed(() => replayOne(connection, commands)));
  return times;
}

async function replayOne(connection: Connection, commands: readonly Sent[]): Promise<void> {
  const db = connection.getClient().db(connection.name);
  let session: mongoose.mongo.ClientSession | undefined;
  for (const { name, command } of commands) {
    if (name === 'endSessions') continue;
    if (name === 'commitTransaction' || name === 'abortTransaction') {
      await (name === 'commitTransaction' ? session?.commitTransaction() : session?.abortTransaction());
      await session?.endSession();
      session = undefined;
      continue;
    }
    if (command.startTransaction) {
      session = connection.getClient().startSession();
      session.startTransaction();
    }
    const own = Object.fromEntries(Object.entries(command).filter(([field]) => !DRIVERS_OWN.includes(field)));
    await db.command(own, command.autocommit === false && session ? { session } : {});
  }
}
