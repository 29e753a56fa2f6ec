import { foldForMatching } from '../hongkong/chinese-text.ts';
import type { MetCompliance } from '../recruiting/compliance/count-compliance.ts';
import type { AnyCommand } from './command.ts';
import type { KeptTurn } from './dialogue/open-question.ts';
import { complianceSentence, LEFT_OUT, NOTHING_LEFT } from './replies/compliance-sentences.ts';
import { inLanguage } from './replies/said.ts';
import { screenWords } from './understand/compliance/screen-words.ts';
import type { Frame } from './understand/frame.ts';
import type { Intent } from './understand/intents.ts';

/** Free texts that are kept with a candidate or sent to one, by command and argument, and what they are a reason for. */
const SCREENED: Readonly<Record<string, Readonly<Record<string, Intent>>>> = {
  reject: { reason: 'reject', positive: 'approve' },
  rejection_letter: { positive: 'approve' },
  hold: { reason: 'hold' },
  approve: { reason: 'approve' },
  decide: { reason: 'reject', question: 'reject' },
  withdraw: { reason: 'call_outcome' },
  note: { text: 'note' },
  call_outcome: { summary: 'call_outcome', action: 'call_outcome' },
};

/** What becomes of a turn once the words in it are looked through. */
export interface ScreenedTurn {
  turn: KeptTurn;
  met: MetCompliance[];
  /** Must be asked again before anything is done. */
  question?: { argument: string; text: string };
}

/**
 * Looks through the free texts of a command before it is done, whichever way they came: typed with it, as an answer, in free
 * language. A protected ground is taken out and a reason about the work asked for; private details are left out.
 */
export function screenTurn(command: AnyCommand, turn: KeptTurn): ScreenedTurn {
  const screened = SCREENED[command.name];
  let result: ScreenedTurn = { turn, met: [] };
  if (!screened) return result;
  for (const [argument, intent] of Object.entries(screened)) {
    result = screenArgument(result, command, argument, weighedAs(intent, command, turn.frame));
  }
  return result;
}

/** A decision to hire is no refusal. */
function weighedAs(intent: Intent, command: AnyCommand, frame: Frame): Intent {
  const [choice] = frame.args.choice ?? [];
  return command.name === 'decide' && choice && 'value' in choice && choice.value === 'hire' ? 'approve' : intent;
}

function screenArgument(before: ScreenedTurn, command: AnyCommand, argument: string, intent: Intent): ScreenedTurn {
  const { turn, met } = before;
  const { lang } = turn.frame;
  const [piece] = turn.frame.args[argument] ?? [];
  if (!piece || !('value' in piece) || typeof piece.value !== 'string') return before;
  const words = screenWords(intent, piece.value);
  if (words.outcome === 'refused') {
    const refused = words.grounds.map((flag) => ({ flag, act: command.name, outcome: 'refused' as const }));
    return {
      turn: withWords(turn, argument, undefined),
      met: [...met, ...refused],
      question: { argument, text: complianceSentence(intent, words.grounds, lang) },
    };
  }
  if (!words.leftOut) return before;
  const left = [...met, { flag: 'SENSITIVE' as const, act: command.name, outcome: 'left_out' as const }];
  if (saysNothing(words.words, command) && !command.takes[argument]?.optional) {
    const text = inLanguage(NOTHING_LEFT, lang);
    return { ...before, turn: withWords(turn, argument, undefined), met: left, question: { argument, text } };
  }
  const cleaned = withWords(turn, argument, words.words === '' ? undefined : words.words);
  const remarks = [...(turn.remarks ?? []), inLanguage(LEFT_OUT, lang)];
  return { ...before, turn: { ...cleaned, remarks }, met: left };
}

/** Nothing is left, or nothing but the order's own word (佢入咗院 記低). */
function saysNothing(words: string, { aliases }: AnyCommand): boolean {
  const rest = foldForMatching(words).replace(/[\s\p{P}\p{S}]/gu, '');
  return rest === '' || [...aliases.hant, ...aliases.en].some((alias) => foldForMatching(alias) === rest);
}

/** The turn with other words for an argument, or without any. */
function withWords(turn: KeptTurn, argument: string, words: string | undefined): KeptTurn {
  const { [argument]: _before, ...others } = turn.frame.args;
  const args = words === undefined ? others : { ...others, [argument]: [{ value: words }] };
  return { ...turn, frame: { ...turn.frame, args } };
}
