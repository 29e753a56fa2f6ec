import { readStop, type StopScope } from '../candidate/stop-words.ts';
import type { Unit } from '../unit/unit.ts';
import { stopMessages } from './choose-messages.ts';
import { tellResponsible } from './responsible-person.ts';
import type { PressScope } from './take-press.ts';

/** Longest text of the box that is kept, in UTF-16 units. */
export const LONGEST_TEXT = 500;

/** What came of a text in the box. */
export type WriteOutcome = { outcome: 'stopped'; scope: StopScope } | { outcome: 'told' };

/**
 * A candidate wrote into the box of their page: a stop in any words works at once; everything else goes to the
 * responsible person. A friendly text that also asks to stop does both. The text is already cleaned of identity card
 * numbers and kept as an activity.
 * @param id names this text, so that it is passed on once
 */
export async function writeToHr(
  unit: Unit,
  scope: PressScope,
  { text, id }: { text: string; id: string },
): Promise<WriteOutcome> {
  const stop = readStop(text);
  if (stop) await stopMessages(unit, scope, { scope: stop });
  const saysMore = !stop || text.trim().length > 12;
  if (saysMore) {
    await tellResponsible(unit, {
      ...scope,
      what: 'candidate_wrote',
      occasion: `wrote:${id}`,
      happened: stop ? '在專頁要求停止接收訊息，原文：' : '在專頁留言：',
      words: text,
    });
  }
  return stop ? { outcome: 'stopped', scope: stop } : { outcome: 'told' };
}
