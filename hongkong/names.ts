import { foldVariants } from './chinese-text.ts';
import { COMMON_SURNAMES, COMPOUND_SURNAMES, ROMANISED_SURNAMES } from './surnames.ts';

/**
 * The parts of a person's name. Every part may be missing: South Asian, Filipino and Mainland names need neither Chinese
 * characters nor a surname. Romanisation is kept as typed and never derived from characters or back.
 */
export interface PersonName {
  /** 陳, 歐陽. Of a married woman who prefixes her husband's surname, her own. */
  surnameZh?: string;
  givenZh?: string;
  /** The husband's surname in front of her own: 陳 of 陳張美玲. */
  husbandSurnameZh?: string;
  surnameEn?: string;
  /** Romanised given name: `Tai Man`. Also a whole Latin name whose surname is not known. */
  givenEn?: string;
  /** An English given name in use: `Peter` of `CHAN Tai Man, Peter`. */
  englishName?: string;
}

const HAN = /\p{Script=Han}/u;
const HAN_RUN = /\p{Script=Han}[\p{Script=Han}·‧．○〇]*/u;

/** Titles people type behind a name; they are no part of it. */
const TITLE = /(?:先生|小姐|女士|太太|同學|同学|生|太)$/;

/**
 * Reads a typed name: `陳大文`, `歐陽娜娜`, `CHAN Tai Man, Peter`, `Peter Chan`, `陳大文 Peter CHAN Tai Man`,
 * `CHAN Tai Man (陳大文)`, `Maria Santos`. A Latin name whose surname cannot be told stays whole in `givenEn`.
 * @returns an empty object for a text without letters.
 */
export function parseName(text: string): PersonName {
  const plain = text
    .normalize('NFKC')
    .replace(/[()[\]（）"“”]/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
    .trim();
  const han = HAN_RUN.exec(plain)?.[0];
  const latin = (han ? plain.replace(han, ' ') : plain).replace(/\s+/g, ' ').trim();
  return { ...(han ? parseHan(han) : {}), ...(/\p{L}/u.test(latin) && !HAN.test(latin) ? parseLatin(latin) : {}) };
}

function parseHan(typed: string): PersonName {
  const text = typed.length > 2 && TITLE.test(typed) ? stripTitle(typed) : typed;
  const chars = [...text];
  const compound = chars.slice(0, 2).join('');
  if (COMPOUND_SURNAMES.has(compound)) return han(compound, chars.slice(2).join(''));
  const [first = '', second = ''] = chars;
  if (chars.length === 4 && COMMON_SURNAMES.has(first) && COMMON_SURNAMES.has(second)) {
    return { husbandSurnameZh: first, ...han(second, chars.slice(2).join('')) };
  }
  return han(first, chars.slice(1).join(''));
}

/** A title is cut only when a surname alone would stand before it: 陳先生, 歐陽小姐, not 張學生 of 張學生. */
function stripTitle(text: string): string {
  const bare = text.replace(TITLE, '');
  const surnameOnly = [...bare].length === 1 || COMPOUND_SURNAMES.has(bare);
  return surnameOnly || /(?:先生|小姐|女士|太太|同學|同学)$/.test(text) ? bare : text;
}

const han = (surnameZh: string, givenZh: string): PersonName => (givenZh ? { surnameZh, givenZh } : { surnameZh });

function parseLatin(typed: string): PersonName {
  const cleaned = typed.replace(/^(?:mr|mrs|ms|miss|dr|sir)\b\.?\s*/i, '').replace(/\.$/, '');
  if (cleaned === '') return {};
  const [main = '', after = ''] = cleaned.split(/\s*,\s*/, 2);
  const words = joinedSurname(main.split(' ').filter(Boolean));
  const isCapital = (word: string): boolean => /^\p{Lu}[\p{Lu}' -]+$/u.test(word);
  const isSurname = (word: string): boolean => ROMANISED_SURNAMES.has(word.toLowerCase());
  const english = (name: string): PersonName => (name ? { englishName: name } : {});
  const capitalAt = words.every(isCapital) ? -1 : words.findIndex(isCapital);

  if (after && words.length === 1) return commaAfterSurname(main, after);
  if (capitalAt >= 0) {
    const surnameEn = words[capitalAt] ?? '';
    const front = words.slice(0, capitalAt).join(' ');
    return { surnameEn, ...givenParts(words.slice(capitalAt + 1), surnameEn), ...english(after || front) };
  }
  const [first = '', ...rest] = words;
  const last = words.at(-1) ?? '';
  if (words.length >= 2 && isSurname(first) && (words.length >= 3 || !isSurname(last))) {
    return { surnameEn: first, ...givenParts(rest, first), ...english(after) };
  }
  if (words.length >= 2 && isSurname(last) && !isSurname(first)) {
    return { surnameEn: last, ...english(words.slice(0, -1).join(' ')) };
  }
  if (words.length >= 3) {
    const at = words.findIndex(isSurname);
    if (at > 0)
      return {
        englishName: words.slice(0, at).join(' '),
        surnameEn: words[at] ?? '',
        givenEn: words.slice(at + 1).join(' '),
      };
  }
  if (words.length === 1) return isSurname(first) ? { surnameEn: first } : english(first);
  return { givenEn: main, ...english(after) };
}

/** Two-word surnames are one: Au Yeung, Sze To. */
function joinedSurname(words: string[]): string[] {
  const at = words.findIndex((word, index) =>
    /^(?:au yeung|sze to|ou yang|si tu)$/i.test(`${word} ${words[index + 1]}`),
  );
  if (at < 0) return words;
  return [...words.slice(0, at), `${words[at]} ${words[at + 1]}`, ...words.slice(at + 2)];
}

/** Ka Yan; behind a Hong Kong surname a third word is the English name: LEE Ka Yan Kelly. */
function givenParts(words: string[], surname: string): PersonName {
  if (words.length === 0) return {};
  if (words.length === 3 && ROMANISED_SURNAMES.has(surname.toLowerCase())) {
    return { givenEn: words.slice(0, 2).join(' '), englishName: words[2] ?? '' };
  }
  return { givenEn: words.join(' ') };
}

/** `CHAN, Tai Man` and `Chan, Peter`: a surname, a comma, the rest. */
function commaAfterSurname(surnameEn: string, rest: string): PersonName {
  return rest.includes(' ') ? { surnameEn, givenEn: rest } : { surnameEn, englishName: rest };
}

/** The Chinese name as written, surname first, or undefined. */
export function chineseName(name: PersonName): string | undefined {
  const whole = `${name.husbandSurnameZh ?? ''}${name.surnameZh ?? ''}${name.givenZh ?? ''}`;
  return whole || undefined;
}

/** The Latin name, surname first: `CHAN Tai Man, Peter`; `Peter Chan` where only an English given name is known. */
export function latinName(name: PersonName): string | undefined {
  const { surnameEn, givenEn, englishName } = name;
  if (surnameEn && givenEn) return `${surnameEn.toUpperCase()} ${givenEn}${englishName ? `, ${englishName}` : ''}`;
  if (surnameEn) return englishName ? `${englishName} ${surnameEn}` : surnameEn;
  if (givenEn) return englishName ? `${givenEn}, ${englishName}` : givenEn;
  return englishName;
}

/** How staff see a person: the Chinese name, else the Latin one. */
export function displayName(name: PersonName): string {
  return chineseName(name) ?? latinName(name) ?? '';
}

/** A name made comparable: NFKC, lower case, Simplified and variant characters folded, no spaces or points. */
export function foldName(text: string): string {
  return foldVariants(text.normalize('NFKC').toLowerCase()).replace(/[\s.,·‧'’\-_()]/g, '');
}

/** How well a typed name fits a person: the full name, a given or English name, a form of address, not at all. */
export type NameMatch = 'full' | 'given' | 'address' | undefined;

/**
 * Whether somebody may be meant by a typed name: 陳大文, 大文, Peter, Chan Tai Man, 陳生, 陳小姐, 阿文, 文仔, 強哥, 唐Sir,
 * Ms Leung. More than one person may fit: then ask.
 * @param aliases further forms the person is known by, such as a preferred name.
 */
export function matchName(typed: string, name: PersonName, aliases: readonly string[] = []): NameMatch {
  const query = foldName(typed);
  if (!query) return undefined;
  const is = (...forms: (string | undefined)[]): boolean => forms.some((form) => form && foldName(form) === query);
  const { surnameZh, givenZh, husbandSurnameZh, surnameEn, givenEn, englishName } = name;
  const both = (a?: string, b?: string): string | undefined => (a && b ? a + b : undefined);
  const zh = chineseName(name);
  const full = [
    zh,
    both(surnameZh, givenZh),
    both(surnameEn, givenEn),
    both(givenEn, surnameEn),
    both(englishName, surnameEn),
    both(surnameEn, englishName),
    both(both(surnameEn, givenEn), englishName),
    both(englishName, both(surnameEn, givenEn)),
    both(givenEn && !surnameEn ? givenEn : undefined, englishName),
    givenEn?.includes(' ') && !surnameEn ? givenEn : undefined,
    both(zh, englishName),
    both(englishName, zh),
    both(zh, latinName(name)),
    both(latinName(name), zh),
  ];
  if (is(...full)) return 'full';
  const parts = surnameEn ? [] : (givenEn ?? '').split(' ');
  if (is(givenZh && [...givenZh].length > 1 ? givenZh : undefined, givenEn, englishName, ...parts, ...aliases))
    return 'given';
  return addressForms(surnameZh ?? '', husbandSurnameZh, givenZh ?? '', surnameEn).has(query) ? 'address' : undefined;
}

function addressForms(
  surnameZh: string,
  husband: string | undefined,
  givenZh: string,
  surnameEn?: string,
): Set<string> {
  const forms = new Set<string>();
  const add = (form: string): unknown => forms.add(foldName(form));
  for (const surname of [surnameZh, husband]) {
    if (!surname) continue;
    for (const title of ['生', '先生', '太', '太太', '小姐', '女士', '姑娘', '同學', 'sir', '師傅', '仔', '生先'])
      add(surname + title);
    for (const front of ['阿', '小', '老']) add(front + surname);
  }
  if (surnameEn) {
    for (const title of ['mr', 'ms', 'mrs', 'miss', 'sir']) {
      add(title + surnameEn);
      add(surnameEn + title);
    }
    for (const title of ['生', '先生', '太', '小姐', '女士']) add(surnameEn + title);
  }
  const last = [...givenZh].at(-1);
  for (const char of new Set([...givenZh, last ?? ''])) {
    if (!char) continue;
    for (const behind of ['仔', '哥', '姐', '叔', '嬸', '姨', '妹', '女', 'sir']) add(char + behind);
    add(`阿${char}`);
  }
  return forms;
}
