import { hongKongDate, hongKongTime } from '../../../hongkong/zone.ts';
import type { InterviewRecord } from '../../../models/interview.model.ts';
import { inLanguage, type Said, say } from '../../replies/said.ts';
import { staffDateTime } from '../../replies/staff-dates.ts';
import { timeText } from '../../replies/understood.ts';
import type { Piece } from '../../understand/frame.ts';
import type { TimeValue } from '../../understand/intents.ts';
import { type Intended, listOf, type OrderBuilder, type OrderContext, some } from '../order-context.ts';
import { meansAll, peopleOf } from '../people.ts';
import { readReason } from '../read-reason.ts';
import { branchPieces, interviewerPieces } from '../things.ts';
import { momentPiece, timesOf } from '../times.ts';
import { nobodyFits, oneEach } from './shared.ts';

const MODES: Readonly<Record<string, string>> = {
  in_person: 'in_person',
  video: 'video',
  phone: 'phone',
  trial: 'trial',
};

/** The further details of an appointment. */
async function details(context: OrderContext): Promise<Record<string, Piece[]>> {
  const { entities } = context.frame;
  const kind = entities.mode === undefined ? undefined : MODES[entities.mode];
  return {
    ...some('interviewers', await interviewerPieces(context)),
    ...some('branch', await branchPieces(context, entities.place ?? entities.store)),
    ...(kind ? { kind: [{ value: kind }] } : {}),
  };
}

const GROUP_INTERVIEW = say(
  '我未能安排小組面試，請逐位安排。',
  'I cannot arrange a group interview; please arrange them one by one.',
);

/** 約 somebody. Several people with as many times have each their own; several times for one are a choice. */
export const buildSchedule: OrderBuilder = async (context) => {
  const { entities } = context.frame;
  if (entities.mode === 'group') return [{ cannot: { text: GROUP_INTERVIEW } }];
  const times = timesOf(entities);
  const count = Math.max(1, peopleOf(context).pieces.length);
  if (times.length > 1 && times.length !== count) return choiceOfTimes(context, times);
  const more = await details(context);
  return oneEach(context, 'schedule', (at) => ({
    args: { ...some('when', [momentPiece(times[at] ?? times[0], context.now)]), ...more },
  }));
};

/** Of two times offered in order of preference the person picks one: nothing is arranged on a condition. */
function choiceOfTimes(context: OrderContext, times: readonly TimeValue[]): Intended[] {
  const [piece] = peopleOf(context).pieces;
  const who = context.reading.restore(
    piece && 'typed' in piece ? piece.typed : (listOf(context.frame.entities.candidate)[0] ?? ''),
  );
  const moments = times.filter((time): time is string => typeof time === 'string' && time.includes('T'));
  const text = say(
    `我未能按次序試不同時間。請選其中一個，我便約 ${who}：`,
    `I cannot try one time after the other. Please pick one and I will arrange it for ${who}:`,
  );
  const quickReplies = moments.map((time) => ({
    label: (lang: 'hant' | 'hans' | 'en') => staffDateTime(new Date(time), lang),
    sends: `約 ${who} ${time.slice(0, 10)} ${time.slice(11, 16)}`,
  }));
  return [{ cannot: { text, quickReplies } }];
}

/** 改期: to a time, by a length, or to another day at the same clock; the old time tells which appointment. */
export const buildReschedule: OrderBuilder = async (context) => {
  const { entities } = context.frame;
  if (meansAll(context)) return [{ cannot: { text: NOT_ALL } }];
  const more = await details(context);
  const why = readReason(listOf(entities.reason).join(' '), 'reschedule');
  const times = timesOf(entities);
  const found = await appointmentsMeant(context, entities.from_time);
  if (found.nobody !== undefined) return [{ cannot: { text: nobodyFits(found.nobody) } }];
  const byMinutes = found.sameClock ? shiftOf(context, times[0]) : undefined;
  return found.pieces.map((piece, at) => ({
    command: 'reschedule',
    args: {
      ...some('who', [piece]),
      ...some('when', [
        byMinutes === undefined ? newTime(context, times[at] ?? times[0]) : { typed: '', move: { byMinutes } },
      ]),
      ...(why ? { why: [{ value: why }] } : {}),
      ...more,
    },
    remarks: found.remarks,
    doubtful: found.doubtful,
  }));
};

const NOT_ALL = say(
  '我明白您想一次過更改多個面試，但我只可以逐位處理，所以未有更改。請輸入「面試名單」看有誰，再逐位改期。',
  'You want to move several interviews at once; I can only move them one by one, so nothing was changed. Type "interviews" to see who is concerned.',
);

/** 3點嗰個推後一個鐘, the appointment being tomorrow at 3: by how much it moves within its own day. */
function shiftOf({ frame }: OrderContext, time: TimeValue | undefined): number | undefined {
  const from = listOf(frame.entities.from_time as TimeValue | TimeValue[] | undefined)[0];
  if (typeof from !== 'string' || typeof time !== 'string' || !from.includes('T') || !time.includes('T'))
    return undefined;
  if (from.slice(0, 10) !== time.slice(0, 10)) return undefined;
  return (new Date(time).getTime() - new Date(from).getTime()) / 60_000;
}

/** The new time: a whole one, half of one, or told from the old appointment. */
function newTime({ frame, now, reading }: OrderContext, time: TimeValue | undefined): Piece | undefined {
  const { same_clock, shift_days, delay_min } = frame.entities;
  if (typeof time === 'string' && frame.entities.from_time === undefined) {
    const clock = time.slice(11, 16);
    const alone = reading.found.times.find((each) => each.dayAssumed === true && each.clock === clock);
    if (alone && reading.found.times.every((each) => each === alone || each.from === undefined)) {
      return { typed: '', move: { toClock: clock } };
    }
  }
  if (time !== undefined) {
    const piece = momentPiece(time, now);
    if (same_clock && piece && 'typed' in piece) return { typed: piece.typed, move: { toDay: piece.typed } };
    return piece;
  }
  if (shift_days !== undefined) return { typed: '', move: { byMinutes: shift_days * 24 * 60 } };
  return delay_min === undefined ? undefined : { typed: '', move: { byMinutes: delay_min } };
}

/** 取消面試; a reason that people may read is taken from the words, else asked. */
export const buildCancel: OrderBuilder = async (context) => {
  const { entities } = context.frame;
  if (meansAll(context)) return [{ cannot: { text: NOT_ALL } }];
  const why = readReason(listOf(entities.reason).join(' '), 'cancel');
  const found = await appointmentsMeant(context, timesOf(entities)[0]);
  if (found.nobody !== undefined) return [{ cannot: { text: nobodyFits(found.nobody) } }];
  return found.pieces.map((piece) => ({
    command: 'cancel',
    args: { ...some('who', [piece]), ...(why ? { why: [{ value: why }] } : {}) },
    remarks: found.remarks,
    doubtful: found.doubtful,
  }));
};

/** Somebody did not come. */
export const buildNoShow: OrderBuilder = async (context) => {
  const found = await appointmentsMeant(context, timesOf(context.frame.entities)[0], 'last');
  if (found.nobody !== undefined) return [{ cannot: { text: nobodyFits(found.nobody) } }];
  return found.pieces.map((piece) => ({
    command: 'no_show',
    args: some('who', [piece]),
    remarks: found.remarks,
    doubtful: found.doubtful,
  }));
};

interface Meant {
  pieces: (Piece | undefined)[];
  remarks: Said[];
  doubtful: boolean;
  nobody?: string;
  /** The clock that was named is the appointment's, on another day than the one that was assumed. */
  sameClock?: boolean;
}

/** The people of an order, told apart by the time of the appointment that is named; a time that fits nobody is pointed out. */
async function appointmentsMeant(
  context: OrderContext,
  time: TimeValue | readonly TimeValue[] | undefined,
  which: 'ahead' | 'last' = 'ahead',
): Promise<Meant> {
  const people = peopleOf(context);
  const named = listOf(time as TimeValue | TimeValue[] | undefined)[0];
  const whom: (Piece | undefined)[] = people.pieces.length > 0 ? people.pieces : [undefined];
  const meant: Meant = { pieces: [], remarks: [], doubtful: people.doubtful };
  if (people.nobody !== undefined) return { ...meant, nobody: people.nobody };
  for (const piece of whom) {
    if (named === undefined || piece === undefined || !('ids' in piece)) {
      meant.pieces.push(piece);
      continue;
    }
    const interviews = await context.reader.list(
      'interviews',
      { candidateId: { $in: piece.ids }, state: which === 'ahead' ? 'scheduled' : { $ne: 'cancelled' } },
      { sort: { startAt: 1 }, limit: 50 },
    );
    const fitting = interviews.filter(({ startAt }) => fits(startAt, named));
    const ids = piece.ids.filter((id) => fitting.some(({ candidateId }) => candidateId === id));
    if (ids.length > 0) {
      meant.pieces.push({ ...piece, ids });
      continue;
    }
    meant.pieces.push(piece);
    const only = interviews[0];
    if (interviews.length === 1 && only && saysOnlyClock(context, named, only)) {
      meant.sameClock = true;
    } else if (interviews.length === 1 && only) {
      meant.doubtful = true;
      meant.remarks.push(otherTime(only, named));
    }
  }
  return meant;
}

/** No day was named with the clock, and the clock is the appointment's own. */
function saysOnlyClock({ reading }: OrderContext, named: TimeValue, { startAt }: InterviewRecord): boolean {
  if (typeof named !== 'string' || named.slice(11, 16) !== hongKongTime(startAt)) return false;
  return reading.found.times.some(({ clock, dayAssumed }) => dayAssumed === true && clock === named.slice(11, 16));
}

function otherTime({ startAt }: InterviewRecord, named: TimeValue): Said {
  return (lang) =>
    inLanguage(
      say(
        `請留意：您說的是${timeText(named, lang)}，但面試定於${staffDateTime(startAt, lang)}。`,
        `Please note: you said ${timeText(named, lang)}, but the interview is on ${staffDateTime(startAt, lang)}.`,
      ),
      lang,
    );
}

/** Whether an appointment begins at a moment, on a day, or within a stretch. */
function fits(startAt: Date, time: TimeValue): boolean {
  if (typeof time === 'string') {
    return time.includes('T') ? startAt.getTime() === new Date(time).getTime() : hongKongDate(startAt).startsWith(time);
  }
  const bound = (value: string, edge: 'from' | 'to'): boolean =>
    value.includes('T')
      ? edge === 'from'
        ? startAt >= new Date(value)
        : startAt <= new Date(value)
      : edge === 'from'
        ? hongKongDate(startAt) >= value
        : hongKongDate(startAt) <= value;
  return (time.from === undefined || bound(time.from, 'from')) && (time.to === undefined || bound(time.to, 'to'));
}
