import { type DayAtom, type Rule, type Scene, stretchOf } from './atom.ts';
import { yearOf } from './calendar.ts';
import { FESTIVALS, type FestivalDays, lunarDay } from './festivals.ts';
import { pattern } from './fold-text.ts';
import { numberOf } from './numbers.ts';

/** The festival of a year that was named, else the next one that is not over (told as past: the last one that began). */
function atomOf(
  match: RegExpExecArray,
  scene: Scene,
  festival: FestivalDays,
  year: number | undefined,
): DayAtom | undefined {
  const at = stretchOf(match);
  const now = yearOf(scene.today);
  const past = scene.isPast(at.start, at.end);
  const years = year ? [year] : past ? [now, now - 1] : [now, now + 1];
  for (const one of years) {
    const days = festival(one);
    if (days && (year || (past ? days.from <= scene.today : days.to >= scene.today))) {
      return {
        is: 'day',
        ...days,
        grain: days.from === days.to ? 'day' : 'holiday',
        ...(!year && { yearAssumed: true as const }),
        ...at,
      };
    }
  }
  return undefined;
}

const YEAR = '(?:(今|出|明|去|舊)年|(20\\d\\d)年? ?)?';
const steps = new Map([
  ...['今', '出', '明', '去', '舊'].map((word, at) => [pattern(word).source, [0, 1, 1, -1, -1][at] ?? 0] as const),
]);

function yearOfWords(scene: Scene, word: string | undefined, digits: string | undefined): number | undefined {
  if (digits) return Number(digits);
  const step = word === undefined ? undefined : steps.get(word);
  return step === undefined ? undefined : yearOf(scene.today) + step;
}

const named = FESTIVALS.flatMap(({ zh, en, days }): Rule[] => {
  const rules: Rule[] = [];
  if (zh) {
    rules.push({
      pattern: pattern(`${YEAR}(?:${zh})`),
      read: (match, scene) => atomOf(match, scene, days, yearOfWords(scene, match[1], match[2])),
    });
  }
  if (en) {
    rules.push({
      pattern: pattern(`(?<![a-z])(?:${en})(?![a-z])(?: (20\\d\\d)(?!\\d))?`),
      read: (match, scene) => atomOf(match, scene, days, match[1] ? Number(match[1]) : undefined),
    });
  }
  return rules;
});

const lunarDays: Rule = {
  pattern: pattern(
    '(?:大?年|農曆|正月)?(?<![月最當起年\\d])初(十[一二三四五]?|[一二三四五六七八九])(?![中級次步版審面試個人生])|(?:大?年|農曆年?|正月)初(十[一二三四五]?|[一二三四五六七八九])|正月(十[一二三四五]?)(?!月)',
  ),
  read: (match, scene) => {
    const day = numberOf(match[1] ?? match[2] ?? match[3]);
    return day === undefined ? undefined : atomOf(match, scene, lunarDay(day), undefined);
  },
};

export const FESTIVAL_RULES: readonly Rule[] = [...named, lunarDays];
