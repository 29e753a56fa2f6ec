import { chineseNumber, DIGITS } from '../../../hongkong/chinese-number.ts';

const ENGLISH: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  'twenty five': 25,
  'twenty-five': 25,
  thirty: 30,
  forty: 40,
  'forty five': 45,
  'forty-five': 45,
  'couple of': 2,
  'a couple of': 2,
};

/** Chinese number up to 99, or digits; no group. */
export const NUMBER_ZH = `(?:\\d{1,3}|[${DIGITS}]{1,3})`;
/** An English number word up to 45. */
export const NUMBER_EN =
  '(?:a couple of|couple of|twenty[ -]five|forty[ -]five|fifteen|twenty|thirty|forty|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)';

/** Reads digits, a Chinese number up to 99 or an English number word. */
export function numberOf(text: string | undefined): number | undefined {
  if (!text) return undefined;
  return ENGLISH[text] ?? (/^\d+\.\d+$/.test(text) ? Number(text) : chineseNumber(text));
}
