import { HOLIDAYS, LUNAR_NEW_YEAR_DAYS } from '../../../hongkong/holidays.ts';
import { addDays, type LocalDate, localDate, weekdayOf } from '../../../hongkong/zone.ts';

/**
 * Days of the lunar calendar as the almanac prints them (`MM-DD`). Looked up, never computed: a new moon a few minutes
 * from midnight moves the whole month.
 */
const LUNAR: Readonly<
  Record<number, { newYear: string; buddha: string; dragonBoat: string; midAutumn: string; chungYeung: string }>
> = {
  2026: { newYear: '02-17', buddha: '05-24', dragonBoat: '06-19', midAutumn: '09-25', chungYeung: '10-18' },
  2027: { newYear: '02-06', buddha: '05-13', dragonBoat: '06-09', midAutumn: '09-15', chungYeung: '10-08' },
  2028: { newYear: '01-26', buddha: '05-02', dragonBoat: '05-28', midAutumn: '10-03', chungYeung: '10-26' },
  2029: { newYear: '02-13', buddha: '05-20', dragonBoat: '06-16', midAutumn: '09-22', chungYeung: '10-16' },
  2030: { newYear: '02-03', buddha: '05-09', dragonBoat: '06-05', midAutumn: '09-12', chungYeung: '10-05' },
  2031: { newYear: '01-23', buddha: '05-28', dragonBoat: '06-24', midAutumn: '10-01', chungYeung: '10-24' },
  2032: { newYear: '02-11', buddha: '05-16', dragonBoat: '06-12', midAutumn: '09-19', chungYeung: '10-12' },
};

/** First and last day of a festival. */
export interface Days {
  from: LocalDate;
  to: LocalDate;
}

/** A festival's days in a year; undefined for years the table does not know. */
export type FestivalDays = (year: number) => Days | undefined;

const one = (date: LocalDate | undefined): Days | undefined => (date ? { from: date, to: date } : undefined);
const fixed =
  (monthDay: string): FestivalDays =>
  (year) =>
    one(`${year}-${monthDay}`);
const lunar =
  (name: 'newYear' | 'buddha' | 'dragonBoat' | 'midAutumn' | 'chungYeung', plus = 0): FestivalDays =>
  (year) => {
    const day = LUNAR[year]?.[name];
    return one(day && addDays(`${year}-${day}`, plus));
  };

/** The sun reaches a solar term: day = ⌊Y × 0.2422 + C⌋ − ⌊Y ÷ 4⌋, good for the 21st century but for two years far off. */
const solarTerm =
  (month: number, constant: number): FestivalDays =>
  (year) => {
    const y = year % 100;
    const leaps = Math.floor((month <= 2 ? y - 1 : y) / 4);
    return one(localDate(year, month, Math.floor(y * 0.2422 + constant) - leaps));
  };

/** Easter Sunday of the Gregorian calendar (the method of Meeus, Jones and Butcher). */
export function easterSunday(year: number): LocalDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return localDate(year, Math.floor(sum / 31), (sum % 31) + 1);
}
const easter =
  (from: number, to = from): FestivalDays =>
  (year) => ({ from: addDays(easterSunday(year), from), to: addDays(easterSunday(year), to) });

const nthSunday =
  (month: number, nth: number): FestivalDays =>
  (year) => {
    const first = localDate(year, month, 1);
    return one(addDays(first, ((7 - weekdayOf(first)) % 7) + 7 * (nth - 1)));
  };

/** The gazetted days of Lunar New Year; where they are not gazetted yet, day one to three. */
function lunarNewYear(year: number): Days | undefined {
  const day = LUNAR_NEW_YEAR_DAYS.find((known) => known.startsWith(`${year}-`));
  const gazetted = HOLIDAYS.filter(({ date, name }) => date.startsWith(`${year}-`) && name.startsWith('農曆年'));
  const last = gazetted.at(-1)?.date;
  if (day && last) return { from: day, to: last };
  const first = lunar('newYear')(year)?.from;
  if (!first) return undefined;
  // A Sunday among the three is made good on the fourth day.
  const sunday = [0, 1, 2].some((plus) => weekdayOf(addDays(first, plus)) === 0);
  return { from: first, to: addDays(first, sunday ? 3 : 2) };
}

/** Christmas Day and the first weekday after it. */
function christmasHolidays(year: number): Days {
  const gazetted = HOLIDAYS.filter(({ date, name }) => date.startsWith(`${year}-`) && name.startsWith('聖誕節'));
  return { from: `${year}-12-25`, to: gazetted.at(-1)?.date ?? `${year}-12-26` };
}

/** Names of festivals in Chinese and English, and when they are. `zh` and `en` are alternatives of a pattern. */
export const FESTIVALS: readonly { zh?: string; en?: string; days: FestivalDays }[] = [
  { zh: '平安夜|聖誕前夕', en: "(?:christmas|xmas|x'mas) eve", days: fixed('12-24') },
  {
    zh: '聖誕(?:節)?(?:長)?(?:假期?|公眾假期)',
    en: "(?:christmas|xmas|x'mas) (?:holidays?|break|period|long weekend)",
    days: christmasHolidays,
  },
  { zh: '聖誕節?(?:翌日|後第一個周日|第二日)|拆禮物日|節禮日', en: 'boxing day', days: fixed('12-26') },
  {
    zh: '聖誕節?(?!樹|快樂|卡|禮物|老人|大餐|party|peak|旺季|裝飾|促銷|歌)',
    en: "(?<!merry )(?:christmas|xmas|x'mas)(?: day)?(?! (?:tree|card|party|peak|season|rush|temp|casual|promo|dinner))",
    days: fixed('12-25'),
  },
  {
    zh: '農曆除夕|年三十晚?|年卅晚?|年廿九|大除夕|團年晚',
    en: "(?:chinese|lunar) new year'?s? eve|cny eve|lny eve",
    days: lunar('newYear', -1),
  },
  { zh: '除夕', en: "new year'?s? eve|nye", days: fixed('12-31') },
  { zh: '元旦|陽曆新年|新曆新年', en: "new year'?s? day|1st of january", days: fixed('01-01') },
  {
    zh: '(?<!陽曆|新曆)(?:農[曆歷])?新年(?:假期?)?(?!快樂|進步|好|流流)|農曆年(?:假)?|春節(?:假期?)?|(?<![忘經去])過年(?!來|嚟|前後不)|(?<=過[完咗左了])年(?![級級])',
    en: '(?<!happy )(?:(?:chinese|lunar) new year|cny|lny)(?: holidays?| break)?|spring festival',
    days: lunarNewYear,
  },
  { zh: '元宵節?', days: lunar('newYear', 14) },
  { zh: '人日', days: lunar('newYear', 6) },
  { en: '(?<!happy |chinese |lunar )new year(?! resolution)', days: fixed('01-01') },
  { zh: '情人節', en: "valentine'?s?(?: day)?", days: fixed('02-14') },
  { zh: '耶穌受難節(?!翌)', en: 'good friday', days: easter(-2) },
  { zh: '復活節星期一', en: 'easter monday', days: easter(1) },
  { zh: '復活節(?:星期日|周日|當日)', en: 'easter sunday', days: easter(0) },
  {
    zh: '復活節(?:長)?(?:假期?)?',
    en: '(?<!happy )easter(?: holidays?| break| weekend| long weekend)?(?! egg)',
    days: easter(-2, 1),
  },
  { zh: '清明節?', en: 'ching ming(?: festival)?|qingming|cheng ming', days: solarTerm(4, 4.81) },
  { zh: '勞動節|五一(?=假|前|後|勞|黃金|放)', en: 'labou?r day|may day', days: fixed('05-01') },
  { zh: '佛誕(?:日|節)?|浴佛節', en: "buddha'?s?(?: birthday)?", days: lunar('buddha') },
  { zh: '母親節', en: "mother'?s'? day", days: nthSunday(5, 2) },
  { zh: '父親節', en: "father'?s'? day", days: nthSunday(6, 3) },
  { zh: '端午節?|龍舟節|五月節', en: 'dragon boat(?: festival)?|tuen ng(?: festival)?', days: lunar('dragonBoat') },
  {
    zh: '七一(?![號點\\d])|回歸(?:紀念)?日|特區成立(?:紀念)?日',
    en: 'establishment day|hksar day|handover day|sar day',
    days: fixed('07-01'),
  },
  {
    zh: '中秋節?(?:翌日|第二日)|追月',
    en: 'day after (?:the )?mid-?[ ]?autumn(?: festival)?',
    days: lunar('midAutumn', 1),
  },
  { zh: '中秋節?|八月十五|做節嗰晚', en: 'mid-?[ ]?autumn(?: festival)?|moon festival', days: lunar('midAutumn') },
  { zh: '國慶(?:日|節)?|十一(?=假期|黃金)', en: 'national day|china day', days: fixed('10-01') },
  { zh: '重陽節?|重九', en: 'chung yeung(?: festival)?|double ninth', days: lunar('chungYeung') },
  { zh: '萬聖節|哈囉喂', en: 'halloween', days: fixed('10-31') },
  { zh: '冬至|冬節|做冬', en: 'winter solstice|dong ?zhi|tung chi', days: solarTerm(12, 21.94) },
];

/** 初一 to 初十五, 年初三: a day of the first lunar month. */
export function lunarDay(day: number): FestivalDays {
  return lunar('newYear', day - 1);
}
