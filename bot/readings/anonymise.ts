import { findHkids, HKID_REDACTED } from '../../hongkong/hkid.ts';
import { findPhones } from '../../hongkong/phones.ts';
import type { NamePlaceholder } from '../../models/reading.model.ts';
import { findGrounds, withoutLookAlikes } from '../understand/compliance/grounds.ts';
import { foldLine } from '../understand/text/marked-text.ts';

/** Somebody named in a text. */
export interface NamedHere {
  start: number;
  end: number;
  kind: 'candidate' | 'staff';
}

interface Stretch {
  start: number;
  end: number;
  says: string;
}

const LETTERS = '甲乙丙丁戊己庚辛壬癸';

/** Candidates in braces, colleagues in brackets, as in the example files of the lexicon. */
const standIn = (kind: NamedHere['kind'], number: number): string => {
  const letter = `${LETTERS[number % LETTERS.length]}${number >= LETTERS.length ? Math.floor(number / LETTERS.length) : ''}`;
  return kind === 'candidate' ? `{${letter}}` : `[${letter}]`;
};

/**
 * A text without anybody in it: names, telephone numbers, e-mail addresses, identity cards, references and long numbers are
 * replaced; with `hidesGrounds` words on protected grounds and private life as well, so that what may not be stored is not.
 * @returns the text, and which name was replaced by what
 */
export function anonymise(
  text: string,
  named: readonly NamedHere[],
  hidesGrounds: boolean,
): { text: string; names: NamePlaceholder[] } {
  const names: NamePlaceholder[] = [];
  const stretches: Stretch[] = [];
  for (const { start, end, kind } of [...named].sort((a, b) => a.start - b.start)) {
    const word = text.slice(start, end);
    if (word.trim() === '') continue;
    let known = names.find((each) => each.word === word);
    if (!known) {
      known = { word, placeholder: standIn(kind, names.length) };
      names.push(known);
    }
    stretches.push({ start, end, says: known.placeholder });
  }
  stretches.push(...numbersIn(text));
  names.push(...mailNamesIn(text));
  if (hidesGrounds) stretches.push(...groundsIn(text, named));
  return { text: replaced(text, stretches), names };
}

/** The front of an e-mail address, which is often a name and may stand alone in what was read. */
function mailNamesIn(text: string): NamePlaceholder[] {
  return [...text.matchAll(/([\w.+'-]{3,64})@[\w-]+(?:\.[\w-]+)+/g)].flatMap(([word, front]) =>
    front ? [word, front].map((each) => ({ word: each, placeholder: '〔電郵〕' })) : [],
  );
}

/** A piece of what was read without telephone numbers, addresses and the like; names stay. */
export function withoutNumbers(text: string): string {
  return replaced(text, numbersIn(text));
}

function numbersIn(text: string): Stretch[] {
  const matches = (pattern: RegExp, says: string): Stretch[] =>
    [...text.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length, says }));
  return [
    ...findHkids(text).map(({ start, end }) => ({ start, end, says: '〔身份證〕' })),
    ...matches(new RegExp(HKID_REDACTED.replace(/[[\]]/g, '\\$&'), 'g'), '〔身份證〕'),
    ...findPhones(text).map(({ start, end }) => ({ start, end, says: '〔電話〕' })),
    ...matches(/[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g, '〔電郵〕'),
    ...matches(/https?:\/\/\S+/g, '〔連結〕'),
    ...matches(/(?<![A-Za-z0-9])[ACRTD]\d{3,6}(?![A-Za-z0-9])/gi, '〔編號〕'),
    ...matches(/\d(?:[ -]?\d){6,}/g, '〔號碼〕'),
  ];
}

function groundsIn(text: string, named: readonly NamedHere[]): Stretch[] {
  let folded = foldLine(text);
  for (const { start, end } of named) {
    folded = folded.slice(0, start) + '\ue00f'.repeat(end - start) + folded.slice(end);
  }
  return findGrounds(withoutLookAlikes(folded)).map(({ start, end, ground }) => ({
    start,
    end,
    says: `〔${ground}〕`,
  }));
}

/** Overlapping stretches become one; the first to begin, of those the longest, says what stands there. */
function replaced(text: string, stretches: readonly Stretch[]): string {
  const sorted = [...stretches].sort((a, b) => a.start - b.start || b.end - a.end);
  let out = '';
  let at = 0;
  for (const { start, end, says } of sorted) {
    if (start >= at) out += text.slice(at, start) + says;
    at = Math.max(at, end);
  }
  return out + text.slice(at);
}
