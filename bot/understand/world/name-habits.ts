import { foldName } from '../../../hongkong/names.ts';
import { COMMON_SURNAMES } from '../../../hongkong/surnames.ts';
import type { FormKind } from './name-forms.ts';

/** How people in Hong Kong call one another, and where in a sentence a name can stand. */

/** One Chinese character or one Latin word. */
export interface TextAtom {
  start: number;
  end: number;
  text: string;
  han: boolean;
  /** Only spaces, commas, brackets or points stand between it and the one before: they may be one name. */
  joins: boolean;
}

const ATOM = /\p{Script=Han}|[\p{Script=Latin}][\p{Script=Latin}'’.-]*/gu;

/** The atoms of a folded text. A sign, figure or line end between two of them ends a name. */
export function textAtoms(folded: string): TextAtom[] {
  const atoms: TextAtom[] = [];
  let before = 0;
  for (const match of folded.matchAll(ATOM)) {
    const text = match[0].replace(/(?:'s|’s|['’.-])$/u, '');
    const han = /\p{Script=Han}/u.test(text);
    const gap = folded.slice(before, match.index);
    const last = atoms.at(-1);
    atoms.push({
      start: match.index,
      end: match.index + text.length,
      text,
      han,
      joins: last !== undefined && (han && last.han ? /^·?$/.test(gap) : /^(?: |, |·| ?\()?$/.test(gap)),
    });
    before = match.index + match[0].length;
    if (text.length < match[0].length) before = match.index + text.length;
  }
  return atoms;
}

/** 阿文, 小陳, Ms Leung: titles before a name; folded. */
export const TITLES_BEFORE: readonly string[] = '阿 小 老 mr mrs miss ms'.split(' ').map(foldName);

/** Titles behind a name, and whether a surname (陳生) or a part of the given name (文仔) stands before them. */
export const TITLES_BEHIND: readonly (readonly [string, 'surname' | 'part'])[] = [
  ...'先生 小姐 女士 太太 同學 姑娘 師傅 經理 生 太 sir'
    .split(' ')
    .map((title) => [foldName(title), 'surname'] as const),
  ...'仔 哥 姐 叔 嬸 姨 妹 女 記'.split(' ').map((title) => [foldName(title), 'part'] as const),
];

/** English names that are daily words as well: taken for a name only with a capital, and not at once behind a figure. */
const DAILY_WORDS = new Set(
  'may will hope joy grace mark bill rose sunny summer april june august art faith dawn ivy jade max pat rich rob sky star angel king queen prince apple cherry candy man sin fan an or do ho on long can wan him he see yes so to ray gene lock month lunch jean sue drew chase miles page hunter mason taylor carry carrie nick jack frank victor pearl ruby amber crystal holly lily daisy olive melody harmony destiny christian dean earl duke baron bishop major noble merit reason story kitty penny sandy rocky happy lucky sweet honey bean rain snow winter autumn moon echo wing kin wing ling fat chi shing ming'.split(
    ' ',
  ),
);

/** Chinese characters that are surnames but mostly daily words: before a given name they are no surname. */
const DAILY_CHARACTERS = new Set([...'和同于於向由高方成周何任安石文白項常時應當令連明唐關莫溫麥余']);
/** Daily words that look like a form of address: 小心, 衞生, 阿姐, 區經理. */
const NOBODY = new Set(
  '小心 小小 小時 小店 小組 小學 小食 小數 老師 老實 老闆 老細 老婆 老公 老豆 老母 老友 老人 阿姐 阿媽 阿爸 阿哥 阿嬸 阿婆 阿伯 阿叔 阿姨 阿妹 家姐 大哥 大佬 細佬 細妹 家嫂 衞生 學生 先生 醫生 師傅 太太 小姐 女士 同學 姑娘 人生 花生 實習生 區經理 分區經理 店經理 副經理 大經理 總經理 新人 女仔 男仔 細路 細路仔 細路女 屋仔 靚仔 靚女 後生仔 後生女 鐘太 時太 天太 日太 心太 得太 唔太 又太 都太 工太 遠太 薪太 公仔 記仔 打仔 書仔 卡仔 紙仔 空姐 表哥 表姐 表妹 堂哥 二叔 三姐'
    .split(' ')
    .map(foldName),
);
const HAN = /\p{Script=Han}/u;
const LATIN = /[\p{Script=Latin}]/u;

/**
 * Whether a stretch can be a name where it stands. Full Chinese names may stand anywhere; a given name not behind a surname
 * that makes somebody else of it (王家欣 is not 陳家欣); 陳生 not where it begins another word (陳生活).
 */
export function standsAsName(
  text: string,
  { start, end }: { start: number; end: number },
  match: FormKind,
  atoms: readonly TextAtom[],
  from: number,
  to: number,
): boolean {
  const first = text[start] ?? ' ';
  const before = text[start - 1] ?? ' ';
  const after = text[end] ?? ' ';
  if (LATIN.test(first) && from === to && !wordAsName(text, start, end)) return false;
  // "be a" is not Bea: the words of a name of several have two letters at least.
  if (LATIN.test(first) && to > from && atoms.slice(from, to + 1).some((atom) => !atom.han && atom.text.length < 2))
    return false;
  if (NOBODY.has(foldName(text.slice(start, end)))) return false;
  if (match === 'full' || !HAN.test(first)) return true;
  const surnameBefore = HAN.test(before) && COMMON_SURNAMES.has(before) && !DAILY_CHARACTERS.has(before);
  if (match === 'given') return !(surnameBefore && atoms[from - 1]?.end === start && !endsOtherName(text, start));
  return !(/[生太女]/.test(text[end - 1] ?? '') && /[活日意產产效涯病肖士人兒儿子]/.test(after));
}

/** 同埋陳、…: the character before belongs to what stands before it when a name of two has just ended there. */
function endsOtherName(text: string, start: number): boolean {
  return /[、,，/&]/.test(text[start - 1] ?? '');
}

function wordAsName(text: string, start: number, end: number): boolean {
  const word = text.slice(start, end);
  if (!DAILY_WORDS.has(word.toLowerCase())) return true;
  if (!/^\p{Lu}/u.test(word) || word === word.toUpperCase()) return false;
  if (/^(?:May|April|June|August)$/.test(word))
    return (
      !/\d(?:st|nd|rd|th)? ?$|^ ?\d/.test(text.slice(Math.max(0, start - 4), start)) &&
      !/^ \d/.test(text.slice(end, end + 3))
    );
  return true;
}

/** Words around a name that make a colleague of it: somebody interviews, hears or decides. */
const COLLEAGUE_BEFORE =
  /(?:面試官|面试官|考官|interviewer|panel(?: ?[=:])?|with|wif|w\/|同埋?|跟|由|搵|cc|\+|&)[ :=:：]*$/i;
const COLLEAGUE_BEHIND =
  /^ ?(?:見|见|面試|面试|負責|负责|主持|做面試|interviews?|will (?:see|meet)|to (?:see|meet)|話|讲|講|say)/i;

/** Of people of both kinds under one name: a colleague where the words around speak of interviewing, else the candidate. */
export function asTyped(
  entries: readonly { id: string; kind: 'who' | 'staff' }[],
  text: string,
  { start, end }: { start: number; end: number },
): { kind: 'who' | 'staff'; ids: string[] } {
  const ids = (kind: 'who' | 'staff'): string[] => [
    ...new Set(entries.filter((entry) => entry.kind === kind).map((entry) => entry.id)),
  ];
  const [candidates, colleagues] = [ids('who'), ids('staff')];
  if (candidates.length === 0) return { kind: 'staff', ids: colleagues };
  if (colleagues.length === 0) return { kind: 'who', ids: candidates };
  const asColleague =
    COLLEAGUE_BEFORE.test(text.slice(Math.max(0, start - 14), start)) ||
    COLLEAGUE_BEHIND.test(text.slice(end, end + 14));
  return asColleague ? { kind: 'staff', ids: colleagues } : { kind: 'who', ids: candidates };
}
