import { foldName, matchName, type NameMatch, type PersonName } from '../../hongkong/names.ts';

/** Somebody who can be looked up by name. */
export interface NamedPerson {
  id: string;
  name: PersonName;
  aliases: readonly string[];
}

/** A stretch of a text that names one or more people. */
export interface NameHit<P extends NamedPerson> {
  start: number;
  end: number;
  people: P[];
  match: Exclude<NameMatch, undefined>;
}

const fold = (words: string): string[] => words.split(' ').map(foldName);
const TITLES = fold('先生 小姐 女士 太太 同學 姑娘 師傅 生 太 sir 仔 哥 姐 叔 嬸 姨 妹 女 mr ms mrs miss');
const FRONTS = fold('阿 小 老 mr ms mrs miss');

/** The keys under which a typed form may be found: itself, and the bare name of a form of address (陳生 -> 陳). */
export function lookupKeys(typed: string): string[] {
  const whole = foldName(typed);
  if (!whole) return [];
  const keys = new Set([whole]);
  for (const title of TITLES) {
    if (whole.length > title.length && whole.endsWith(title)) keys.add(whole.slice(0, -title.length));
  }
  for (const front of FRONTS) {
    if (whole.length > front.length && whole.startsWith(front)) keys.add(whole.slice(front.length));
  }
  return [...keys];
}

const HAN = /\p{Script=Han}/u;
const LATIN = /[\p{Script=Latin}\p{Nd}'’.-]/u;
const LONGEST_HAN = 8;
const MOST_WORDS = 6;

/** Every stretch of a text that could be a name: runs of up to 8 Chinese characters, up to 6 Latin words, both together. */
export function possibleNames(text: string): { start: number; end: number; typed: string }[] {
  const atoms: { start: number; end: number; han: boolean }[] = [];
  const pattern = /\p{Script=Han}|[\p{Script=Latin}][\p{Script=Latin}'’.-]*/gu;
  for (const match of text.matchAll(pattern)) {
    atoms.push({ start: match.index, end: match.index + match[0].length, han: HAN.test(match[0]) });
  }
  const found: { start: number; end: number; typed: string }[] = [];
  atoms.forEach((first, from) => {
    let words = 0;
    let hans = 0;
    for (let to = from; to < atoms.length; to += 1) {
      const atom = atoms[to];
      const before = atoms[to - 1];
      if (!atom) break;
      // Only spaces, commas and brackets may stand inside one name.
      if (to > from && before && !/^[\s,()·]*$/.test(text.slice(before.end, atom.start))) break;
      if (atom.han) hans += 1;
      else words += 1;
      if (hans > LONGEST_HAN || words > MOST_WORDS) break;
      if (hans + words === 1 && atom.han) continue; // one character is no name
      found.push({ start: first.start, end: atom.end, typed: text.slice(first.start, atom.end) });
    }
  });
  return found;
}

/** Words after which a given name may stand without a space: 約家欣, 同大文. */
const BEFORE_NAME = /[同和及與与跟將将把幫帮約约請请搵揾俾畀給给叫是係为為見见、,\s]/;
/** Words that may follow a form of address without a space: 陳生話, 阿文今日. */
const AFTER_ADDRESS = /[佢話话嘅的今聽听明星下要唔想請请已個个同和及與与跟、,\s:：]/;

/**
 * The people whom a text names, longest and fullest forms first, never overlapping. A full name counts anywhere; a given
 * name or form of address only where a name can begin, so that 王家欣 is not taken for somebody else's 家欣.
 * @param people everybody found under one of the text's keys.
 */
export function namesInText<P extends NamedPerson>(text: string, people: readonly P[]): NameHit<P>[] {
  const byKey = new Map<string, Set<P>>();
  const candidatesFor = (typed: string): P[] => {
    const key = foldName(typed);
    let known = byKey.get(key);
    if (!known) {
      known = new Set(people.filter((person) => matchName(typed, person.name, person.aliases)));
      byKey.set(key, known);
    }
    return [...known];
  };
  const hits: NameHit<P>[] = [];
  for (const { start, end, typed } of possibleNames(text)) {
    const meant = candidatesFor(typed);
    if (meant.length === 0) continue;
    const best = bestMatch(typed, meant);
    if (best && mayStandHere(text, start, end, best)) {
      hits.push({
        start,
        end,
        match: best,
        people: meant.filter((person) => matchName(typed, person.name, person.aliases) === best),
      });
    }
  }
  const rank = { full: 0, given: 1, address: 2 };
  hits.sort((a, b) => rank[a.match] - rank[b.match] || b.end - b.start - (a.end - a.start) || a.start - b.start);
  const chosen: NameHit<P>[] = [];
  for (const hit of hits) {
    if (chosen.every((other) => hit.end <= other.start || hit.start >= other.end)) chosen.push(hit);
  }
  return chosen.sort((a, b) => a.start - b.start);
}

function bestMatch(typed: string, people: readonly NamedPerson[]): Exclude<NameMatch, undefined> | undefined {
  const matches = people.map((person) => matchName(typed, person.name, person.aliases));
  return (['full', 'given', 'address'] as const).find((kind) => matches.includes(kind));
}

function mayStandHere(text: string, start: number, end: number, match: Exclude<NameMatch, undefined>): boolean {
  const before = text[start - 1] ?? ' ';
  const after = text[end] ?? ' ';
  const first = text[start] ?? ' ';
  if (LATIN.test(first) && LATIN.test(before)) return false;
  if (LATIN.test(text[end - 1] ?? ' ') && LATIN.test(after)) return false;
  if (match === 'full') return true;
  if (HAN.test(first) && HAN.test(before) && !BEFORE_NAME.test(before)) return false;
  return match === 'given' || !HAN.test(after) || AFTER_ADDRESS.test(after);
}
