import { findHkids } from '../../../hongkong/hkid.ts';
import { findPhones } from '../../../hongkong/phones.ts';
import { COMMON_SURNAMES, COMPOUND_SURNAMES, ROMANISED_SURNAMES } from '../../../hongkong/surnames.ts';
import type { Known } from '../known.ts';
import { nameForms } from '../world/name-forms.ts';
import { findNamelike, merged } from './looks-like-name.ts';

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
/** 彌敦道12號3樓B室, flat B, 3/F, 12 Nathan Road. */
const STREET =
  /\p{Script=Han}{1,6}[道街路徑里巷圍](?:[東西南北中])?\s?\d+[A-Za-z]?(?:[-–至]\d+)?\s?號(?:\p{Script=Han}{1,6}(?:大廈|中心|花園|廣場|苑|閣|樓))?(?:\s?[\dA-Za-z]{1,4}\s?(?:座|樓|字樓|室|\/F))*|(?:(?:flat|room|rm|unit|block)\.?\s?\w{1,4},?\s)*(?:\d{1,3}\/F,?\s)?\d{1,4}[A-Z]?\s(?:[\p{L}']+\s){1,3}(?:road|rd|street|avenue|ave|lane|path|terrace|drive)(?![\p{L}])/giu;

/** A surname left standing before a given name that is hidden. */
const SURNAME_BEFORE = new RegExp(
  `(?:${[...COMPOUND_SURNAMES].join('|')}|[${[...COMMON_SURNAMES].join('')}])\\[P\\d+\\]`,
  'gu',
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
  let hidden = text
    .replace(LINK, (typed) => put('N', typed))
    .replace(ADDRESS, (typed) => put('N', typed))
    .replace(STREET, (typed) => put('N', typed));
  for (const { start, end } of [...findHkids(hidden)].sort((a, b) => b.start - a.start)) {
    hidden = hidden.slice(0, start) + put('N', hidden.slice(start, end)) + hidden.slice(end);
  }
  hidden = hidden.replace(HKID, (typed) => put('N', typed));
  for (const { start, end } of [...findPhones(hidden)].sort((a, b) => b.start - a.start)) {
    hidden = hidden.slice(0, start) + put('N', hidden.slice(start, end)) + hidden.slice(end);
  }
  hidden = hidden.replace(NUMBER, (typed) => put('N', typed));
  const named = known.people.find(hidden).filter(({ kind }) => kind !== 'ref');
  for (const { start, end } of merged([...named, ...findNamelike(hidden, known)]).reverse()) {
    hidden = hidden.slice(0, start) + put('P', hidden.slice(start, end)) + hidden.slice(end);
  }
  for (const form of formsOf(known)) hidden = replaceAll(hidden, form, (typed) => put('P', typed));
  hidden = hidden.replace(SURNAME_BEFORE, (typed) => put('P', typed));
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
