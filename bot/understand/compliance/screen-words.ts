import type { ComplianceFlag, Intent } from '../intents.ts';
import { foldLine } from '../text/marked-text.ts';
import { withoutLookAlikes } from './grounds.ts';
import { judgeGrounds } from './judge-grounds.ts';
import { withoutSensitive } from './without-sensitive.ts';

/** What becomes of a reason or note before it is kept. */
export type ScreenedWords =
  /** It counts against somebody on these grounds: not acted on, not kept. */
  | { outcome: 'refused'; grounds: ComplianceFlag[] }
  /** What may be kept; `leftOut` tells that details of health or family were taken out. */
  | { outcome: 'kept'; words: string; leftOut: boolean };

/**
 * Looks through somebody's own words that are about to be kept with a candidate.
 * @param intent the order they belong to: a reason for turning down weighs more than a note
 */
export function screenWords(intent: Intent, words: string): ScreenedWords {
  const grounds = judgeGrounds(intent, withoutLookAlikes(foldLine(words))).filter((flag) => flag !== 'SENSITIVE');
  if (grounds.length > 0) return { outcome: 'refused', grounds };
  const { kept, leftOut } = withoutSensitive(words);
  return { outcome: 'kept', words: kept, leftOut };
}
