import { distance } from 'fastest-levenshtein';
import { foldName } from '../../../hongkong/names.ts';
import { COMMON_SURNAMES } from '../../../hongkong/surnames.ts';
import { foldLine } from '../text/marked-text.ts';
import { type FormKind, nameForms } from './name-forms.ts';
import { asTyped, standsAsName, type TextAtom, TITLES_BEFORE, TITLES_BEHIND, textAtoms } from './name-habits.ts';
import type { Conversation, World } from './world.ts';

/** A stretch of a message that names somebody. */
export interface PersonMention {
  kind: 'who' | 'staff' | 'ref';
  start: number;
  end: number;
  /** Who it may be, the most plausible first; one = certain. For `ref`: everybody who fits the description. */
  ids: string[];
  /** The name as the person is known, when it was typed otherwise (a typo): never acted on without a tap. */
  near?: string;
}

interface Entry {
  id: string;
  kind: 'who' | 'staff';
}

interface Hit extends PersonMention {
  match: FormKind | 'near';
}

/** Titles of colleagues only. */
const OFFICES: ReadonlySet<string> = new Set(['經理', '師傅'].map(foldName));
/** Fronts that go with any part of a name: 阿文, 阿陳, 小陳. */
const FRONTS: ReadonlySet<string> = new Set(['阿', '小', '老'].map(foldName));
/** Longest run of Chinese characters and of English words that is looked up as one name. */
const LONGEST_HAN = 8;
const MOST_WORDS = 5;
/** Most people remembered for one form: a bare 陳生 in a large company is asked back anyway. */
const MOST_IDS = 50;
const SURNAMES: ReadonlySet<string> = new Set([...COMMON_SURNAMES].map(foldName));
const STRENGTH: Readonly<Record<FormKind | 'near', number>> = { full: 0, given: 1, address: 2, near: 3 };

/** Everybody whom a message can name, indexed so that reading does not slow down with their number. */
export class KnownPeople {
  readonly #full = new Map<string, Entry[]>();
  readonly #given = new Map<string, Entry[]>();
  readonly #surnames = new Map<string, Entry[]>();
  readonly #parts = new Map<string, Entry[]>();
  /** Three-character names with one character left open: 陳?欣. */
  readonly #wildcards = new Map<string, Entry[]>();
  /** English given names by first letter, for typos. */
  readonly #latin = new Map<string, Set<string>>();
  readonly #plausible: ReadonlyMap<string, number>;
  readonly #display = new Map<string, string>();

  constructor(world: World) {
    for (const { id, names } of world.candidates) this.#add({ id, kind: 'who' }, names);
    for (const { id, names } of world.staff) this.#add({ id, kind: 'staff' }, names);
    this.#plausible = plausibility(world);
  }

  #add(entry: Entry, names: readonly string[]): void {
    this.#display.set(entry.id, names[0] ?? entry.id);
    for (const name of names) {
      const forms = nameForms(name);
      for (const form of forms.full) note(this.#full, form, entry);
      for (const form of forms.given) note(this.#given, form, entry);
      for (const form of forms.surnames) note(this.#surnames, form, entry);
      for (const form of forms.parts) note(this.#parts, form, entry);
      for (const form of forms.full) {
        if (/^\p{Script=Han}{3}$/u.test(form)) for (const open of wildcardsOf(form)) note(this.#wildcards, open, entry);
      }
      for (const form of forms.given) {
        if (!/^[a-z]{4,}$/.test(form)) continue;
        const letter = form[0] ?? '';
        const known = this.#latin.get(letter) ?? new Set();
        this.#latin.set(letter, known.add(form));
      }
    }
  }

  /** How staff see a person. */
  display(id: string): string {
    return this.#display.get(id) ?? id;
  }

  /** Everybody named in a text, in the order of the text, never overlapping. */
  find(text: string, conversation: Conversation = { recentCandidateIds: [] }): PersonMention[] {
    const atoms = textAtoms(foldLine(text));
    const hits: Hit[] = [];
    for (let from = 0; from < atoms.length; from += 1) hits.push(...this.#hitsFrom(atoms, from, text));
    const chosen = longestFirst(hits);
    if (!chosen.some(({ kind }) => kind === 'who')) chosen.push(...this.#nearHits(text, atoms, chosen));
    chosen.sort((a, b) => a.start - b.start);
    return chosen.map(({ match: _, ...mention }) => ({ ...mention, ids: this.#ranked(mention.ids, conversation) }));
  }

  /** Full and given names, then forms of address, that begin at one place. */
  #hitsFrom(atoms: readonly TextAtom[], from: number, text: string): Hit[] {
    const first = atoms[from];
    if (!first) return [];
    const hits: Hit[] = [];
    let hans = 0;
    let words = 0;
    let key = '';
    for (let to = from; to < atoms.length; to += 1) {
      const atom = atoms[to];
      if (!atom || (to > from && !atom.joins)) break;
      if (atom.han) hans += 1;
      else words += 1;
      if (hans > LONGEST_HAN || words > MOST_WORDS) break;
      key += foldName(atom.text);
      if (hans + words === 1 && atom.han) continue;
      const stretch = { start: first.start, end: atom.end };
      for (const [match, entries] of [
        ['full', this.#full.get(key)],
        ['given', this.#given.get(key)],
        ['address', this.#addressed(key)],
      ] as const) {
        if (!entries || !standsAsName(text, stretch, match, atoms, from, to)) continue;
        hits.push({ ...stretch, match, ...asTyped(entries, text, stretch) });
        break;
      }
    }
    return hits;
  }

  /** 陳生, Ms Leung, 阿文, 文仔, 輝哥, 阿Peter. */
  #addressed(key: string): Entry[] | undefined {
    for (const title of TITLES_BEFORE) {
      if (key.length > title.length && key.startsWith(title)) {
        const rest = key.slice(title.length);
        const found = FRONTS.has(title) ? this.#either(rest) : this.#surnames.get(rest);
        if (found) return found;
      }
    }
    for (const [title, of] of TITLES_BEHIND) {
      if (key.length > title.length && key.endsWith(title)) {
        const rest = key.slice(0, -title.length);
        const found = of === 'surname' ? (this.#surnames.get(rest) ?? this.#given.get(rest)) : this.#either(rest);
        // 麥經理 is a colleague, whoever else is called 麥.
        const meant = OFFICES.has(title) ? found?.filter(({ kind }) => kind === 'staff') : found;
        if (meant && meant.length > 0) return meant;
      }
    }
    return undefined;
  }

  #either(part: string): Entry[] | undefined {
    const found = [
      ...(this.#parts.get(part) ?? []),
      ...(this.#surnames.get(part) ?? []),
      ...(this.#given.get(part) ?? []),
    ];
    return found.length > 0 ? found : undefined;
  }

  /** Names with one character or letter wrong, when nobody is named rightly. */
  #nearHits(text: string, atoms: readonly TextAtom[], taken: readonly Hit[]): Hit[] {
    const hits: Hit[] = [];
    const free = (start: number, end: number): boolean => taken.every((hit) => end <= hit.start || start >= hit.end);
    for (const [at, atom] of atoms.entries()) {
      if (!atom.han) {
        const capital = /^\p{Lu}/u.test(text.slice(atom.start));
        const typo = capital && free(atom.start, atom.end) ? this.#nearLatin(atom.text) : undefined;
        if (typo) hits.push({ start: atom.start, end: atom.end, match: 'near', ...typo });
        continue;
      }
      const [second, third] = [atoms[at + 1], atoms[at + 2]];
      if (!second?.han || !third?.han || !second.joins || !third.joins || !SURNAMES.has(atom.text)) continue;
      if (!free(atom.start, third.end)) continue;
      const name = foldName(atom.text + second.text + third.text);
      const entries = wildcardsOf(name)
        .slice(1)
        .flatMap((open) => this.#wildcards.get(open) ?? [])
        .filter(({ kind }) => kind === 'who');
      if (entries.length === 0) continue;
      const ids = unique(entries);
      hits.push({
        start: atom.start,
        end: third.end,
        match: 'near',
        kind: 'who',
        ids,
        near: this.display(ids[0] ?? ''),
      });
    }
    return longestFirst(hits);
  }

  #nearLatin(word: string): Pick<PersonMention, 'kind' | 'ids' | 'near'> | undefined {
    const key = foldName(word);
    if (key.length < 5) return undefined;
    for (const known of this.#latin.get(key[0] ?? '') ?? []) {
      if (Math.abs(known.length - key.length) > 1 || distance(known, key) !== 1) continue;
      const entries = (this.#given.get(known) ?? []).filter(({ kind }) => kind === 'who');
      const ids = unique(entries);
      if (ids.length > 0) return { kind: 'who', ids, near: this.display(ids[0] ?? '') };
    }
    return undefined;
  }

  /** The most plausible first: just spoken of, then with an interview ahead, then with an application under way. */
  #ranked(ids: readonly string[], { recentCandidateIds }: Conversation): string[] {
    const rank = (id: string): number => {
      const recent = recentCandidateIds.indexOf(id);
      return recent >= 0 ? recent - 1000 : -(this.#plausible.get(id) ?? 0);
    };
    return [...ids].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  }
}

function plausibility(world: World): Map<string, number> {
  const scores = new Map<string, number>();
  const raise = (id: string, by: number): unknown => scores.set(id, (scores.get(id) ?? 0) + by);
  for (const { id, stage } of world.candidates) if (stage) raise(id, 1);
  for (const { candidateId, startAt } of world.interviews) raise(candidateId, startAt >= world.now ? 3 : 1);
  return scores;
}

function note(map: Map<string, Entry[]>, form: string, entry: Entry): void {
  const known = map.get(form);
  if (!known) map.set(form, [entry]);
  else if (known.length < MOST_IDS && !known.some(({ id }) => id === entry.id)) known.push(entry);
}

const unique = (entries: readonly Entry[]): string[] => [...new Set(entries.map(({ id }) => id))];

function wildcardsOf(name: string): string[] {
  const chars = [...name];
  return chars.map((_, open) => chars.map((char, at) => (at === open ? '?' : char)).join(''));
}

/** The fullest and longest names win; overlapping lesser ones go. */
function longestFirst(hits: readonly Hit[]): Hit[] {
  const sorted = [...hits].sort(
    (a, b) => b.end - b.start - (a.end - a.start) || STRENGTH[a.match] - STRENGTH[b.match] || a.start - b.start,
  );
  const chosen: Hit[] = [];
  for (const hit of sorted) {
    if (chosen.every((other) => hit.end <= other.start || hit.start >= other.end)) chosen.push(hit);
  }
  return chosen;
}
