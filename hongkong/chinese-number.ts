/** Characters that write a number up to 99: 三, 十二, 廿三. */
export const DIGITS = '〇零一二兩两三四五六七八九十廿卅';

/** What each digit is worth. */
export const CHINESE_DIGITS: Readonly<Record<string, number>> = {
  〇: 0,
  零: 0,
  一: 1,
  二: 2,
  兩: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};

/** Reads a number up to 99 in digits or Chinese characters. @returns undefined when it is none. */
export function chineseNumber(text: string | undefined): number | undefined {
  if (!text) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  const match = /^([〇零一二兩两三四五六七八九])?([十廿卅])?([〇零一二兩两三四五六七八九])?$/.exec(text);
  if (!match) return undefined;
  const [, front, ten, behind] = match;
  if (ten === undefined) return behind === undefined ? CHINESE_DIGITS[front ?? ''] : undefined;
  const tens = ten === '廿' ? 2 : ten === '卅' ? 3 : 1;
  if (front !== undefined && ten !== '十') return undefined;
  return (
    (front === undefined ? tens : (CHINESE_DIGITS[front] ?? 0)) * 10 +
    (behind === undefined ? 0 : (CHINESE_DIGITS[behind] ?? 0))
  );
}
