import { hongKongDate, hongKongParts } from '../../../hongkong/zone.ts';
import type { Atom, Rule, Scene } from './atom.ts';
import { mondayOf } from './calendar.ts';
import { CLEAR_CLOCK_RULES, LOOSE_CLOCK_RULES } from './clock-rules.ts';
import { DATE_RULES } from './date-rules.ts';
import { DAY_RULES } from './day-rules.ts';
import { FESTIVAL_RULES } from './festival-rules.ts';
import { foldText } from './fold-text.ts';
import { DAYS_AWAY_RULES, FROM_TODAY_RULES, LENGTH_RULES } from './length-rules.ts';
import { MONTH_PART_RULES, MONTH_RULES } from './month-rules.ts';
import { PART_RULES } from './parts.ts';
import { asksForFigures, tellsOfPast } from './past.ts';
import { COUNTED_RULES, QUARTER_RULES, YEAR_RULES } from './period-rules.ts';
import { WEEK_OF_DATE_RULES, WEEK_RULES } from './week-rules.ts';
import { NOTHING_RULES, SAME_CLOCK_RULES, VAGUE_RULES } from './word-rules.ts';

/**
 * Every way to write a time, in the order in which they take their words from the line: what is no time first, then what
 * is longer or more certain. What one rule took, no later one reads.
 */
const RULES: readonly Rule[] = [
  ...NOTHING_RULES,
  ...SAME_CLOCK_RULES,
  ...FESTIVAL_RULES,
  ...WEEK_OF_DATE_RULES,
  ...DATE_RULES,
  ...MONTH_PART_RULES,
  ...COUNTED_RULES,
  ...FROM_TODAY_RULES,
  ...DAY_RULES,
  ...QUARTER_RULES,
  ...WEEK_RULES,
  ...MONTH_RULES,
  ...YEAR_RULES,
  ...DAYS_AWAY_RULES,
  ...CLEAR_CLOCK_RULES,
  ...LENGTH_RULES,
  ...VAGUE_RULES,
  ...LOOSE_CLOCK_RULES,
  ...PART_RULES,
];

/** What was found, in order of place; nothing overlaps. */
export function scan(text: string, now: Date): { atoms: Atom[]; scene: Scene } {
  const folded = foldText(text);
  const today = hongKongDate(now);
  const { hour, minute } = hongKongParts(now);
  const taken = new Uint8Array(folded.length);
  const scene: Scene = {
    text: folded,
    taken,
    today,
    monday: mondayOf(today),
    minute: hour * 60 + minute,
    isReport: asksForFigures(folded),
    isPast: (start, end) => tellsOfPast(folded, start, end),
  };
  const atoms: Atom[] = [];
  const isFree = (start: number, end: number): boolean => {
    for (let at = start; at < end; at += 1) if (taken[at] === 1) return false;
    return true;
  };
  for (const rule of RULES) {
    rule.pattern.lastIndex = 0;
    for (let match = rule.pattern.exec(folded); match; match = rule.pattern.exec(folded)) {
      if (match[0] === '') rule.pattern.lastIndex += 1;
      const end = match.index + match[0].length;
      if (!isFree(match.index, end)) {
        // Another rule has part of it: look again one place further.
        rule.pattern.lastIndex = match.index + 1;
        continue;
      }
      const read = rule.read(match, scene);
      if (!read) {
        rule.pattern.lastIndex = match.index + 1;
        continue;
      }
      const found = Array.isArray(read) ? read : [read];
      if (found.length === 0) continue;
      for (const atom of found) {
        taken.fill(1, atom.start, atom.end);
        if (atom.is !== 'nothing') atoms.push(atom);
      }
    }
  }
  return { atoms: atoms.sort((a, b) => a.start - b.start), scene };
}
