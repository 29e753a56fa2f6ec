import { foldName, matchName } from '../../hongkong/names.ts';
import { COMMON_SURNAMES } from '../../hongkong/surnames.ts';
import type { CandidateRecord } from '../../models/candidate.model.ts';
import type { Reader } from '../unit/reader.ts';
import { lookupKeys, type NamedPerson, type NameHit, namesInText, possibleNames } from './find-names.ts';
import { aliasesOf, nameKeys, personNameOf } from './person-name.ts';

/** A candidate as the name search sees them. */
export interface NamedCandidate extends NamedPerson {
  candidate: CandidateRecord;
}

/** Most people looked at for one text; a bare 陳生 in a large database is asked back anyway. */
const MOST = 200;

const named = (candidate: CandidateRecord): NamedCandidate => ({
  id: candidate._id,
  name: personNameOf(candidate.name),
  aliases: aliasesOf(candidate),
  candidate,
});

/** Candidates who may be meant by one typed name, fullest matches first (only those of the best kind of match). */
export async function findCandidates(reader: Reader, typed: string): Promise<CandidateRecord[]> {
  const keys = lookupKeys(typed);
  if (keys.length === 0) return [];
  const found = (await reader.list('candidates', { foldedNames: { $in: keys } }, { limit: MOST })).map(named);
  for (const kind of ['full', 'given', 'address'] as const) {
    const hits = found.filter((person) => matchName(typed, person.name, person.aliases) === kind);
    if (hits.length > 0) return hits.map((person) => person.candidate);
  }
  return [];
}

/** Every candidate a running text names, with the place of the name. */
export async function findCandidatesInText(reader: Reader, text: string): Promise<NameHit<NamedCandidate>[]> {
  const keys = new Set(possibleNames(text).flatMap(({ typed }) => lookupKeys(typed)));
  if (keys.size === 0) return [];
  const found = await reader.list('candidates', { foldedNames: { $in: [...keys] } }, { limit: MOST });
  return namesInText(text, found.map(named));
}

/** Most people fetched because a name is nearly theirs. */
const MOST_NEAR = 40;
/** Letters at the beginning of a Latin name that a typo is expected to leave alone. */
const LATIN_STEM = 3;
/** Names looked up for typos in one text, and how far into a long text names are looked for. */
const MOST_TYPOS = 10;
const LONGEST_READ = 1000;
const SURNAMES: ReadonlySet<string> = new Set([...COMMON_SURNAMES].map(foldName));

/**
 * Everybody whom a text may name, for reading free language: people found under one of its name keys, and people whose
 * Chinese name of three characters or Latin name differs by one. Only looked up through the index of name keys.
 */
export async function findCandidatesForReading(reader: Reader, text: string): Promise<CandidateRecord[]> {
  const names = possibleNames(text.slice(0, LONGEST_READ));
  const keys = new Set(names.flatMap(({ typed }) => lookupKeys(typed)));
  if (keys.size === 0) return [];
  const found = await reader.list('candidates', { foldedNames: { $in: [...keys] } }, { limit: MOST });
  const forms = [...new Set(names.map((name) => foldName(name.typed)))].filter((form) => !keysHold(found, form));
  const near: CandidateRecord[] = [];
  const chinese = forms.filter((form) => /^\p{Script=Han}{3}$/u.test(form) && SURNAMES.has([...form][0] ?? ''));
  for (const form of chinese.slice(0, MOST_TYPOS)) {
    const [surname, ...given] = form;
    for (const char of given) {
      near.push(...(await reader.list('candidates', { foldedNames: { $all: [char, surname] } }, { limit: MOST_NEAR })));
    }
  }
  for (const form of forms.filter((each) => /^[a-z]{5,12}$/.test(each)).slice(0, MOST_TYPOS)) {
    const stem = form.slice(0, LATIN_STEM);
    const within = { $elemMatch: { $gte: stem, $lt: `${stem}\uffff` } };
    near.push(...(await reader.list('candidates', { foldedNames: within }, { limit: MOST_NEAR })));
  }
  return [...new Map([...found, ...near].map((candidate) => [candidate._id, candidate])).values()];
}

const keysHold = (people: readonly CandidateRecord[], key: string): boolean =>
  people.some(({ foldedNames }) => foldedNames.includes(key));

/** Candidates whose name shares something with a typed one that fits nobody: for 「係咪搵…？」. */
export async function findNearCandidates(reader: Reader, typed: string, limit = 3): Promise<CandidateRecord[]> {
  const folded = foldName(typed);
  const parts = new Set<string>();
  for (const { typed: part } of possibleNames(typed)) parts.add(foldName(part));
  const hans = [...folded].filter((char) => /\p{Script=Han}/u.test(char));
  for (const char of hans) parts.add(char);
  if (parts.size === 0) return [];
  const found = await reader.list('candidates', { foldedNames: { $in: [...parts] } }, { limit: MOST });
  const shared = (candidate: CandidateRecord): number =>
    nameKeys(personNameOf(candidate.name), aliasesOf(candidate)).filter((key) => parts.has(key)).length;
  return found
    .map((candidate) => ({ candidate, score: shared(candidate) }))
    .filter(({ score }) => score >= (hans.length >= 2 ? 2 : 1))
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ candidate }) => candidate);
}
