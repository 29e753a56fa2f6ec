import { countCompliance } from '../../recruiting/compliance/count-compliance.ts';
import type { PressContext } from '../card-handler.ts';
import { complianceSentence, LEFT_OUT } from '../replies/compliance-sentences.ts';
import { type Said, say } from '../replies/said.ts';
import { screenWords } from '../understand/compliance/screen-words.ts';
import type { Intent } from '../understand/intents.ts';

/** What may be kept of words typed into a card's form, and what the person is told about the rest. */
export interface FormWords {
  words: string;
  /** The words count against somebody on a protected ground: nothing may be done on them. */
  refused: boolean;
  told?: Said;
}

/**
 * Looks through words of a card's form before anything is done with them, and counts what was met, in the press's own unit.
 * @param intent what the words are a reason for
 */
export async function screenFormWords(
  { unit, presser, press, lang }: PressContext,
  intent: Intent,
  words: string,
): Promise<FormWords> {
  if (words === '') return { words, refused: false };
  const screened = screenWords(intent, words);
  const count = (flags: Parameters<typeof countCompliance>[3]): Promise<void> =>
    countCompliance(unit, `press:${press.eventId}`, presser._id, flags);
  if (screened.outcome === 'refused') {
    await count(screened.grounds.map((flag) => ({ flag, act: intent, outcome: 'refused' as const })));
    return {
      words: '',
      refused: true,
      told: say(complianceSentence(intent, screened.grounds, lang), complianceSentence(intent, screened.grounds, 'en')),
    };
  }
  if (!screened.leftOut) return { words, refused: false };
  await count([{ flag: 'SENSITIVE', act: intent, outcome: 'left_out' }]);
  return { words: screened.words, refused: false, told: LEFT_OUT };
}
