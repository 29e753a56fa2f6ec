import { readStop, type StopScope } from '../candidate/stop-words.ts';
import type { Unit } from '../unit/unit.ts';
import { stopMessages } from './choose-messages.ts';
import { tellResponsible } from './responsible-person.ts';
import type { PressScope } from './take-press.ts';

/** Longest text of the box that is kept, in UTF-16 units. */
export const LONGEST_TEXT = 500;

/** Of longer letters HR reads the beginning. */
const LONGEST_PASSED_ON = 2_000;

/** The way a text came. */
export type WrittenBy = 'portal' | 'email' | 'sms' | 'dingtalk';
const WHERE: Readonly<Record<WrittenBy, string>> = {
  portal: '在專頁',
  email: '以電郵',
  sms: '以短訊',
  dingtalk: '在釘釘',
};

/** The way a text came, as HR reads it: 「以短訊」. */
export function writtenWhere(via: WrittenBy): string {
  return WHERE[via];
}

/** A candidate's text as it is taken. */
export interface WrittenWords {
  /** Cleaned of identity card numbers. */
  text: string;
  /** Names this text, so that it is passed on once. */
  id: string;
  /** A stop is confirmed on the way it was asked on. */
  via?: WrittenBy;
  /** What HR should know of how it came: 「由另一個電郵地址寄出」. */
  aside?: string | undefined;
  /** The message that is answered, where the way it came by tells. */
  replyTo?: { template: string; itemId: string } | undefined;
}

/** Takes a candidate's text in: writeToHr, or a reading of it that does more and passes on what it does not understand. */
export type TakeWords = (unit: Unit, scope: PressScope, words: WrittenWords) => Promise<WriteOutcome>;

/** Something that was done with a candidate's words, as they read it; `told` = a person will answer. */
export type WordsAct =
  | 'attend'
  | 'decline'
  | 'reschedule'
  | 'late'
  | 'attend_training'
  | 'cannot_attend_training'
  | 'attend_first_day'
  | 'offer_by_phone'
  | 'keep_waiting'
  | 'withdrawal_wish'
  | 'call'
  | 'case'
  | 'answered'
  | 'noted'
  | 'told';

/** What came of a text: what was stopped, and what was done, the most important first. */
export interface WriteOutcome {
  stopped?: StopScope;
  acts: WordsAct[];
}

/** What HR reads of a text. */
export interface PassedOn {
  /** The person's words as far as they may be passed on; null when they may not. */
  text: string | null;
  id: string;
  via: WrittenBy;
  aside?: string | undefined;
  /** What it is about, in words of ours. */
  about?: readonly string[];
  urgent?: boolean;
}

/** Gives a candidate's words to the responsible person. */
export async function passOn(unit: Unit, scope: PressScope, words: PassedOn): Promise<void> {
  const { text, id, via, aside, about = [], urgent = false } = words;
  const notes = [...about, ...(aside ? [aside] : [])];
  const how = notes.length > 0 ? `（${notes.join('；')}）` : '';
  const what = text === '' ? `回覆，但沒有文字${how}` : `留言${how}${text ? '：' : ''}`;
  await tellResponsible(unit, {
    ...scope,
    what: 'candidate_wrote',
    occasion: `wrote:${id}`,
    happened: `${WHERE[via]}${what}`,
    words: text && text.length > LONGEST_PASSED_ON ? `${text.slice(0, LONGEST_PASSED_ON)}……` : text,
    urgent,
  });
}

/** A stop of so many characters says nothing that HR would have to read. */
const SHORT_STOP = 12;

/**
 * A candidate wrote to us: a stop in any words works at once; everything else goes to the responsible person. A friendly
 * text that also asks to stop does both. The text is already cleaned of identity card numbers and kept as an activity.
 */
export async function writeToHr(
  unit: Unit,
  scope: PressScope,
  { text, id, via = 'portal', aside }: WrittenWords,
): Promise<WriteOutcome> {
  const stopped = readStop(text);
  if (stopped) await stopMessages(unit, scope, { scope: stopped, via });
  if (stopped && text.trim().length <= SHORT_STOP) return { stopped, acts: [] };
  await passOn(unit, scope, { text, id, via, aside, ...(stopped ? { about: ['要求停止接收訊息'] } : {}) });
  return { ...(stopped ? { stopped } : {}), acts: ['told'] };
}
