import { findHkids } from '../../../hongkong/hkid.ts';
import { findPhones } from '../../../hongkong/phones.ts';
import { COMMON_SURNAMES, ROMANISED_SURNAMES } from '../../../hongkong/surnames.ts';
import type { Known } from '../known.ts';
import { nameForms } from '../world/name-forms.ts';

/** A text without anything personal in it, and the way back. */
export interface HiddenText {
  hidden: string;
  /** Puts the words back for which placeholders stand. */
  restore(text: string): string;
}

const LINK = /\w*:\/\/\S+|www\.\S+/giu;
const ADDRESS = /[\w.+'-]*@[\w-]+(?:\.[\w-]+)*/gu;
/** An identity card number glued to anything. */
const HKID = /[A-Za-z]{1,2}\d{6} ?[(（]?[\dAa][)）]?/gu;
const NUMBER = /(?<!\d)\+?\d[\d -]{6,}\d(?!\d)/gu;
/** What looks like a name although nobody known has it. */
const LATIN_NAME =
  /(?<![\p{L}\d])\p{Lu}\p{Ll}+(?:[ -]\p{Lu}\p{Ll}+)*(?![\p{L}\d])|(?<![\p{L}\d])\p{Lu}{2,}(?: \p{Lu}\p{Ll}+)+/gu;
const PLAIN_WORDS = new Set(
  'i please pls can could hi hello thanks thank yes no ok okay if when what who how why is are do does did will would the a an and or but not note send cancel book shortlist approve reject hold offer move push pass put give get tell ask remind call called monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun january february march april june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec'.split(
    ' ',
  ),
);

/**
 * Takes names, telephone and identity card numbers, addresses and links out of a text before it leaves the house: everybody
 * known to this reading in any form, and whatever looks like a name.
 */
export function hidePersonal(text: string, known: Known): HiddenText {
  const words: string[] = [];
  const put = (kind: string, typed: string): string => {
    const at = words.indexOf(typed);
    const number = at >= 0 ? at : words.push(typed) - 1;
    return `[${kind}${number + 1}]`;
  };
  let hidden = text.replace(LINK, (typed) => put('N', typed)).replace(ADDRESS, (typed) => put('N', typed));
  for (const { start, end } of [...findHkids(hidden)].sort((a, b) => b.start - a.start)) {
    hidden = hidden.slice(0, start) + put('N', hidden.slice(start, end)) + hidden.slice(end);
  }
  hidden = hidden.replace(HKID, (typed) => put('N', typed));
  for (const { start, end } of [...findPhones(hidden)].sort((a, b) => b.start - a.start)) {
    hidden = hidden.slice(0, start) + put('N', hidden.slice(start, end)) + hidden.slice(end);
  }
  hidden = hidden.replace(NUMBER, (typed) => put('N', typed));
  for (const { start, end, kind } of [...known.people.find(hidden)].sort((a, b) => b.start - a.start)) {
    if (kind !== 'ref') hidden = hidden.slice(0, start) + put('P', hidden.slice(start, end)) + hidden.slice(end);
  }
  for (const form of formsOf(known)) hidden = replaceAll(hidden, form, (typed) => put('P', typed));
  hidden = hidden.replace(LATIN_NAME, (typed) => (PLAIN_WORDS.has(typed.toLowerCase()) ? typed : put('P', typed)));
  hidden = hidden.replace(HAN_NAME, (typed) => put('P', typed));
  return {
    hidden,
    restore: (answer) => restored(answer, words),
  };
}

/** The later a word was hidden, the more it may hold: put back from the last to the first. */
function restored(answer: string, words: readonly string[]): string {
  let text = answer;
  for (let at = words.length; at > 0; at -= 1) {
    text = text.replaceAll(`[P${at}]`, () => words[at - 1] ?? '').replaceAll(`[N${at}]`, () => words[at - 1] ?? '');
  }
  return text;
}

/** A surname and one or two characters that end where a clause or a common particle begins. */
const HAN_NAME = new RegExp(
  `(?<!\\p{Script=Han})[${[...COMMON_SURNAMES].join('')}]\\p{Script=Han}{1,2}(?=[\\s,，。!?！？:：]|$)`,
  'gu',
);

/** Every form of everybody's name, longest first; of surnames alone only those with a title stand in texts, and those are found. */
function formsOf(known: Known): string[] {
  const forms = new Set<string>();
  for (const { names } of [...known.world.candidates, ...known.world.staff]) {
    for (const name of names) {
      forms.add(name);
      for (const part of name.split(/[ ,()]+/))
        if (part.length >= 3 && !ROMANISED_SURNAMES.has(part.toLowerCase())) forms.add(part);
      for (const form of [...nameForms(name).full, ...nameForms(name).given])
        if ([...form].length >= 2) forms.add(form);
    }
  }
  return [...forms].sort((a, b) => b.length - a.length);
}

function replaceAll(text: string, form: string, put: (typed: string) => string): string {
  const [low, wanted] = [text.toLowerCase(), form.toLowerCase()];
  if (low.length !== text.length || wanted === '') return text;
  let result = '';
  let at = 0;
  for (let found = low.indexOf(wanted); found >= 0; found = low.indexOf(wanted, at)) {
    const end = found + wanted.length;
    result += text.slice(at, found) + put(text.slice(found, end));
    at = end;
  }
  return result + text.slice(at);
}
