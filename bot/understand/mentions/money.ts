import { chineseNumber } from '../../../hongkong/chinese-number.ts';
import { parseMoney } from '../../../hongkong/money.ts';
import type { Salary } from '../intents.ts';
import { foldedPattern } from '../text/marked-text.ts';

/** Pay named in a message. */
export interface MoneyMention {
  start: number;
  end: number;
  /** `{amount}` or a range `{min,max}`; a bound in words (最多, up to, at least) gives `{max}` or `{min}`. */
  salary: Salary;
  /** `by`: a difference (加多五百), not the pay itself. `other`: an allowance, a deposit, a price. */
  role: 'pay' | 'by' | 'other';
}

const DIGIT = '一二兩两三四五六七八九';
/** One amount: 16,800, 17k, 1.6萬, 萬六, 萬八五, 兩萬二, 廿二k, 三百. */
const AMOUNT = String.raw`(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\s?(?:k(?![a-z])|千|萬)?(?:(?<=萬)[${DIGIT}\d]{1,2}(?!\d))?|[${DIGIT}十]?萬(?:[${DIGIT}]千?)?(?:[${DIGIT}]百?|半)?|(?:廿|二十|十)[${DIGIT}]?\s?[k千]|[${DIGIT}十]{1,3}千(?:[${DIGIT}]百?)?|[${DIGIT}十]{1,4}(?=\s?[蚊元塊])|(?<=薪\s?)[${DIGIT}十]{2,4}|(?<=[到至])[${DIGIT}十]{2,4}|[${DIGIT}]百(?:[${DIGIT}]十?)?`;
const CURRENCY = String.raw`(?:hk\$|hkd|\$)\s?`;
const BEHIND = String.raw`\s?(?:蚊|元|塊錢?|港幣|dollars?|bucks|hkd)`;
const UNIT = String.raw`\s?(?:\/|per|an?|每|一)?\s?(?:hr|hour|hourly|h|小時|個鐘|粒鐘|鐘頭|鐘|month|mth|monthly|mo|個月|月|day|daily|日|天)(?![a-z])`;
const LABEL = String.raw`(?:月薪|時薪|日薪|人工|底薪|薪金|薪水|工資|薪酬|起薪|薪|salary|pay|basic|rate|hourly|monthly|offer|budget|at|@|(?<=(?:時薪|hourly).*)(?:應該|should be|改做|改為|改返|改成|to))\s?(?:係|是|為|要|俾|給|到|:|of|is|=)?\s?`;

const ONE = `(?:${CURRENCY})?(?:${AMOUNT})(?:${BEHIND})?`;
const RANGE = String.raw`\s?(?:到|至|-|–|~|to)\s?`;
const MONEY = foldedPattern(`(?<![a-z\\d.:/])(?:(${LABEL}))?(${ONE})(?:${RANGE}(${ONE}))?(${UNIT})?`, 'gu');
const CERTAIN = foldedPattern(String.raw`hk|\$|k(?![a-z])|千|萬|蚊|元|塊|dollar|bucks|\d,\d{3}`, 'u');
const AT_MOST = foldedPattern(
  String.raw`(?:出到|最多|上限|封頂|唔(?:好)?(?:過|超過)|不(?:要)?超過|up to|max(?:imum)?|no more than|under|below|within|cap(?:ped)? (?:at|of)?|budget(?: ?(?:係|是|is|of|:|around))?)\s?$`,
  'u',
);
const AT_LEAST = foldedPattern(String.raw`(?:最少|至少|起碼|at least|min(?:imum)?|from|not less than)\s?$`, 'u');
const AT_MOST_BEHIND = foldedPattern(String.raw`^\s?(?:以內|封頂|上限|為限|max|tops|or less)`, 'u');
const AT_LEAST_BEHIND = foldedPattern(String.raw`^\s?(?:起|以上|or more|\+)`, 'u');
const DIFFERENCE = foldedPattern(
  String.raw`(?:加多|加|減|扣|(?<!最)多|raise(?:d)? by|increase(?:d)? by|add|another|extra|\+)\s?$`,
  'u',
);
const OTHER = foldedPattern(
  String.raw`(?:津貼|交通|膳食|餐飲|勤工|獎金|花紅|佣金|allowance|bonus|deposit|按金|每單|介紹費)\s?(?:每月|有|係|是|:|of)?\s?$`,
  'u',
);
const OTHER_BEHIND = foldedPattern('^(?:津貼|交通津貼|勤工|獎金|花紅|allowance|bonus|transport|meal)', 'u');

/** Finds pay in a folded line. Bare figures count only behind a word of pay, in the size of a wage. */
export function findMoney(folded: string): MoneyMention[] {
  const found: MoneyMention[] = [];
  for (const match of folded.matchAll(MONEY)) {
    const [, label = '', first = '', second, unitText = ''] = match;
    const start = match.index + label.length;
    const end = match.index + match[0].length;
    const low = amountOf(first);
    const high = second === undefined ? undefined : amountOf(second);
    if (low === undefined) continue;
    const certain = CERTAIN.test(first + (second ?? ''));
    const unit = unitOf(label, unitText, high ?? low);
    const wage =
      unit === 'month' ? low >= 5000 && low <= 200_000 : unit === 'hour' ? low >= 20 && low <= 500 : low >= 200;
    if (!certain && (!(label || unitText) || !wage)) continue;
    if (!certain && !label && !/hr|hour|鐘|鍾|小時|月|month/.test(unitText)) continue;
    const before = folded.slice(Math.max(0, match.index - 16), match.index) + label;
    const behind = folded.slice(end, end + 12);
    const role = DIFFERENCE.test(before) ? 'by' : OTHER.test(before) || OTHER_BEHIND.test(behind) ? 'other' : 'pay';
    found.push({ start, end: trimmedEnd(folded, start, end), role, salary: salaryOf(low, high, unit, before, behind) });
  }
  return found;
}

/** 六十 and 五十五蚊 are amounts as well. */
function amountOf(typed: string): number | undefined {
  // 萬七半 is 17,500.
  if (/[一二三四五六七八九]半$/u.test(typed) && /[萬万]/u.test(typed)) {
    const whole = parseMoney(typed.slice(0, -1))?.hkd;
    if (whole !== undefined) return whole + 500;
  }
  return parseMoney(typed)?.hkd ?? chineseNumber(typed.replace(/[^\p{Script=Han}]|[蚊元塊块]/gu, ''));
}

function trimmedEnd(folded: string, start: number, end: number): number {
  return start + folded.slice(start, end).trimEnd().length;
}

function salaryOf(low: number, high: number | undefined, unit: Salary['unit'], before: string, behind: string): Salary {
  if (high !== undefined) {
    // 16至18k: the thousands belong to both.
    const min = low < 1000 && high >= 1000 && unit === 'month' ? low * (low < 10 ? 10_000 : 1000) : low;
    return { min, max: high, unit };
  }
  if (AT_MOST.test(before) || AT_MOST_BEHIND.test(behind)) return { max: low, unit };
  if (AT_LEAST.test(before) || AT_LEAST_BEHIND.test(behind)) return { min: low, unit };
  return { amount: low, unit };
}

function unitOf(label: string, text: string, hkd: number): Salary['unit'] {
  if (
    foldedPattern('時薪|hourly|應該|should|改|to', 'u').test(label) ||
    foldedPattern('hr|hour|(?<![a-z])h$|小時|鐘', 'u').test(text)
  )
    return 'hour';
  if (foldedPattern('日薪', 'u').test(label) || foldedPattern('day|daily|日|天', 'u').test(text)) return 'day';
  if (foldedPattern('月薪', 'u').test(label) || foldedPattern('month|mth|mo|月', 'u').test(text)) return 'month';
  return hkd < 300 ? 'hour' : hkd < 2500 ? 'day' : 'month';
}
