import { COMMON_SURNAMES, COMPOUND_SURNAMES, ROMANISED_SURNAMES } from '../../../hongkong/surnames.ts';
import type { Known } from '../known.ts';
import { findMentions } from '../mentions/find-mentions.ts';
import { findIntentCues, findModifiers, INTENT_LINES, MODIFIER_LINES } from '../staff/find-cues.ts';
import { clausesOf } from '../text/clauses.ts';
import { GIVEN_NAMES } from './given-names.ts';

interface Stretch {
  start: number;
  end: number;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** English words of everyday messages that may stand with a capital letter or beside a surname. */
const PLAIN_WORDS = words(
  'a about after all also an and any are as ask at back be before book but by call called can cancel come could date day did do does done dont early email evening everyone fail for from full get give go good had has have he hello help her here hi him his hold how i if in interview is it job just keep last late later let like list long make man manager may me more morning move my new next no not note now of off offer ok okay on one or our out part pass people please pls position push put ready reject remind said same say see send she shift shop shortlist should show so staff still store tell thank thanks that the them then there they this time to today tomorrow tmr too trial until up us very wait want was we week were what when where which who why will with would yes yesterday you your monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun january february march april june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec',
);
/** English words of the lexicon: Approve, Shortlist. */
const ORDER_WORDS: ReadonlySet<string> = new Set(
  [...INTENT_LINES, ...MODIFIER_LINES].flatMap(({ words }) => words.toLowerCase().match(/[a-z]{2,}/g) ?? []),
);
/** Words in capitals that name nobody. */
const CAPITALS = words(
  'HR IT HK NT KLN MTR MPF HKID CV JD OT PT FT AM PM OK PASS FAIL NO YES NOT ASAP EOD EOB COB TBC TBA TBD FYI KPI VIP ID NB PS QC SA BA ATM SMS APP USD HKD KFC TST MK CWB POS FB IG WS FNB F&B HKDSE DSE UAT',
);
/** Longer cues have gaps, in which somebody may stand. */
const LONGEST_CUE = 4;
const LATIN_WORD = /(?<![\p{L}\d])\p{Script=Latin}[\p{Script=Latin}'’-]+/gu;
/** Common words that begin with what is a surname elsewhere. */
const PLAIN_HAN =
  /方便|方面|方式|馬上|马上|連埋|連同|連續|關於|关于|許可|許多|簡單|简单|簡歷|简历|何時|何时|何解|何況|周[一二三四五六日末]|高興|高兴|高級|江湖|范圍|施工|溫習|余下|張單|黃昏|黃雨|黃色|石屎|沈默|曾經|曾经|麥記|葉落|林林/gu;
/** Somebody by how people are called: 阿敏, 文仔, 輝哥. */
const CALLED =
  /阿(?!哥|姐|嬸|叔)\p{Script=Han}|(?![呢嗰這那個位靚細阿大女男後])\p{Script=Han}(?:小姐|先生|太太|女士|仔(?!細)|哥|姐)/gu;

/**
 * What looks like somebody's name although nobody known bears it. Words that the robot itself knows (times, jobs, places,
 * orders) are none; where it is in doubt it is a name: a word too many hidden costs little.
 */
export function findNamelike(text: string, known: Known): Stretch[] {
  const plain = plainStretches(text, known);
  const isFree = ({ start, end }: Stretch): boolean => plain.every((each) => end <= each.start || start >= each.end);
  const found: Stretch[] = [...latinNames(text)];
  for (const match of text.matchAll(CALLED)) found.push({ start: match.index, end: match.index + match[0].length });
  for (let at = 0; at < text.length; at += 1) {
    const surname = COMPOUND_SURNAMES.has(text.slice(at, at + 2)) ? 2 : COMMON_SURNAMES.has(text[at] ?? '') ? 1 : 0;
    if (surname === 0) continue;
    const name = [2, 1]
      .map((length) => ({ start: at, end: at + surname + length }))
      .find(
        ({ start, end }) =>
          /^\p{Script=Han}{2,4}$/u.test(text.slice(start, end)) && end <= text.length && isFree({ start, end }),
      );
    if (!name) continue;
    found.push(name);
    at = name.end - 1;
  }
  return found;
}

/** What the robot knows to be no name. */
function plainStretches(text: string, known: Known): Stretch[] {
  const { text: marked, found } = findMentions(text, known);
  const clauses = clausesOf(marked.marked);
  const cues = [...findIntentCues(marked.marked, clauses), ...findModifiers(marked.marked, clauses)];
  return [
    ...found.times,
    ...found.jobs,
    ...found.places,
    ...found.money,
    ...cues
      .map(({ start, end }) => ({ start: marked.place(start), end: marked.place(end) }))
      .filter(({ start, end }) => end - start <= LONGEST_CUE),
    ...[...text.matchAll(PLAIN_HAN)].map((match) => ({ start: match.index, end: match.index + match[0].length })),
  ];
}

/** Given names, words with a capital letter or in capitals, and what stands beside a surname. */
function* latinNames(text: string): Generator<Stretch> {
  let afterSurname = 0;
  for (const match of text.matchAll(LATIN_WORD)) {
    const word = match[0].replace(/['’]s?$/u, '');
    const low = word.toLowerCase();
    const stretch = { start: match.index, end: match.index + word.length };
    const isPlain = PLAIN_WORDS.has(low) || ORDER_WORDS.has(low) || CAPITALS.has(word);
    const isSurname = ROMANISED_SURNAMES.has(low) && low.length > 2 && !PLAIN_WORDS.has(low);
    const isCapital = /^\p{Lu}/u.test(word);
    const isBesideSurname = afterSurname > 0 && (isCapital || !PLAIN_WORDS.has(low));
    if (isSurname || isBesideSurname || (!isPlain && (isCapital || GIVEN_NAMES.has(low)))) yield stretch;
    afterSurname = isSurname ? 2 : afterSurname - 1;
  }
}

/** Stretches that overlap made one, from left to right. */
export function merged(stretches: readonly Stretch[]): Stretch[] {
  const result: Stretch[] = [];
  for (const { start, end } of [...stretches].sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last && start < last.end) last.end = Math.max(last.end, end);
    else result.push({ start, end });
  }
  return result;
}
