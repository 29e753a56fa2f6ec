import { matcher } from './fold-text.ts';

/** Where a sentence ends; a full stop between digits is none. */
const BREAK = /[,;!?，。；！？\n、]|\.(?!\d)/;

/** 約咗, 改咗, booked for: what was done lies behind, its day ahead. 咗未 asks. */
const ARRANGED = matcher(
  '(?:約|改|轉|推|排|定|訂|夾|答應|應承|搬|調|安排|延|押|話|通知|收|同意|確認|confirm|book|set|fix|schedule|出|send|發|傾|講|寄|覆|預|推遲|提早|拉前)(?:好|定|到|實|後|遲|期|返|埋)?(?:咗|左|了|過)|[咗了過左]未|完未|未',
);
const ARRANGED_ALL = new RegExp(ARRANGED.source, 'g');
const PAST_ZH = matcher(
  '咗|左(?=[,，\\s]|$)|[嚟來見打傾約試去話返做聽到]過(?!去|程|來|嚟|埋)|冇(?:嚟|來|到|出現|現身|返|上|覆|聽|接|show|人|交|做)|沒(?:有)?(?:來|到|出現|接|去|回|上|出|交)|未有(?:出現|到|嚟)|缺席|放(?:咗)?飛機|失約|爽約|(?:來|到|走|見|面|談|打|遲到|缺席|錄用|入職|通過|完|做|交|辭|離開|面試|出席)了|完(?:咗|晒|喇|左|成)|(?:面試|見|做|試工|傾)完(?!再|先|之後|後)|嗰日(?:冇|都冇)|嗰陣|當時|表現',
);
const PAST_EN =
  /\b(?:was|were|did|didnt|didn't|wasnt|wasn't|came|went|met|saw|missed|interviewed|no[- ]?show(?:ed|s)?|showed|ghosted|spoke|talked|failed|left|attended|arrived|rang|phoned|happened|hired|signed|submitted|applied|turned up|walked out|never showed|called|passed|had|resigned|quit|worked|started|joined)\b/;
const AHEAD_EN =
  /\b(?:can|could|will|would|shall|should|may|let's|lets|pls|please|plz|want(?:s|ed)?|going to|is|are|tomorrow|book(?:ed)?|move|push|resched\w*|cancel(?:led|ed)?|invite[d]?|confirmed|agreed|set up|arrange[d]?)\b|'(?:ll|d)\b|was (?:supposed|meant|going|thinking|wondering|hoping|told|asked)|\bif\b|\?$/;
const BEFORE_AHEAD = /\b(?:to|for|until|till|by|next|from|into)\s*(?:the |this )?$/;

const FIGURES = matcher(
  '報告|報表|統計|數據|[嘅的]\\S{0,8}率|成本|\\b(?:reports?|funnel|stats|statistics|metrics|turnover|time to fill|cost per hire|conversion)\\b',
);

/** True for a line about figures: a month or a date without a year is the last one there. */
export function asksForFigures(text: string): boolean {
  return FIGURES.test(text);
}

const SINCE = matcher('(?:since|自從|自)\\s*$');

/** What somebody said is in their own time: only what stands behind "said" counts. */
const SAID = matcher('.*(?:話|說|講明|\\bsaid|\\bsays|\\btold (?:me|us)|\\bthat)');
const AHEAD_ZH = matcher(
  '^[^,，;；。]{0,4}?(?:覆|答|再|會|可以|得閒|得唔得|返工|上班|入職|開工|報到|先(?!生|至)|嚟得|得未|搞掂|之前)(?!咗|了|過)',
);

/** How many characters around a time its own sentence is looked for. */
const NEAR = 60;

/** True when the sentence around a place tells what has happened, so that a bare weekday is the last one. */
export function tellsOfPast(text: string, start: number, end: number): boolean {
  const head = text.slice(0, start);
  let from = 0;
  for (let at = head.length - 1; at >= Math.max(0, start - NEAR); at -= 1) {
    if (BREAK.test(text[at] ?? '') && !(text[at] === '.' && /\d/.test(text[at + 1] ?? ''))) {
      from = at + 1;
      break;
    }
  }
  const rest = text.slice(end, end + NEAR).search(BREAK);
  from = Math.max(from, start - NEAR);
  const said = SAID.exec(text.slice(from, start))?.[0].length ?? 0;
  from += said;
  const clause = text.slice(from, end + Math.min(rest < 0 ? NEAR : rest, NEAR));
  const before = text.slice(from, start);
  if (SINCE.test(before)) return true;
  if (AHEAD_ZH.test(text.slice(end, end + 10))) return false;
  if (PAST_ZH.test(clause.replace(ARRANGED_ALL, ' '))) return true;
  if (!PAST_EN.test(clause) || AHEAD_EN.test(clause)) return false;
  return !BEFORE_AHEAD.test(before);
}
