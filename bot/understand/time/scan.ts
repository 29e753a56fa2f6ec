import { hongKongDate, hongKongParts } from '../../../hongkong/zone.ts';
import type { Atom, Rule, Scene } from './atom.ts';
import { mondayOf } from './calendar.ts';
import { CLOCK_RULES } from './clock-rules.ts';
import { DATE_RULES } from './date-rules.ts';
import { DAY_RULES } from './day-rules.ts';
import { FESTIVAL_RULES } from './festival-rules.ts';
import { foldText } from './fold-text.ts';
import { LENGTH_RULES } from './length-rules.ts';
import { PART_RULES } from './parts.ts';
import { tellsOfPast } from './past.ts';
import { SPAN_RULES } from './span-rules.ts';
import { NOTHING_RULES, SAME_CLOCK_RULES, VAGUE_RULES } from './word-rules.ts';

/**
 * Every way to write a time, in the order in which they take their words from the line: what is no time first, then what
 * is longer or more certain. What one rule took, no later one reads.
 */
const RULES: readonly Rule[] = [
  ...NOTHING_RULES,
  ...SAME_CLOCK_RULES,
  ...FESTIVAL_RULES,
  ...DATE_RULES,
  ...SPAN_RULES.slice(0, 7),
  ...DAY_RULES,
  ...SPAN_RULES.slice(7),
  ...LENGTH_RULES.slice(0, 3),
  ...CLOCK_RULES.slice(0, 10),
  ...LENGTH_RULES.slice(3),
  ...VAGUE_RULES,
  ...CLOCK_RULES.slice(10),
  ...PART_RULES,
];

/** A line without any of these has no time in it. */
const HINT = new RegExp(
  `[\\d點半晚朝早晏夜日天月年週周星拜號字鐘骨時前後后節陣排遲改第${'一二三四五六七八九十'}]|聖誕|春|元旦|除夕|清明|端午|中秋|重陽|佛|冬|七一|國慶|過|[a-z]`,
);

/** What was found, in order of place; nothing overlaps. */
export function scan(text: string, now: Date): { atoms: Atom[]; scene: Scene } {
  const folded = foldText(text);
  const today = hongKongDate(now);
  const { hour, minute } = hongKongParts(now);
  const scene: Scene = {
    text: folded,
    today,
    monday: mondayOf(today),
    minute: hour * 60 + minute,
    isPast: (start, end) => tellsOfPast(folded, start, end),
  };
  const atoms: Atom[] = [];
  if (!HINT.test(folded)) return { atoms, scene };
  const taken = new Uint8Array(folded.length);
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
