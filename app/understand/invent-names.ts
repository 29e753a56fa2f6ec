import { foldName, parseName } from '../../hongkong/names.ts';

/** Invents names for people of whom a file of labelled lines gives only a part, and names that nearly agree with others. */

const SURNAMES = [...'陳黃李張梁林王吳劉鄭何羅周葉馮蔡曾楊許徐朱鄧鍾謝蘇潘杜麥盧余'];
const GIVEN = [...'家嘉志智文敏俊浩穎詠欣芷曉子樂美慧軒軍玲怡婷傑豪恩信明芳華珊儀'];
const LATIN_SURNAMES =
  'Chan Wong Lee Cheung Leung Lam Ng Lau Cheng Ho Law Chow Yip Fung Choi Tsang Yeung Hui Tsui Chu'.split(' ');
/** Characters and spellings that are mistaken for one another. */
const ALIKE: Readonly<Record<string, string>> = {
  家: '嘉',
  嘉: '家',
  志: '智',
  智: '志',
  文: '雯',
  敏: '愍',
  俊: '駿',
  浩: '皓',
  穎: '頴',
  詠: '泳',
  欣: '昕',
  芷: '止',
  曉: '小',
  子: '梓',
  樂: '洛',
  美: '媚',
  慧: '惠',
  軒: '萱',
  玲: '鈴',
  怡: '宜',
  婷: '庭',
  傑: '潔',
  豪: '濠',
  恩: '茵',
  明: '鳴',
  芳: '方',
  華: '樺',
  儀: '宜',
  強: '祥',
  國: '幗',
  偉: '煒',
  健: '建',
  思: '詩',
  雅: '亞',
};
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/\bChan\b/, 'Chen'],
  [/\bWong\b/, 'Wang'],
  [/\bLee\b/, 'Li'],
  [/\bLau\b/, 'Liu'],
  [/\bNg\b/, 'Ong'],
  [/\bKa\b/, 'Kar'],
  [/\bCheung\b/, 'Zhang'],
  [/\bLeung\b/, 'Liang'],
  [/\bHo\b/, 'Hoe'],
  [/son\b/, 'sen'],
  [/y\b/, 'ie'],
  [/ie\b/, 'y'],
  [/a\b/, 'ah'],
  [/e\b/, 'i'],
  [/n\b/, 'nn'],
  [/l\b/, 'll'],
  [/k\b/, 'ck'],
];

/** A stable number for a text: the same file always makes the same world. */
function seedOf(text: string): number {
  let seed = 7;
  for (const char of text) seed = (seed * 31 + (char.codePointAt(0) ?? 0)) % 1_000_003;
  return seed;
}

const pick = <T>(from: readonly T[], seed: number): T => from[seed % from.length] as T;

/** Some name for somebody of whom only a description is known. */
export function nameLike(words: string): string {
  const seed = seedOf(words);
  return `${pick(SURNAMES, seed)}${pick(GIVEN, Math.floor(seed / 7))}${pick(GIVEN, Math.floor(seed / 211))}`;
}

/** 黃志明 stays; 家欣 gets a surname, 阿May becomes May Leung, 陳生 陳志明: how the person stands in the records. */
export function fullNameFor(name: string): string {
  const seed = seedOf(name);
  const given = `${pick(GIVEN, seed)}${pick(GIVEN, Math.floor(seed / 37))}`;
  if (/^\p{Script=Han}+$/u.test(name)) {
    const bare = name.replace(/(?:先生|小姐|女士|太太|同學|姑娘|師傅)$/u, '');
    if (bare !== name) return `${bare}${given}`;
    const called = /^(?:阿|小|老|大)(.)$|^(.)(?:仔|哥|姐|妹|叔|姨|嬸|sir)$/u.exec(name);
    if (called) return `${pick(SURNAMES, seed)}${pick(GIVEN, seed)}${called[1] ?? called[2]}`;
    if (/^.[生太]$/u.test(name)) return `${name[0]}${given}`;
    return [...name].length === 2 ? `${pick(SURNAMES, seed)}${name}` : name;
  }
  const latin = /^阿([A-Za-z]+)$|^([A-Za-z]+)(?:仔|哥|姐|妹|生|小姐)$/u.exec(name);
  if (latin) return `${latin[1] ?? latin[2]} ${pick(LATIN_SURNAMES, seed)}`;
  const titled = /^(?:mr|mrs|ms|miss)\.? ([A-Za-z]+)$/i.exec(name);
  if (titled) return `${pick(['Kitty', 'Wendy', 'Alan', 'Henry', 'Iris'], seed)} ${titled[1]}`;
  return /^[A-Za-z'’-]+$/.test(name) ? `${name} ${pick(LATIN_SURNAMES, seed)}` : name;
}

/**
 * Names that differ from known ones by a character, a variant, a romanisation or a surname, none equal to another after
 * folding, none with the given name of somebody who is called by it alone.
 */
export function othersLike(
  people: readonly { names: readonly string[] }[],
  shortForms: readonly string[],
  count: number,
): string[] {
  const taken = new Set(people.flatMap(({ names }) => names.map(foldName)));
  const alone = shortForms.map(foldName);
  const others: string[] = [];
  const add = (name: string | undefined): void => {
    if (!name || others.length >= count) return;
    const folded = foldName(name);
    const parts = parseName(name);
    const calledBy = [parts.givenZh, parts.englishName, parts.givenEn, parts.surnameZh, parts.surnameEn];
    if (
      taken.has(folded) ||
      calledBy.some((part) => part !== undefined && alone.some((short) => short.includes(foldName(part))))
    )
      return;
    taken.add(folded);
    others.push(name);
  };
  for (let round = 0; others.length < count && round < 40; round += 1) {
    for (const { names } of people) add(variantOf(names[0] ?? '', round));
  }
  for (let at = 0; others.length < count && at < 5000; at += 1) {
    add(`${pick(SURNAMES, at)}${pick(GIVEN, at * 7 + 3)}${pick(GIVEN, at * 13 + Math.floor(at / 30))}`);
  }
  return others;
}

function variantOf(name: string, round: number): string | undefined {
  const seed = seedOf(`${name}${round}`);
  if (/^\p{Script=Han}{2,4}$/u.test(name)) {
    const chars = [...name];
    if (round % 3 === 0) {
      const at = chars.findIndex((char, index) => index > 0 && ALIKE[char] !== undefined);
      return at < 0 ? undefined : chars.map((char, index) => (index === at ? (ALIKE[char] ?? char) : char)).join('');
    }
    if (round % 3 === 1) return `${pick(SURNAMES, seed)}${chars.slice(1).join('')}`;
    return `${chars.slice(0, -1).join('')}${pick(GIVEN, seed)}`;
  }
  if (round % 2 === 0) {
    const spelling = SPELLINGS.filter(([from]) => from.test(name));
    const chosen = spelling.length > 0 ? pick(spelling, seed) : undefined;
    return chosen ? name.replace(chosen[0], chosen[1]) : undefined;
  }
  const words = name.split(' ');
  return words.length > 1 ? [...words.slice(0, -1), pick(LATIN_SURNAMES, seed)].join(' ') : undefined;
}
