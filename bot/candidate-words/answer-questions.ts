import { answerQuestion, type CandidateQuestion } from '../../recruiting/correspondence/answer-question.ts';
import { SURE } from '../understand/decide.ts';
import type { IntentFrame } from '../understand/intents.ts';
import type { Honoured, WordsScene } from './words-scene.ts';

const KINDS: Readonly<Record<string, CandidateQuestion>> = {
  ask_location: 'place',
  ask_preparation: 'preparation',
  ask_status: 'status',
};
const ABOUT: Readonly<Record<string, string>> = {
  ask_salary: '查詢薪酬待遇',
  ask_location: '查詢地點',
  ask_preparation: '查詢需要準備甚麼',
  ask_status: '查詢申請進度',
};

/** Asks for the shop they will work in: 「返邊間舖」, "which branch will I be at". */
const OF_WORK =
  /返工|上班|派去|派我|駐|邊間(?:舖|分店)|哪間(?:店|分店)|which (?:branch|store|shop)|where will i (?:work|be)/i;

/**
 * Answers a question from the records, as far as they are certain and the person may know; the rest goes to a person. Pay is
 * always for a person.
 */
export async function answerAsked(scene: WordsScene, frame: IntentFrame): Promise<Honoured> {
  const { intent, entities, confidence } = frame;
  const { unit, scope, words, via, asked, messages } = scene;
  const kind = KINDS[intent];
  const about = ABOUT[intent] ?? '查詢';
  if (!kind || confidence < SURE) return { act: 'told', forPerson: about };
  const ofWork = kind === 'place' && (entities.aspect === 'store' || OF_WORK.test(words.text));
  const told = await answerQuestion(unit, scope, { kind, about: asked, ofWork, messages, id: words.id, via });
  if (told === 'unknown') return { act: 'told', forPerson: about };
  // 「係咪B出口?」 asks for more than the address says.
  const isNarrow = kind === 'place' && entities.place !== undefined;
  if (told === 'complete' && !isNarrow) return { act: 'answered' };
  return { act: 'answered', forPerson: `${about}，已先回覆紀錄上的資料` };
}
