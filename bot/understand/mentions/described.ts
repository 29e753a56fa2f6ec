import { chineseNumber, DIGITS } from '../../../hongkong/chinese-number.ts';
import { hongKongDate, hongKongTime } from '../../../hongkong/zone.ts';
import { foldedPattern, foldLine } from '../text/marked-text.ts';
import type { TimeMention } from '../time/time-mention.ts';
import type { PersonMention } from '../world/known-people.ts';
import type { World } from '../world/world.ts';

/** Somebody meant by what can be looked up about them: 11點嗰個, 有食牌嗰位, the one with a forklift licence. */
export interface Description extends PersonMention {
  kind: 'ref';
  /** How many are meant: 嗰兩個 is 2. */
  count: number;
  /** Nothing that could be looked up: looks, age, 新入職. */
  vague?: true;
}

const NUMBER = `[${DIGITS}\\d]{1,2}`;
/** 嗰個, 那位, 嗰兩個, 嗰三位: the words that close a Chinese description. */
const CLOSES = foldedPattern(
  `(?:嗰|那|果|呢|這|嗰啲)(${NUMBER})?(?:個|位|名|條|人|件)(?:人|候選人|應徵者|同學|女仔|男仔|阿姐|阿哥|candidate)?|(?:嘅|的)(${NUMBER})?(?:個|位|名)?(?:人|候選人|應徵者|candidate)(?!數)|(?:嘅|的)嗰(?:個|位)`,
  'gu',
);
/** 嗰個識韓文嘅, 那位會開車的: the description stands behind. */
const OPENS = foldedPattern(
  `(?:嗰|那)(${NUMBER})?(?:個|位)[^\\s,，。!?;:、嗰那]{2,12}(?:嘅|的)(?![\\p{Script=Han}])`,
  'gu',
);
/** Chinese words at which a description cannot go on to the left. */
const CHINESE_START = foldedPattern(
  '[\\s,，。!?;:：、\\n]|幫我|幫手|唔該|請|約|取消|通知|提醒|叫|搵|打(?:咗)?(?:俾|畀|電話俾)?|安排|批|reject|cancel|shortlist|hold|book|approve|俾|畀|比|將|把|比較|我想|麻煩|同埋?|派|調|改|轉|收到|話',
  'gu',
);
/** The one with …, the 3pm guy, whoever is at 4, the candidate from Maxim's. */
const ENGLISH =
  /(?:the|that) (?:(?:one|guy|girl|lady|person|candidate|applicant|chap|kid|fella|two|three|ones|guys|girls) (?:who|that|with|from|at|on|in|coming|for|referred|speaking)[^,.;!?\n，。]{2,40}|(?:[\w.:'’-]+ ){1,4}?(?:one|guy|girl|lady|candidate|applicant|slot|chap))(?![a-z])|who(?:m)?ever(?:'s| is| are)? [^,.;!?\n，。]{2,30}/giu;

/** What can be looked up: times, places, licences, certificates, languages, who referred, where they worked, where they stand. */
const LOOK_UP = foldedPattern(
  '牌|證|證書|執照|資格|文憑|學位|課程|英文|日文|韓文|普通話|國語|廣東話|泰文|法文|語|介紹|推薦|轉介|前同事|以前(?:喺|係|在|做)|之前(?:喺|係|在|做)|做過|試過工|出身|嚟自|來自|畢業|(?<![a-z])(?:licen[cs]e|cert|certificate|certified|diploma|degree|speaks?|speaking|japanese|english|mandarin|korean|thai|cantonese|refer|referred|referral|from|ex-|used to work|worked|hygiene|forklift|visa|slot|offer|trial|interview|training|shortlist)|終輪|終面|首輪|二面|複試|試緊|final|round|等緊|未覆|未簽|試工|培訓|面試|見工|復試|offer|入職|新人',
  'u',
);
/** Looks, behaviour, health and family: nothing to look up, or behind a flag. */
const NO_LOOK_UP = foldedPattern(
  '新入職|新來|新請|肥|瘦|高(?:佬|妹)|靚|後生|老|阿姐|阿嬸|大肚|有咗|戴眼鏡|長頭髮|金毛|紋身|好笑|乖|勤力|nice|tall|pretty|young|old|glasses|pregnant',
  'u',
);

/** Finds descriptions of people and whom they fit in the world. */
export function findDescriptions(folded: string, times: readonly TimeMention[], world: World): Description[] {
  const found: Description[] = [];
  for (const match of folded.matchAll(CLOSES)) {
    const end = match.index + match[0].length;
    const start = beginning(folded, match.index, times);
    const words = folded.slice(start, match.index);
    if (words.trim().length < 2) continue;
    const count = chineseNumber(match[1] ?? match[2] ?? '') ?? 1;
    const description = describe(folded, start, end, words, count, times, world);
    if (description) found.push(description);
  }
  for (const match of folded.matchAll(OPENS)) {
    const end = match.index + match[0].length;
    const description = describe(folded, match.index, end, match[0], chineseNumber(match[1] ?? '') ?? 1, times, world);
    if (description && found.every((each) => each.end <= description.start || each.start >= description.end)) {
      found.push(description);
    }
  }
  for (const match of folded.matchAll(ENGLISH)) {
    const end = match.index + match[0].trimEnd().length;
    const count = /^(?:the|that) two/.test(match[0]) ? 2 : /^(?:the|that) three/.test(match[0]) ? 3 : 1;
    const description = describe(folded, match.index, end, match[0], count, times, world);
    if (description) found.push(description);
  }
  return found.sort((a, b) => a.start - b.start);
}

/** Back to the last word that cannot belong to the description; a time just before it belongs to it. */
function beginning(folded: string, before: number, times: readonly TimeMention[]): number {
  const from = Math.max(0, before - 24);
  const window = folded.slice(from, before);
  let start = from;
  for (const match of window.matchAll(CHINESE_START)) {
    const end = from + match.index + match[0].length;
    const insideTime = times.some((time) => from + match.index >= time.start && end <= time.end);
    if (!insideTime) start = end;
  }
  return start;
}

function describe(
  folded: string,
  start: number,
  end: number,
  words: string,
  count: number,
  times: readonly TimeMention[],
  world: World,
): Description | undefined {
  const own = times.filter((time) => time.value !== undefined && time.start >= start && time.end <= end);
  if (NO_LOOK_UP.test(words)) return { kind: 'ref', start, end, count, ids: [], vague: true };
  if (own.length === 0 && !LOOK_UP.test(words)) return undefined;
  return { kind: 'ref', start, end, count, ids: fitting(folded.slice(start, end), own, world) };
}

/** Everybody whom a description fits: interviews at its times, else facts whose words it holds. */
export function fitting(words: string, times: readonly TimeMention[], world: World): string[] {
  const byTime =
    times.length > 0
      ? new Set(
          world.interviews
            .filter((each) => times.some((time) => at(each.startAt, time)))
            .map(({ candidateId }) => candidateId),
        )
      : undefined;
  const byFact = world.candidates
    .filter(({ facts }) => facts.some((fact) => alike(words, foldLine(fact))))
    .map(({ id }) => id);
  if (!byTime) return byFact;
  if (byFact.length === 0) return [...byTime];
  return byFact.filter((id) => byTime.has(id));
}

/** A fact fits when one holds the other, or when half of their pairs of characters are the same. */
function alike(words: string, fact: string): boolean {
  if (words.includes(fact) || (fact.includes(words) && words.length >= 3)) return true;
  const pairs = (text: string): string[] => [...text].slice(1).map((char, index) => `${text[index]}${char}`);
  const [a, b] = [pairs(words.replace(/\s/g, '')), new Set(pairs(fact.replace(/\s/g, '')))];
  return a.length >= 3 && a.filter((pair) => b.has(pair)).length / Math.max(a.length, b.size) >= 0.5;
}

function at(startAt: string, { from, to, clock }: TimeMention): boolean {
  const moment = new Date(startAt);
  const day = hongKongDate(moment);
  if (from && (day < from || day > (to ?? from))) return false;
  return clock === undefined || hongKongTime(moment) === clock;
}
