import { findSimplified } from '../../hongkong/chinese-text.ts';
import { containsHkid } from '../../hongkong/hkid.ts';
import { parseName } from '../../hongkong/names.ts';
import { findWording, type Severity, type Span } from './wording.ts';

/** One thing wrong, or better said otherwise, in a text for a candidate. */
export interface LintHit {
  /** `wording:<row>`, `simplified`, `bare_full_name` … */
  rule: string;
  severity: Severity;
  found: string;
  /** What to write instead, best first; empty when there is no proposal. */
  instead: string[];
  note: string;
}

/** A filled slot in a text. */
export interface FilledSlot extends Span {
  name: string;
  /** Whose words it holds: only the employer's own are checked. */
  words: 'company' | 'others' | 'form';
  isLink: boolean;
  ending: 'sentence' | 'title' | 'open' | null;
  maxLength: number | null;
}

/** A text to check. */
export interface LintSubject {
  text: string;
  sms: boolean;
  filled: readonly FilledSlot[];
  /** Longest text in UTF-16 units, when there is a limit. */
  maxLength: number | null;
}

/** Spoken Cantonese: right in chat among people, not in what an employer writes. */
const CANTONESE = /[嘅咗喺唔冇嚟哋啲嘢咁㗎俾畀]/gu;

/** Half-width marks between Chinese; SMS may use them. */
const HALF_WIDTH = /(?<=\p{Script=Han})[,:;!?()](?=\p{Script=Han}|$)/gu;

const hit = (rule: string, severity: Severity, found: string, note: string, instead: string[] = []): LintHit => ({
  rule,
  severity,
  found,
  instead,
  note,
});

/** Checks a filled text: wording, script, form of address, links, endings, lengths. */
export function lintText({ text, sms, filled, maxLength }: LintSubject): LintHit[] {
  const notOurs = filled.filter((slot) => slot.words !== 'company' || slot.isLink);
  const ours = withoutSpans(text, notOurs);
  const hits = lintWords(text, notOurs);
  for (const [found] of ours.matchAll(CANTONESE))
    hits.push(hit('cantonese', 'error', found, 'written Chinese is wanted'));
  if (!sms) {
    for (const [found] of ours.matchAll(HALF_WIDTH)) {
      hits.push(hit('half_width', 'warning', found, 'full-width punctuation is wanted'));
    }
  }
  for (const [found] of text.matchAll(/\{\{[^}]*\}\}|\{link\}|\bundefined\b|\bnull\b|\[object/g)) {
    hits.push(hit('unfilled_slot', 'error', found, 'a slot was not filled'));
  }
  for (const [found] of ours.matchAll(/[！!]{2,}|[？?]{2,}/g)) {
    hits.push(hit('mark_chain', 'warning', found, 'one mark is enough'));
  }
  for (const [found] of ours.matchAll(/\p{Extended_Pictographic}/gu)) {
    hits.push(hit('emoji', 'warning', found, 'an employer writes without emoji'));
  }
  // The number itself is never repeated, not even in a warning.
  if (containsHkid(ours)) hits.push(hit('hkid', 'error', '***', 'an identity card number has no place in a message'));
  hits.push(...filled.flatMap((slot) => lintSlot(text, slot, sms)));
  if (maxLength !== null && text.length > maxLength) {
    hits.push(hit('length', 'warning', String(text.length), `at most ${maxLength} units`));
  }
  return hits;
}

/** Checks words alone: vocabulary and Simplified characters. For free text of the employer (tips, stories, notes). */
export function lintWords(text: string, leaveOut: readonly Span[] = []): LintHit[] {
  const hits = findWording(text, leaveOut).map(({ row, severity, found, hongkong, note }) =>
    hit(`wording:${row}`, severity, found, note, hongkong),
  );
  for (const { char, severity } of findSimplified(withoutSpans(text, leaveOut))) {
    hits.push(hit('simplified', severity, char, 'Traditional characters are wanted'));
  }
  return hits;
}

function lintSlot(text: string, slot: FilledSlot, sms: boolean): LintHit[] {
  const value = text.slice(slot.start, slot.end);
  const before = text[slot.start - 1] ?? '\n';
  const after = text[slot.end] ?? '\n';
  const hits: LintHit[] = [];
  if (slot.isLink) {
    // Phones find no address when Chinese stands before it, and swallow Chinese behind it.
    if (!/[ \n：]/.test(before))
      hits.push(hit('link_glued', 'error', `${before}${value}`, 'a space or ： belongs before a link'));
    if (!/[ \n]/.test(after))
      hits.push(hit('link_glued', 'error', `${value}${after}`, 'nothing, a space or a new line belongs behind a link'));
    if (sms && slot.end !== text.length) hits.push(hit('link_not_last', 'error', value, 'in an SMS the link is last'));
  }
  if (slot.name === 'salute' && isBareFullName(value)) {
    hits.push(
      hit('bare_full_name', 'error', value, 'a full name without title is no form of address', [
        '陳先生',
        '陳小姐',
        'Kelly',
      ]),
    );
  }
  if (slot.maxLength !== null && value.length > slot.maxLength) {
    hits.push(hit('slot_length', 'error', value, `${slot.name}: at most ${slot.maxLength} units`));
  }
  if (slot.ending === 'open' && after === '。' && /[。！？!?]$/.test(value)) {
    hits.push(hit('double_stop', 'error', value, `${slot.name} ends without a full stop: the text adds one`));
  }
  if (slot.ending === 'sentence' && after === '\n' && !/[。！？…」]$/.test(value)) {
    hits.push(hit('open_sentence', 'error', value, `${slot.name} ends with a full stop`));
  }
  if (slot.ending === 'title' && /[。，、；：.,;:]$/.test(value)) {
    hits.push(hit('title_end', 'error', value, `${slot.name} ends with ？, ！ or nothing`));
  }
  return hits;
}

/** 陳大文 and Peter Chan are how strangers are called up, not addressed; 大文, Kelly and 陳先生 are fine. */
function isBareFullName(salute: string): boolean {
  const name = salute.trim();
  if (/(?:先生|小姐|女士|太太|同學)$/.test(name)) return false;
  const { surnameZh, givenZh, surnameEn, givenEn, englishName } = parseName(name);
  if (surnameZh && givenZh) return [...surnameZh, ...givenZh].length >= 3;
  return Boolean(surnameEn && (givenEn || englishName));
}

function withoutSpans(text: string, spans: readonly Span[]): string {
  let out = text;
  for (const { start, end } of spans) out = out.slice(0, start) + '\uFFFC'.repeat(end - start) + out.slice(end);
  return out;
}
