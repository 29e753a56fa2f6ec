import { isTypedSimplified } from '../../hongkong/chinese-text.ts';
import type { Lang } from '../replies/said.ts';

/**
 * The language of a message. Characters that exist in Simplified only decide; a text without Chinese is English; an
 * English command with nothing Chinese but names (`shortlist 陳家欣`) is English too; the rest is Hong Kong Chinese.
 * @param unclaimed what is left of the text once the command and names are taken out
 */
export function detectLanguage(text: string, command: { english: boolean } | undefined, unclaimed: string): Lang {
  if (isTypedSimplified(text)) return 'hans';
  const han = /\p{Script=Han}/u;
  if (!han.test(text)) return /[A-Za-z]{2}/.test(text) ? 'en' : 'hant';
  return command?.english && !han.test(unclaimed) ? 'en' : 'hant';
}
