import type { ApplicationRecord } from '../../../models/application.model.ts';
import type { Reader } from '../../../recruiting/unit/reader.ts';

/**
 * Numbers people type (A1003, C1003, R102) are no names for the reading of free language. They are read as names all the
 * same: each is replaced by a made-up word of the same length, which is a name of the person or vacancy meant. Places in
 * the text stay, and `restore` puts the number back into whatever was cut out of it.
 */
export interface References {
  /** The text with made-up names. */
  text: string;
  restore(text: string): string;
  /** Made-up names by candidate. */
  people: readonly { candidateId: string; word: string; application?: ApplicationRecord }[];
  /** Made-up names by vacancy. */
  vacancies: readonly { requisitionId: string; word: string }[];
}

const REFERENCE = /(?<![A-Za-z0-9])([acr])(\d{3,6})(?![A-Za-z0-9])/gi;
const FIRST: Readonly<Record<string, string>> = { A: 'Q', C: 'X', R: 'Z' };
/** No vowels: never a word of any language. */
const LETTERS = 'bcdfghjklm';

/** Finds the numbers in a text that exist; full-width characters become ASCII, one for one. */
export async function readReferences(reader: Reader, message: string): Promise<References> {
  const typed = message.replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0));
  const people: { candidateId: string; word: string; application?: ApplicationRecord }[] = [];
  const vacancies: { requisitionId: string; word: string }[] = [];
  const words = new Map<string, string>();
  for (const match of [...typed.matchAll(REFERENCE)].slice(0, 20)) {
    const letter = (match[1] ?? '').toUpperCase();
    const ref = letter + match[2];
    if (words.has(ref)) continue;
    const word = `${FIRST[letter]}${[...(match[2] ?? '')].map((digit) => LETTERS[Number(digit)]).join('')}`;
    if (letter === 'R') {
      const requisition = await reader.one('requisitions', { ref });
      if (!requisition) continue;
      vacancies.push({ requisitionId: requisition._id, word });
    } else if (letter === 'C') {
      const candidate = await reader.one('candidates', { ref });
      if (!candidate) continue;
      people.push({ candidateId: candidate._id, word });
    } else {
      const application = await reader.one('applications', { ref });
      if (!application) continue;
      people.push({ candidateId: application.candidateId, word, application });
    }
    words.set(ref, word);
  }
  const backwards = [...words].map(([ref, word]) => [word, ref] as const);
  return {
    text: typed.replace(REFERENCE, (whole) => words.get(whole.toUpperCase()) ?? whole),
    restore: (text) => backwards.reduce((plain, [word, ref]) => plain.replaceAll(word, ref), text),
    people,
    vacancies,
  };
}
