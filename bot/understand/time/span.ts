import type { LocalDate } from '../../../hongkong/zone.ts';
import { type DayAtom, type Scene, stretchOf } from './atom.ts';
import { monthOf, yearOf } from './calendar.ts';
import { foldText } from './fold-text.ts';
import type { TimeGrain } from './time-mention.ts';

/** What weeks, months and years are counted by. */

/** An atom of these days over the whole match. */
export function span(
  match: RegExpExecArray,
  from: LocalDate | undefined,
  to: LocalDate | undefined,
  grain: TimeGrain,
  more: Partial<DayAtom> = {},
): DayAtom | undefined {
  if (!from || !to) return undefined;
  return { is: 'day', from, to, grain, ...more, ...stretchOf(match) };
}

/** 上上 = -2 … 下下 = 2; this, 今, 呢, 這, 本 = 0. */
export function stepOf(word: string | undefined): number {
  const plain = (word ?? '').trim();
  if (/^(?:next next)/.test(plain)) return 2;
  if (/^(?:next|nxt|following|coming)/.test(plain)) return 1;
  if (/^(?:last|previous|prev)/.test(plain)) return -1;
  if (plain.startsWith('下')) return plain.startsWith('下下') ? 2 : 1;
  if (plain.startsWith('上')) return plain.startsWith('上上') ? -2 : -1;
  return YEAR_WORDS.get(plain) ?? 0;
}

export const YEAR_WORDS: ReadonlyMap<string, number> = new Map(
  [
    ['出', 1],
    ['明', 1],
    ['去', -1],
    ['舊', -1],
    ['後', 2],
    ['前', -2],
  ].map(([word, step]) => [foldText(String(word)), Number(step)]),
);

export const STEP_ZH = '(下下|下|上上|上|今|這|呢|本|依|嗰)(?:一?個)?';

/** A month by its number or name: this one or the next such; told as past or reported on, the last. */
export function namedMonth(
  scene: Scene,
  at: { start: number; end: number },
  month: number,
  year?: number,
): { year: number; month: number } {
  if (year) return { year, month };
  const [thisYear, thisMonth] = [yearOf(scene.today), monthOf(scene.today)];
  const past = scene.isPast(at.start, at.end) || scene.isReport;
  if (past) return { year: month > thisMonth ? thisYear - 1 : thisYear, month };
  return { year: month < thisMonth ? thisYear + 1 : thisYear, month };
}

export const YEAR_ZH = '(?:(20\\d\\d|今|明|出|去|舊)年 ?)?';
export function yearOfWord(scene: Scene, word: string | undefined): number | undefined {
  if (!word) return undefined;
  if (/^20\d\d$/.test(word)) return Number(word);
  return yearOf(scene.today) + (YEAR_WORDS.get(word) ?? 0);
}
