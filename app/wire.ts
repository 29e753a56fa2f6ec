import { join } from 'node:path';
import mongoose, { type ClientSession, type Connection } from 'mongoose';
import { BOT_NAMES } from '../bot/bot-names.ts';
import { hearWords } from '../bot/candidate-words/hear-words.ts';
import { takeWords } from '../bot/candidate-words/take-words.ts';
import { CARD_HANDLERS } from '../bot/cards/index.ts';
import { COMMANDS } from '../bot/commands/index.ts';
import { apologise, createBot } from '../bot/handle-event.ts';
import { showLateAnswer } from '../bot/show-late-answer.ts';
import { takeModelCall } from '../bot/understand/model/call-budget.ts';
import type { CardFace, ReadingModel } from '../channels/channel.ts';
import { interviewIcs } from '../channels/email/interview-ics.ts';
import { createInbox, type Inbox } from '../channels/inbox/inbox.ts';
import type { InboxItem } from '../channels/inbox/work-off.ts';
import { ChatModel } from '../channels/model/chat-model.ts';
import { Dispatcher } from '../jobs/dispatch/dispatcher.ts';
import type { InterviewCalendar } from '../jobs/dispatch/envelope-for.ts';
import { JOBS } from '../jobs/index.ts';
import { Timetable } from '../jobs/timetable.ts';
import type { Clock } from '../lib/clock.ts';
import { randomIds } from '../lib/ids.ts';
import { leaseOf } from '../lib/lease.ts';
import { realTimers } from '../lib/timers.ts';
import { createModels, prepareCollections } from '../models/index.ts';
import { createPortal } from '../portal/create-portal.ts';
import { resolveSettings, type Settings } from '../recruiting/settings.ts';
import type { Log, Office } from '../recruiting/unit/office.ts';
import { openStore } from '../store/connect.ts';
import { announceGap, announceQuota } from './announce.ts';
import { createChannels } from './channels.ts';
import { FollowedClock } from './clock/followed-clock.ts';
import { machineClock } from './clock/machine-clock.ts';
import type { Config } from './config.ts';
import { createWebApp, type Listening, listen, mount } from './http-server.ts';
import { inboundRoutes, plainHearing, tellUnheardWords, workOffWords } from './inbound.ts';
import { claimOrganisation } from './organisation.ts';
import { Pulse, type Worker } from './pulse.ts';

/** A running app. */
export interface RunningApp {
  address: string;
  /** `embedded` or `mongodb`, for the READY line. */
  store: string;
  office: Office;
  /** No new work; running calls finish. */
  stop(): Promise<void>;
}

/** How long a process may be silent until others take over what it held: longer than any call it makes. */
const LEASE_SECONDS = 120;

/** Done once after the store is open and before anything is heard: sample data. */
export type Prepare = (office: Office) => Promise<void>;

/** The only place that joins the parts. Starts everything in the order in which it depends on each other. */
export async function startApp(config: Config, log: Log, prepare?: Prepare): Promise<RunningApp> {
  const undo: (() => Promise<void> | void)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    return await start(config, log, prepare, undo, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  config: Config,
  log: Log,
  prepare: Prepare | undefined,
  undo: (() => Promise<void> | void)[],
  stop: () => Promise<void>,
): Promise<RunningApp> {
  const clock = await openClock(config, log, undo);
  const store = await openStore({
    mongodbUri: config.mongodbUri,
    dataDir: join(config.dataDir, 'store'),
    log: (line) => log.warn({}, line),
    ttlNow: () => clock.now(),
  });
  undo.push(() => store.close());
  const connection = await mongoose.createConnection(store.uri, store.options).asPromise();
  undo.push(() => connection.close());
  const models = createModels(connection);
  await prepareCollections(models);
  await claimOrganisation(models, config);

  const parts: { inbox?: Inbox; dispatcher?: Dispatcher; pulse?: Pulse; server?: Listening; ready: boolean } = {
    ready: false,
  };
  const settings = await liveSettings(models);
  const office: Office = {
    connection,
    models,
    clock,
    ids: randomIds,
    log,
    settings: settings.current,
    pagesUrl: () => config.publicUrl ?? parts.server?.address ?? '',
    wakeDispatch: (dueAt) => {
      if (dueAt <= clock.now()) parts.dispatcher?.kick();
      parts.pulse?.wake(dueAt);
    },
  };
  const web = createWebApp({ notReady: () => notReady(connection, parts, channels.receiver) });
  const channels = createChannels(config, office, realTimers, {
    onGap: (gap) => announceGap(office, gap),
    onQuotaWarning: (warning) => announceQuota(office, warning),
  });
  mount(
    web,
    '/inbound',
    inboundRoutes(config, office, () => (parts.ready ? parts.inbox : undefined)),
  );
  mount(web, '/', createPortal({ office, takeWords }));
  if (channels.http) mount(web, '/dingtalk', channels.http.router);
  parts.server = await listen(web, config.host, config.port);
  undo.push(() => parts.server?.close());

  if (prepare) await prepare(office);
  const lease = leaseOf(randomIds.next('process'), () => new Date(), store.kind === 'embedded', LEASE_SECONDS);
  const dispatcher = new Dispatcher({
    office,
    staff: channels.staff,
    channels: channels.candidates,
    calendar: calendarOf(config.mail.from),
    replyMailbox: config.inbound.emailSecret ? config.inbound.mailbox : undefined,
    lease,
  });
  parts.dispatcher = dispatcher;
  const timetable = new Timetable(JOBS, office, lease);
  /** What is worked on, so that the bot can mark it done inside its own transaction. */
  const inHand = new Map<string, InboxItem>();
  const botParts = {
    office,
    staffChannel: channels.staff,
    markDone: async (session: ClientSession, { itemId, answer }: { itemId: string; answer?: CardFace | undefined }) => {
      await inHand.get(itemId)?.markDone(session, answer);
    },
    robotNames: [...new Set([config.dingtalk.robotName, ...BOT_NAMES])],
    adminStaffIds: config.adminStaffIds,
    commands: COMMANDS,
    cardHandlers: CARD_HANDLERS,
    ...readingModelOf(config, office),
  };
  const bot = createBot(botParts);
  const hear = plainHearing(office, hearWords);
  const inbox = createInbox({
    models,
    clock,
    ids: randomIds,
    timers: realTimers,
    log,
    work: async (event, item) => {
      if (event.kind === 'words') {
        await workOffWords({ office, hear }, event, item);
        return undefined;
      }
      inHand.set(item.id, item);
      try {
        return await bot(event, item);
      } finally {
        inHand.delete(item.id);
      }
    },
    onSetAside: ({ id, event }, reference) =>
      event.kind === 'words'
        ? tellUnheardWords(office, event, reference)
        : apologise(botParts, event, { id, reference }),
    onReceived: (event, isNew) => {
      if (event.kind !== 'words') channels.governor.countInbound(event, isNew);
    },
    onLateAnswer: (press, face) => void showLateAnswer(office, press, face),
    owner: lease.owner,
    shared: store.kind !== 'embedded',
  });
  parts.inbox = inbox;
  await dispatcher.start();
  await timetable.start();
  await inbox.start();

  const follow = clock instanceof FollowedClock ? clock : undefined;
  const pulse = new Pulse([inboxWorker(inbox, settings.refresh), timetable, dispatcher], {
    clock,
    timers: realTimers,
    log,
    ...(follow ? { onNextDue: (nextDue: Date | null) => follow.announceDue(nextDue) } : {}),
  });
  parts.pulse = pulse;
  undo.push(async () => {
    parts.ready = false;
    pulse.stop();
    timetable.stop();
    await channels.receiver.stop();
    await inbox.stop();
    await dispatcher.stop();
    await channels.governor.stop();
  });
  follow?.follow(
    () => pulse.runDue(),
    () => pulse.wake(clock.now()),
  );
  await pulse.runDue();
  await channels.receiver.start(inbox);
  parts.ready = true;
  return { address: parts.server.address, store: store.kind, office, stop };
}

async function openClock(config: Config, log: Log, undo: (() => void)[]): Promise<Clock> {
  if (!config.clockUrl) return machineClock;
  const clock = new FollowedClock(config.clockUrl, realTimers, log);
  undo.push(() => clock.stop());
  await clock.connect();
  return clock;
}

/** The settings in force: read at start and again at every beat. */
async function liveSettings(models: Office['models']): Promise<{ current(): Settings; refresh(): Promise<void> }> {
  let settings = resolveSettings();
  const refresh = async (): Promise<void> => {
    const organisation = await models.organisation.findOne({ _id: 'organisation' }, { settings: 1 }).lean();
    settings = resolveSettings(organisation?.settings ?? {});
  };
  await refresh();
  return { current: () => settings, refresh };
}

/** What was typed and pressed comes before what is due: it may change it. */
function inboxWorker(inbox: Inbox, refresh: () => Promise<void>): Worker {
  return {
    name: 'inbox',
    async runDue() {
      await refresh();
      await inbox.wake();
      await inbox.idle();
      return { ran: [], nextDue: null };
    },
    inHand: () => [],
  };
}

/** Calendar files in the name of the address that mails come from. */
function calendarOf(from: string | undefined): InterviewCalendar {
  const email = /<([^<>]+)>/.exec(from ?? '')?.[1] ?? from ?? 'hr@localhost';
  return ({ place, now, organizerName, ...facts }) =>
    interviewIcs({ ...facts, location: place, stampedAt: now, organizer: { name: organizerName, email } });
}

async function notReady(
  connection: Connection,
  parts: { ready: boolean },
  receiver: { health(): { ok: boolean; reason?: string } },
): Promise<string[]> {
  const reasons: string[] = [];
  if (!parts.ready) reasons.push('starting or stopping');
  const heard = receiver.health();
  if (!heard.ok) reasons.push(heard.reason ?? 'DingTalk is not heard');
  try {
    await connection.db?.command({ ping: 1 });
  } catch {
    reasons.push('the store does not answer');
  }
  return reasons;
}

/** The optional model that may propose readings. */
function readingModelOf({ readingModel }: Config, office: Office): { model?: ReadingModel } {
  if (!readingModel) return {};
  const { callsPerDay, ...settings } = readingModel;
  return {
    model: new ChatModel({
      settings,
      timers: realTimers,
      log: office.log,
      takeCall: () => takeModelCall(office, callsPerDay),
    }),
  };
}
