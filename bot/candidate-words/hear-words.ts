import { type HeardWords, hearCandidate } from '../../recruiting/correspondence/hear-candidate.ts';
import type { WriteOutcome } from '../../recruiting/portal/write-to-hr.ts';
import type { Unit } from '../../recruiting/unit/unit.ts';
import { isByOthers, readWords } from './read-words.ts';
import { takeWords } from './take-words.ts';

/**
 * Hears a candidate's words by e-mail, SMS or DingTalk: understood and acted on once per event. What somebody else answers
 * is no sign of life of theirs.
 * @returns what came of it; undefined when they had been taken before
 * @throws RuleBroken `candidate_unknown`
 */
export async function hearWords(unit: Unit, words: HeardWords): Promise<WriteOutcome | undefined> {
  const { frames } = readWords(unit.now, words.text, words.replyTo?.template);
  return hearCandidate(unit, { ...words, bySomebodyElse: isByOthers(frames) }, takeWords);
}
