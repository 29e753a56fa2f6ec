import { foldForMatching } from '../../hongkong/chinese-text.ts';
import { readingId } from '../../recruiting/reading/keep-reading.ts';
import { type Lang, toSimplified } from '../replies/said.ts';
import type { PlanContext } from '../turn.ts';
import { detectLanguage } from '../understand/detect-language.ts';
import { foldedPattern, foldLine } from '../understand/text/marked-text.ts';
import { keptTurn } from './open-question.ts';

/** Words that Hong Kong people say in whichever language they are speaking. */
const IN_ANY_LANGUAGE =
  /^(?:(?:ok(?:ay)?|yes|yep|no|thx|thanks|thank you|ty|hi|hello|hey|bye|sorry|noted|got it|cancel|confirm|undo|lol|haha|pls|please|\d+)[\s\p{P}\p{S}]*)+$/u;

/** Words of time and sentence that only Chinese has; a name in Chinese characters says nothing about the language. */
const CHINESE = foldedPattern('[點日號晝早晚唔係喇啦呀佢嘅我你今聽明後週期半和於是的了要]', 'u');

/** The language in which a question goes on: that of its answer, when the answer shows one. */
export function answerLanguage(text: string, asked: Lang): Lang {
  if (CHINESE.test(foldLine(text)))
    return detectLanguage(text, undefined, text) === 'hans' ? 'hans' : asked === 'hans' ? 'hans' : 'hant';
  const english = text.match(/[a-z]{2,}/gi) ?? [];
  return english.length >= MANY_WORDS && !/\p{Script=Han}/u.test(text) ? 'en' : asked;
}
const MANY_WORDS = 4;

/**
 * The language of an answer to words that belong to no language (ok, thx): that of the question that is open, else that of
 * what the same person said before in this conversation. @param detected what the words by themselves look like
 */
export async function spokenLanguage(
  text: string,
  detected: Lang,
  { reader, asker, conversation, dialogue }: Pick<PlanContext, 'reader' | 'asker' | 'conversation' | 'dialogue'>,
): Promise<Lang> {
  // 撤回 is written alike in both scripts.
  const inBothScripts = detected === 'hant' && /\p{Script=Han}/u.test(text) && toSimplified(text) === text;
  if (!inBothScripts && !IN_ANY_LANGUAGE.test(foldForMatching(text).trim())) return detected;
  if (dialogue && !inBothScripts) return keptTurn(dialogue).frame.lang;
  const before = await reader.get('readings', readingId(conversation.id, asker._id));
  // Names are kept as {甲}, whichever script they were typed in.
  const said = (before?.text ?? '').replaceAll(/\{[^}]*\}/g, '');
  if (said === '' || IN_ANY_LANGUAGE.test(foldForMatching(said).trim())) return detected;
  const spoken = detectLanguage(said, undefined, said);
  return inBothScripts && spoken === 'en' ? detected : spoken;
}
