import { readFileSync } from 'node:fs';
import { hasSimplified, toTraditional } from '../../hongkong/chinese-text.ts';

/**
 * The vocabulary table: what Mainland and Taiwan readers write and Hong Kong does not, from `wording.tsv`. Lists in a cell
 * are joined by 、, a form that starts with `re:` is a regular expression.
 */

/** How much a form matters: `error` no Hong Kong writer would print, `warning` a better word exists. */
export type Severity = 'error' | 'warning';

/** One row of the table. */
export interface WordingRow {
  id: string;
  forms: { text: string; pattern: RegExp }[];
  /** What to write instead, best first; empty for compliance rows. */
  hongkong: string[];
  severity: Severity | null;
  /** Longer strings in which a form is innocent. */
  allow: string[];
  right: string;
  wrong: string;
  note: string;
}

/** A form found in a text. */
export interface WordingHit {
  row: string;
  severity: Severity;
  found: string;
  /** Place in the text that was searched: the given one, or its Traditional reading. */
  index: number;
  hongkong: string[];
  note: string;
}

/** A stretch of a text, end not included. */
export interface Span {
  start: number;
  end: number;
}

const escapePattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const cell = (text: string | undefined): string[] => (text ? text.split('、').filter(Boolean) : []);

function readRows(): WordingRow[] {
  const source = readFileSync(new URL('./wording.tsv', import.meta.url), 'utf8');
  return source
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [id = '', mainland, taiwan, hongkong, severity, allow, right = '', wrong = '', note = ''] =
        line.split('\t');
      const preferred = cell(hongkong);
      const forms = [...new Set([...cell(mainland), ...cell(taiwan)])].filter((form) => !preferred.includes(form));
      return {
        id,
        forms: forms.map((text) => ({
          text,
          pattern: new RegExp(text.startsWith('re:') ? text.slice(3) : escapePattern(text), 'gu'),
        })),
        hongkong: preferred,
        severity: severity === 'E' ? 'error' : severity === 'W' ? 'warning' : null,
        allow: cell(allow),
        right,
        wrong,
        note,
      };
    });
}

/** The table as it stands in the file; the row `allow` holds strings that are innocent everywhere. */
export const WORDING_ROWS: readonly WordingRow[] = readRows();

const ALLOWED_EVERYWHERE = WORDING_ROWS.find((row) => row.id === 'allow')?.allow ?? [];

/** One pattern that finds out quickly that a text holds no form at all, which is the rule. */
const ANY_FORM = new RegExp(
  WORDING_ROWS.flatMap((row) => (row.severity ? row.forms.map(({ pattern }) => `(?:${pattern.source})`) : [])).join(
    '|',
  ),
  'u',
);

/** Stands for text that is not ours to judge; no form can match across it. */
const BLANK = '\uFFFC';

/**
 * Finds wording that Hong Kong does not use. Titles in 《…》 are left out, and so are the spans given (names, addresses,
 * other people's words). Text with Simplified-only characters is searched a second time in its Traditional reading.
 */
export function findWording(text: string, leaveOut: readonly Span[] = []): WordingHit[] {
  const clean = blank(text, [...leaveOut, ...[...text.matchAll(/《[^》]*》/g)].map(spanOf)]);
  const hits = search(clean);
  if (hasSimplified(clean)) hits.push(...search(toTraditional(clean)));
  return longestOnly(hits);
}

function search(text: string): WordingHit[] {
  if (!ANY_FORM.test(text)) return [];
  const everywhere = spansOfAll(text, ALLOWED_EVERYWHERE);
  const hits: WordingHit[] = [];
  for (const { id, forms, severity, allow, hongkong, note } of WORDING_ROWS) {
    if (!severity) continue;
    const matches = forms.flatMap(({ pattern }) => [...text.matchAll(pattern)]).filter((match) => match[0] !== '');
    if (matches.length === 0) continue;
    // Allowed strings take their span first; a form wholly inside one of them is innocent.
    const innocent = [...everywhere, ...spansOfAll(text, [...allow, ...hongkong])];
    for (const match of matches) {
      const { start, end } = spanOf(match);
      if (innocent.some((span) => span.start <= start && end <= span.end)) continue;
      hits.push({ row: id, severity, found: match[0], index: start, hongkong, note });
    }
  }
  return hits;
}

/** Where hits overlap the longest is reported; of equal ones an error before a warning, then the earlier row. */
function longestOnly(hits: readonly WordingHit[]): WordingHit[] {
  const kept: WordingHit[] = [];
  const order = [...hits].sort(
    (a, b) => b.found.length - a.found.length || Number(b.severity === 'error') - Number(a.severity === 'error'),
  );
  for (const hit of order) {
    const overlaps = kept.some(
      (other) => hit.index < other.index + other.found.length && other.index < hit.index + hit.found.length,
    );
    if (!overlaps) kept.push(hit);
  }
  return kept.sort((a, b) => a.index - b.index);
}

function spanOf(match: RegExpMatchArray): Span {
  const start = match.index ?? 0;
  return { start, end: start + match[0].length };
}

/** All places of some strings, overlapping ones too. */
function spansOfAll(text: string, strings: readonly string[]): Span[] {
  const spans: Span[] = [];
  for (const part of strings) {
    for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
      spans.push({ start: at, end: at + part.length });
    }
  }
  return spans;
}

function blank(text: string, spans: readonly Span[]): string {
  let out = text;
  for (const { start, end } of spans) out = out.slice(0, start) + BLANK.repeat(end - start) + out.slice(end);
  return out;
}
