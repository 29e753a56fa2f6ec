import { readStop, type StopScope } from '../candidate/stop-words.ts';
import type { Unit } from '../unit/unit.ts';
import { stopMessages } from './choose-messages.ts';
import { tellResponsible } from './responsible-person.ts';
import type { PressScope } from './take-press.ts';

/** Longest text of the box that is kept, in UTF-16 units. */
export const LONGEST_TEXT = 500;

/** Of longer letters HR reads the beginning. */
const LONGEST_PASSED_ON = 2_000;

/** The way a text came, and how HR reads of it. */
export type WrittenBy = 'portal' | 'email' | 'sms' | 'dingtalk';
const WHERE: Readonly<Record<WrittenBy, string>> = {
  portal: '在專頁',
  email: '以電郵',
  sms: '以短訊',
  dingtalk: '在釘釘',
};

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
  /** Template of the message that is answered. */
  replyTo?: string | undefined;
  /** A stop in the text has been dealt with. */
  stopped?: boolean;
}

/** Takes a candidate's text in: writeToHr, or a reading of it that does more and passes on what it does not understand. */
export type TakeWords = (unit: Unit, scope: PressScope, words: WrittenWords) => Promise<WriteOutcome>;

/** What came of a text in the box. */
export type WriteOutcome = { outcome: 'stopped'; scope: StopScope } | { outcome: 'told' };

/**
 * A candidate wrote to us, in the box of their page or by another way: a stop in any words works at once; everything else goes to the
 * responsible person. A friendly text that also asks to stop does both. The text is already cleaned of identity card
 * numbers and kept as an activity.
 */
export async function writeToHr(
  unit: Unit,
  scope: PressScope,
  { text, id, via = 'portal', aside, stopped = false }: WrittenWords,
): Promise<WriteOutcome> {
  const stop = readStop(text);
  if (stop && !stopped) await stopMessages(unit, scope, { scope: stop, via });
  const saysMore = !stop || text.trim().length > 12;
  if (saysMore) {
    const how = aside ? `（${aside}）` : '';
    await tellResponsible(unit, {
      ...scope,
      what: 'candidate_wrote',
      occasion: `wrote:${id}`,
      happened: stop
        ? `${WHERE[via]}要求停止接收訊息${how}，原文：`
        : `${WHERE[via]}${text === '' ? `回覆，但沒有文字${how}` : `留言${how}：`}`,
      words: text.length > LONGEST_PASSED_ON ? `${text.slice(0, LONGEST_PASSED_ON)}……` : text,
    });
  }
  return stop ? { outcome: 'stopped', scope: stop } : { outcome: 'told' };
}
