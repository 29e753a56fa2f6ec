import type { StaffIntent } from '../intents.ts';
import type { Clause } from '../text/clauses.ts';
import { foldedPattern, MARKS } from '../text/marked-text.ts';
import type { IntentCue } from './find-cues.ts';

/** An order that follows from how another is told. Places in the marked text. */
export interface AddedOrder {
  intent: StaffIntent;
  start: number;
  end: number;
}

const SOMEBODY = `[${MARKS.who}${MARKS.ref}]`;
/** The right person or fact behind an undo: 應該係馮志明先啱, 該拒的是冉悅, should be Margaret. */
const RIGHT_ONE = foldedPattern(
  `(?:應該|應當|其實|本來|原本|該|(?<![a-z])(?:should(?:'ve| have)? (?:be|been)?|it(?:'s| is)|meant|i mean(?:t)?))[^。!?;\\n]{0,12}?${SOMEBODY}|${SOMEBODY}[^。!?;\\n,]{0,4}(?:先啱|先係|才對|才是|先岩|先至啱)|(?:係|是)[^。!?;\\n,]{0,6}${SOMEBODY}(?:先|才)`,
  'u',
);
/** Whether a person named there is the right one behind an undo. Places in the marked text. */
export function isRightOne(marked: string, start: number, end: number): boolean {
  const right = RIGHT_ONE.exec(marked);
  return right !== null && start >= right.index && end <= right.index + right[0].length;
}

/** Acts that can be taken back and done again on somebody else, as they are named beside the undo. */
const REDONE: readonly (readonly [RegExp, StaffIntent])[] = [
  [foldedPattern('拒|reject|婉拒|唔要|turn(?:ed)? down', 'u'), 'reject'],
  [foldedPattern('取消|cancel', 'u'), 'cancel'],
  [foldedPattern('offer|聘書|錄用通知', 'u'), 'offer'],
  [foldedPattern('分|score|評分|rating', 'u'), 'score'],
  [foldedPattern('hold|擺住|擱|kiv|park', 'u'), 'hold'],
  [foldedPattern('入圍|shortlist|短名單', 'u'), 'shortlist'],
  [foldedPattern('批|approve|hire|錄用', 'u'), 'approve'],
  [foldedPattern('no.?show|缺席|爽約', 'u'), 'no_show'],
  [foldedPattern('約|book|schedule|面試', 'u'), 'schedule'],
];

/** The wrong person was hit: beside the undo stands the same act on the right one (understanding rules D1). */
export function correctedOrder(marked: string): AddedOrder | undefined {
  const right = RIGHT_ONE.exec(marked);
  if (!right) return undefined;
  const people = [...marked.matchAll(new RegExp(SOMEBODY, 'gu'))];
  const inside = people.filter(({ index }) => index >= right.index && index < right.index + right[0].length);
  const [person] = inside;
  if (!person) return undefined;
  const act = REDONE.find(([words]) => words.test(marked));
  if (!act) return undefined;
  return { intent: act[1], start: right.index, end: right.index + right[0].length };
}

/** 叫佢帶…, remind her to wear black: what is to be told besides the appointment. */
const TELL = foldedPattern(
  `(?:(?<![佢他她])叫(?:埋)?|提(?:醒|下|返)|話(?:俾|畀|比)|通知|告訴|同|跟|記得叫|(?<![a-z])(?:tell|remind|ask|let|get))\\s*(?:佢哋?|他|她|他們|她們|her|him|them|${SOMEBODY})\\s*(?:知|講|說|聽|to|that|know)?\\s*([^。!?;\\n,]{3,})`,
  'gu',
);
/** What an appointment tells anyway, or an order to somebody about coming. */
const TOLD_ANYWAY = foldedPattern(
  `^(?:[嚟黎來到去]?(?:見|面試|試工|面|intv|interview)|[嚟黎來](?![^,]{0,8}(?:帶|着|著))|${MARKS.when}|準時|confirm|確認|時間|come(?! with)|be (?:there|here|on time)|the (?:time|new time))`,
  'u',
);

/** Who is not to be told is told nothing: don't tell her yet. */
const NOT_TOLD = foldedPattern("(?:唔好|未好|先唔好|別|不要|咪|(?<![a-z])(?:don't|dont|do not|not))\\s*$", 'u');

/** Orders that send their own invitation: only a named extra content is a message of its own. */
const SENDS_ANYWAY: ReadonlySet<StaffIntent> = new Set([
  'schedule',
  'reschedule',
  'approve',
  'assign_store',
  'status',
  'shortlist',
]);

/** A message with a content of its own beside an appointment or a decision. */
export function extraMessage(marked: string, leading: { intent: StaffIntent; end: number }): AddedOrder | undefined {
  if (!SENDS_ANYWAY.has(leading.intent)) return undefined;
  for (const match of marked.matchAll(TELL)) {
    if (match.index < leading.end - 2 || TOLD_ANYWAY.test(match[1] ?? '')) continue;
    if (NOT_TOLD.test(marked.slice(Math.max(0, match.index - 8), match.index))) continue;
    return { intent: 'send_message', start: match.index, end: match.index + match[0].length - (match[1]?.length ?? 0) };
  }
  return undefined;
}

/** Orders before which a question may stand: 交咗未? 都係約佢星期五. */
const AFTER_QUESTION: ReadonlySet<StaffIntent> = new Set([
  'schedule',
  'reschedule',
  'send_message',
  'cancel',
  'hold',
  'offer',
  'assign_store',
]);
const QUESTION_END = foldedPattern('(?:[?]|未(?:呀|㗎|呢)?|嗎|吗|沒有|冇|咩|點)\\s*$', 'u');

/** A question that stands in a clause of its own before the order (understanding rules D1: status, the order in `also`). */
export function questionFirst(
  signs: readonly { intent: StaffIntent; start: number; clause: number }[],
  cues: readonly IntentCue[],
  clauses: readonly Clause[],
  marked: string,
): IntentCue | undefined {
  const [first] = [...signs].sort((a, b) => a.start - b.start);
  if (!first || !AFTER_QUESTION.has(first.intent) || signs.some(({ intent }) => intent === 'status')) return undefined;
  return cues.find((cue) => {
    if (cue.intent !== 'status' || cue.line.strength < 6 || cue.clause >= first.clause) return false;
    const clause = clauses[cue.clause];
    return (
      clause !== undefined && (clause.sign.includes('?') || QUESTION_END.test(marked.slice(clause.start, clause.end)))
    );
  });
}

/** Words that say it all (strength 9): they lead whatever the message resembles otherwise. */
export function sayAll(cues: readonly IntentCue[]): IntentCue | undefined {
  return cues.filter(({ line }) => line.strength === 9).sort((a, b) => a.start - b.start)[0];
}
