import { CHINESE_DIGITS } from './chinese-number.ts';

/** How often an amount is paid. */
export type PayUnit = 'month' | 'hour' | 'day' | 'week' | 'once';

/** An amount in Hong Kong dollars. */
export interface Money {
  hkd: number;
  unit?: PayUnit;
}

const UNIT_WORD: Record<PayUnit, string> = { month: '每月', hour: '每小時', day: '每日', week: '每星期', once: '' };

/** `HK$17,000`, `HK$62.50`: cents only where there are some. */
export function formatHkd(hkd: number): string {
  const cents = Math.round(hkd * 100) % 100 !== 0;
  const digits = Math.abs(hkd).toLocaleString('en-US', {
    minimumFractionDigits: cents ? 2 : 0,
    maximumFractionDigits: cents ? 2 : 0,
  });
  return `${hkd < 0 ? '-' : ''}HK$${digits}`;
}

/** `每月HK$17,000`; without unit the bare amount. */
export function formatMoney(money: Money): string {
  return `${money.unit ? UNIT_WORD[money.unit] : ''}${formatHkd(money.hkd)}`;
}

const UNITS: readonly [RegExp, PayUnit][] = [
  [/時薪|每小時|一個鐘|個鐘|\/\s*(?:hr|hour|h)\b|per hour|an hour|粒鐘/i, 'hour'],
  [/日薪|每日|一日|\/\s*day|per day|a day/i, 'day'],
  [/週薪|每星期|每週|\/\s*week|per week/i, 'week'],
  [/月薪|每月|一個月|\/\s*(?:month|mth|mo)\b|per month|a month/i, 'month'],
];

/**
 * Reads an amount as people type it: `17,000`, `HK$17000`, `17k`, `1.6萬`, `萬六` (16,000), `萬八五` (18,500), `兩萬二`,
 * `廿二k`, `$62/hr`, `62蚊一個鐘`. One amount per text.
 * @returns undefined when there is no amount, or more than one way to read it.
 */
export function parseMoney(text: string): Money | undefined {
  const plain = text.normalize('NFKC').trim();
  const hkd = amountIn(plain);
  if (hkd === undefined) return undefined;
  const unit = UNITS.find(([pattern]) => pattern.test(plain))?.[1];
  return unit ? { hkd, unit } : { hkd };
}

function amountIn(text: string): number | undefined {
  const chinese = /([一二兩两三四五六七八九])?[萬万]([一二三四五六七八九])?(?:千)?([一二三四五六七八九])?(?:百)?/.exec(
    text,
  );
  const numeric = /(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*([kK](?![a-zA-Z])|千|[萬万])?/.exec(text);
  const twenties = /(廿|二十|十)([一二三四五六七八九])?\s*[kK千]/.exec(text);
  if (twenties) return ((twenties[1] === '十' ? 10 : 20) + digit(twenties[2])) * 1000;
  if (numeric) {
    const value = Number(`${(numeric[1] ?? '').replaceAll(',', '')}${numeric[2] ?? ''}`);
    const scale = numeric[3];
    if (scale === '萬' || scale === '万') return round(value * 10_000 + tailOfTenThousand(text, numeric));
    return round(scale ? value * 1000 : value);
  }
  if (!chinese) return undefined;
  return (chinese[1] ? digit(chinese[1]) : 1) * 10_000 + digit(chinese[2]) * 1000 + digit(chinese[3]) * 100;
}

/** 1萬六 and 2萬5: the figure after 萬 counts thousands. */
function tailOfTenThousand(text: string, match: RegExpExecArray): number {
  const tail = /^([1-9一二三四五六七八九])(?!\d)/.exec(text.slice(match.index + match[0].length));
  if (!tail?.[1]) return 0;
  return (CHINESE_DIGITS[tail[1]] ?? Number(tail[1])) * 1000;
}

const digit = (char: string | undefined): number => (char ? (CHINESE_DIGITS[char] ?? 0) : 0);
const round = (value: number): number => Math.round(value * 100) / 100;
