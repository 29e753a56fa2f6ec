import type { StaffRecord } from '../../models/staff.model.ts';
import type { Reader } from '../../recruiting/unit/reader.ts';
import type { AnyCommand } from '../command.ts';
import { complianceReply } from '../replies/compliance-sentences.ts';
import { noSuchNumber, nothingUnderstood, unknownNumber } from '../replies/nothing-understood.ts';
import type { Reply } from '../replies/reply.ts';
import { inLanguage, say } from '../replies/said.ts';
import { understoodAs } from '../replies/understood.ts';
import { SURE } from '../understand/decide.ts';
import type { ComplianceFlag, IntentFrame, StaffIntent } from '../understand/intents.ts';
import { buildCancel, buildNoShow, buildReschedule, buildSchedule } from './build/appointments.ts';
import { buildApprove, buildHold, buildReject, buildShortlist } from './build/decisions.ts';
import { isMissing, notPossible } from './build/not-possible.ts';
import { buildHelp, buildList, buildStatus, buildUndo } from './build/questions.ts';
import { buildAssignStore, buildCallOutcome, buildNote, buildOffer, buildPause, buildResume } from './build/records.ts';
import { buildOpenRequisition } from './build/vacancies.ts';
import { fragmentOf } from './fragment.ts';
import { obstacleOf } from './limits.ts';
import type { Intended, OrderBuilder, OrderContext } from './order-context.ts';
import { unknownName } from './people.ts';
import type { PlannedOrder } from './planned-order.ts';
import type { Reading } from './reading.ts';
import { storedReply } from './stored-reply.ts';
import { asSwap } from './swap.ts';

const BUILDERS: Readonly<Partial<Record<StaffIntent, OrderBuilder>>> = {
  shortlist: buildShortlist,
  schedule: buildSchedule,
  reschedule: buildReschedule,
  cancel: buildCancel,
  approve: buildApprove,
  reject: buildReject,
  hold: buildHold,
  status: buildStatus,
  list: buildList,
  offer: buildOffer,
  assign_store: buildAssignStore,
  note: buildNote,
  call_outcome: buildCallOutcome,
  help: buildHelp,
  undo: buildUndo,
  pause_nudges: buildPause,
  resume_nudges: buildResume,
  open_requisition: buildOpenRequisition,
  no_show: buildNoShow,
};

/** Orders that may be shown and confirmed but whose words cannot hide that they act: everything else only informs. */
const INFORMS: ReadonlySet<string> = new Set(['status', 'list', 'report', 'help', 'smalltalk', 'unknown']);
/** Most orders of one message. */
const MOST_ORDERS = 12;
/** Below this a reading is a guess: nothing is made of it, not even a question. */
export const GUESS = 0.5;
/** Words after which nothing is ordered. */
const TURNS_OFF: readonly string[] = ['negated', 'hypothesis', 'quoted'];
/** So near before a person a negation means the act. */
const NEAR_NEGATION = 6;
/** What words that turn an order off make of it: not doing something is an order of its own. */
const NEGATIVE: ReadonlySet<string> = new Set([
  'cancel',
  'hold',
  'reject',
  'pause_nudges',
  'undo',
  'note',
  'call_outcome',
]);
/** Orders whose command takes no time: one that is named would be passed over. */
const TAKES_NO_TIME: ReadonlySet<string> = new Set(['shortlist', 'resume_nudges', 'undo']);

/** What planning the orders of a message needs besides the reading. */
export interface OrdersContext {
  reader: Reader;
  asker: StaffRecord;
  now: Date;
  commands: readonly AnyCommand[];
  /** The exact syntax reads the same order: the reading needs no further proof. */
  agreed: boolean;
}

/** Everything a message asks for, in its order. Talk beside an order is passed over. */
export async function planOrders(reading: Reading, context: OrdersContext): Promise<PlannedOrder[]> {
  const talks = reading.frames.filter(
    ({ intent, entities }) => intent !== 'smalltalk' && (intent !== 'unknown' || entities.needs !== undefined),
  );
  const frames = asSwap(withoutUndone(talks.length > 0 ? talks : reading.frames), reading);
  const planned: PlannedOrder[] = [];
  for (const [at, frame] of frames.entries()) {
    planned.push(...(await planFrame(frame, frames.slice(0, at), reading, context)));
  }
  if (planned.length <= MOST_ORDERS) return planned;
  const text = inLanguage(
    say(
      `這句有${planned.length}項要辦，我怕弄錯，所以未有執行。請分開輸入，每次不多於${MOST_ORDERS}項。`,
      `That is ${planned.length} things at once; to be safe nothing was done. Please type at most ${MOST_ORDERS} at a time.`,
    ),
    reading.lang,
  );
  return [{ kind: 'say', summary: '', text, quickReplies: [] }];
}

/** 還原啱啱嗰個入圍: what is to be taken back is no order of its own. */
function withoutUndone(frames: readonly IntentFrame[]): IntentFrame[] {
  return frames.flatMap((frame, at) => {
    const next = frames[at + 1];
    if (frame.intent === 'undo' && next && next.who.length === 0) return [{ ...frame, end: next.end }];
    return frames[at - 1]?.intent === 'undo' && frame.who.length === 0 ? [] : [frame];
  });
}

async function planFrame(
  frame: IntentFrame,
  before: readonly IntentFrame[],
  reading: Reading,
  context: OrdersContext,
): Promise<PlannedOrder[]> {
  const { lang, restore } = reading;
  const typed = restore(reading.text.slice(frame.start, frame.end));
  const order: OrderContext = { frame, before, reading, typed, ...context };
  const summary = understoodAs(frame, lang, restore);
  const about = frame.who.flatMap((ids) => (ids.length === 1 ? ids : []));
  const saying = (reply: Reply): PlannedOrder => ({ kind: 'say', summary, ...storedReply(reply, lang), about });
  if (frame.intent === 'smalltalk' || frame.intent === 'unknown') return [saying(nothingUnderstood(order, context))];
  const number = frame.who.length === 0 ? unknownNumber(reading) : undefined;
  if (number) return [saying(noSuchNumber(number))];
  // Before anything else: a ground that may not count is refused however unsure the rest is.
  if (isRefused(frame)) return refused(order, saying);
  if (isGuess(frame, reading, context)) return [saying(nothingUnderstood(order, context))];
  const intent = frame.intent as StaffIntent;
  const obstacle = obstacleOf(intent, frame.entities);
  if (obstacle || isMissing(frame)) return [saying(await notPossible(order, obstacle))];
  const intended = await (BUILDERS[intent]?.(order) ?? []);
  if (intended.length === 0) return [saying(await notPossible(order, undefined))];
  return intended.map((one) => planned(one, order, context, saying, summaryOf(one, order)));
}

/** An order in plain words, with the one person it is about: of 「佢」 or of several people named together. */
function summaryOf(intended: Intended, { frame, reading }: OrderContext): string {
  const pieces = 'cannot' in intended ? [] : (intended.args.who ?? []);
  const names = pieces.flatMap((piece) =>
    'ids' in piece && piece.ids.length === 1 ? [reading.known.people.display(piece.ids[0] ?? '')] : [],
  );
  if (names.length === 0) return understoodAs(frame, reading.lang, reading.restore);
  const { candidate: _, candidate_norm: __, candidate_ref: ___, ...entities } = frame.entities;
  return understoodAs({ ...frame, entities: { ...entities, candidate: names } }, reading.lang, reading.restore);
}

/** A reading too weak to make anything of: a bare resemblance, or one against words that turn an order off. */
function isGuess(frame: IntentFrame, reading: Reading, { agreed }: OrdersContext): boolean {
  const { intent, confidence, entities } = frame;
  if (agreed) return false;
  if (isNegated(frame, reading)) return true;
  if (confidence >= SURE) return false;
  if (!INFORMS.has(intent) && fragmentOf(reading)) return true;
  if (confidence < GUESS) return true;
  if (intent === 'list') return Object.keys(entities).length === 0;
  return !INFORMS.has(intent) && TURNS_OFF.some((meaning) => reading.modifiers.has(meaning));
}

/** 唔使入圍陳家欣: the words just before the person say not to. */
function isNegated({ intent, start, end }: IntentFrame, { negations, found }: Reading): boolean {
  if (INFORMS.has(intent) || NEGATIVE.has(intent)) return false;
  const person = found.people.find((each) => each.kind !== 'staff' && each.start >= start && each.end <= end);
  return negations.some((not) => person && not.end <= person.start && person.start - not.end <= NEAR_NEGATION);
}

function planned(
  intended: Intended,
  { frame, reading }: OrderContext,
  context: OrdersContext,
  saying: (reply: Reply) => PlannedOrder,
  summary: string,
): PlannedOrder {
  if ('cannot' in intended) return saying(intended.cannot);
  const { lang } = reading;
  const remarks = [...(intended.remarks ?? []), ...doubtsOf(frame, reading)];
  const unsure = !INFORMS.has(frame.intent) && frame.confidence < SURE && !context.agreed;
  return {
    kind: 'command',
    frame: { command: intended.command, args: intended.args, leftover: [], lang },
    summary,
    mustConfirm: unsure || intended.doubtful === true || doubtsOf(frame, reading).length > 0,
    remarks: remarks.map((remark) => inLanguage(remark, lang)),
  };
}

/** What of the words the order would pass over: a time it does not take, a name nobody bears. */
function doubtsOf(frame: IntentFrame, reading: Reading): ReturnType<typeof say>[] {
  if (INFORMS.has(frame.intent)) return [];
  const doubts: ReturnType<typeof say>[] = [];
  if (isTurnedOff(frame, reading) && !NEGATIVE.has(frame.intent))
    doubts.push(say('我未能肯定您是否真的要做。', 'I am not certain that you want this done.'));
  const others = forgotten(reading);
  if (others.length > 0) {
    doubts.push(
      say(
        `您亦提及 ${others.join('、')}，這次不會處理。`,
        `You also mentioned ${others.join(', ')}; nothing is done about them now.`,
      ),
    );
  }
  const own = [frame.entities.reason, frame.entities.condition, frame.entities.note].flat().filter(Boolean).join('\n');
  const time = TAKES_NO_TIME.has(frame.intent)
    ? reading.found.times.find(({ start, end }) => start >= frame.start && end <= frame.end)
    : undefined;
  const words = time ? reading.text.slice(time.start, time.end) : '';
  if (words && !own.includes(words)) {
    doubts.push(
      say(
        `「${words}」我跟隨不到：確認後會即時執行。`,
        `I cannot follow "${words}": it is done as soon as you confirm.`,
      ),
    );
  }
  if (frame.intent === 'schedule' || frame.intent === 'reschedule') {
    const name = frame.who.length > 0 ? unknownName(reading) : undefined;
    if (name && !own.includes(name)) {
      doubts.push(say(`我不認識「${name}」。`, `I do not know "${name}".`));
    }
  }
  return doubts;
}

/** Words that turn the order off. 批 但係起薪唔好過17k: what its own condition or reason says not to do is not meant. */
function isTurnedOff({ entities }: IntentFrame, { modifiers, negations, text }: Reading): boolean {
  const own = [entities.condition ?? [], entities.reason ?? [], entities.note ?? []].flat();
  return TURNS_OFF.some((meaning) => {
    if (!modifiers.has(meaning)) return false;
    if (meaning !== 'negated' || own.length === 0) return true;
    return negations.some(({ start, end }) => {
      const inside = own.some((words) => text.indexOf(words) <= start && text.indexOf(words) + words.length >= end);
      return !inside;
    });
  });
}

/** People named in a message of whom none of its orders speaks. What a note says is not looked at. */
function forgotten({ frames, found, text, restore, known }: Reading): string[] {
  const meant = new Set(frames.flatMap(({ who }) => who.flat()));
  const kept = frames.flatMap(({ entities }) => [entities.note ?? [], entities.content ?? []].flat()).join('\n');
  return found.people
    .filter(({ kind, ids }) => kind === 'who' && ids.length > 0 && !ids.some((id) => meant.has(id)))
    .map(({ start, end, ids }) => ({ words: text.slice(start, end), name: known.people.display(ids[0] ?? '') }))
    .filter(({ words }) => !kept.includes(words))
    .map(({ name }) => restore(name));
}

const flagsOf = ({ entities }: IntentFrame): ComplianceFlag[] => [entities.compliance_flag ?? []].flat();

/** Whether an order may not be carried out as it stands: a protected ground, an identity card too early. */
export const isRefused = (frame: IntentFrame): boolean => flagsOf(frame).some((flag) => flag !== 'SENSITIVE');

/** Orders that a reason about the work completes: the robot asks for one. */
const COMPLETED_BY: Readonly<Partial<Record<StaffIntent, string>>> = {
  reject: 'reason',
  hold: 'reason',
  approve: 'reason',
  note: 'text',
};

/** Kindly refused; where another reason would do, it is asked for and the order waits. Nothing of the words is kept. */
async function refused(order: OrderContext, saying: (reply: Reply) => PlannedOrder): Promise<PlannedOrder[]> {
  const { frame, reading } = order;
  const { lang } = reading;
  const text = complianceReply(frame, lang);
  const { reason: _, condition: __, filter: ___, note: ____, ...entities } = frame.entities;
  const harmless = { ...order, frame: { ...frame, entities } };
  const argument = COMPLETED_BY[frame.intent as StaffIntent];
  const builder = argument === undefined ? undefined : BUILDERS[frame.intent as StaffIntent];
  const [first, ...others] = builder ? await builder(harmless) : [];
  const isComplete = first && others.length === 0 && !('cannot' in first) && (first.args.who ?? first.args.application);
  if (argument === undefined || !isComplete) {
    return [saying({ text: () => text })];
  }
  const summary = understoodAs(harmless.frame, lang, reading.restore);
  return [
    {
      kind: 'command',
      frame: { command: first.command, args: first.args, leftover: [], lang },
      summary,
      mustConfirm: first.doubtful === true,
      remarks: [],
      askFirst: { argument, text },
    },
  ];
}
