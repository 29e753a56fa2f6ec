import fc from 'fast-check';
import stCharacters from 'opencc-js/dict/STCharacters';
import { describe, expect, test } from 'vitest';
import {
  findSimplified,
  foldForMatching,
  hasSimplified,
  isTypedSimplified,
  toTraditional,
} from '../../hongkong/chinese-text.ts';
import {
  dateRangeText,
  dateShort,
  dateText,
  dateTimeShort,
  dateTimeText,
  dateTimeTextWithoutYear,
  dayWord,
  timeRangeText,
  timeShort,
  timeText,
} from '../../hongkong/date-texts.ts';
import { minimumWageOn } from '../../hongkong/minimum-wage.ts';
import { formatHkd, formatMoney, parseMoney } from '../../hongkong/money.ts';
import { smsCost, smsSize } from '../../hongkong/sms-segments.ts';

const at = (text: string): Date => new Date(`${text}+08:00`);

describe('dates and times', () => {
  test('long forms', () => {
    expect(dateTimeText(at('2026-03-05T15:30'))).toBe('2026年3月5日（星期四）下午3時30分');
    expect(dateText(at('2026-11-30T00:00'))).toBe('2026年11月30日（星期一）');
    expect(dateTimeTextWithoutYear(at('2026-03-05T15:00'))).toBe('3月5日（星期四）下午3時');
    expect(dateRangeText(at('2026-12-07T00:00'), at('2026-12-09T00:00'))).toBe(
      '2026年12月7日（星期一）至9日（星期三）',
    );
    expect(dateRangeText(at('2026-11-30T00:00'), at('2026-12-02T00:00'))).toBe(
      '2026年11月30日（星期一）至12月2日（星期三）',
    );
    expect(dateRangeText(at('2026-12-07T00:00'), at('2026-12-07T23:00'))).toBe('2026年12月7日（星期一）');
    expect(dateRangeText(at('2026-12-31T00:00'), at('2027-01-04T00:00'))).toBe(
      '2026年12月31日（星期四）至2027年1月4日（星期一）',
    );
  });

  test.each([
    ['00:30', '凌晨12時30分'],
    ['07:00', '上午7時'],
    ['12:00', '中午12時'],
    ['12:15', '中午12時15分'],
    ['15:05', '下午3時5分'],
    ['18:00', '下午6時'],
    ['19:00', '晚上7時'],
  ])('%s', (clock, text) => {
    expect(timeText(at(`2026-03-05T${clock}`))).toBe(text);
  });

  test('ranges say the part of the day once', () => {
    expect(timeRangeText(at('2026-03-05T10:00'), at('2026-03-05T11:00'))).toBe('上午10時至11時');
    expect(timeRangeText(at('2026-03-05T11:00'), at('2026-03-05T13:00'))).toBe('上午11時至下午1時');
  });

  test('SMS forms are short and never D/M', () => {
    expect(dateTimeShort(at('2026-03-05T15:30'))).toBe('3月5日(四)下午3:30');
    expect(dateShort(at('2026-11-26T15:30'))).toBe('11月26日(四)');
    expect(timeShort(at('2026-11-26T15:00'))).toBe('下午3:00');
  });

  test('day words follow the Hong Kong midnight', () => {
    const now = at('2026-11-23T23:59');
    expect(dayWord(at('2026-11-24T09:00'), now)).toBe('明天');
    expect(dayWord(at('2026-11-24T09:00'), at('2026-11-24T00:01'))).toBe('今日');
    expect(dayWord(at('2026-11-22T09:00'), now)).toBe('昨日');
    expect(dayWord(at('2026-11-25T09:00'), now)).toBeUndefined();
  });
});

describe('money', () => {
  test.each([
    ['HK$17,000', { hkd: 17000 }],
    ['17k', { hkd: 17000 }],
    ['萬六', { hkd: 16000 }],
    ['萬八五', { hkd: 18500 }],
    ['兩萬二', { hkd: 22000 }],
    ['1.6万', { hkd: 16000 }],
    ['1萬6', { hkd: 16000 }],
    ['廿二k', { hkd: 22000 }],
    ['$62/hr', { hkd: 62, unit: 'hour' }],
    ['62蚊一個鐘', { hkd: 62, unit: 'hour' }],
    ['75蚊一粒鐘', { hkd: 75, unit: 'hour' }],
    ['月薪 18500', { hkd: 18500, unit: 'month' }],
    ['面議', undefined],
  ])('%s', (typed, money) => {
    expect(parseMoney(typed)).toEqual(money);
  });

  test('an amount that is shown reads back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9_999_999 }),
        fc.constantFrom('month', 'hour', 'day', 'week'),
        (cents, unit) => {
          const money = { hkd: cents / 100, unit } as const;
          expect(parseMoney(formatMoney(money))).toEqual(money);
        },
      ),
    );
    expect(formatHkd(17000)).toBe('HK$17,000');
    expect(formatHkd(62.5)).toBe('HK$62.50');
  });

  test('the minimum wage of a day', () => {
    expect(minimumWageOn('2026-04-30')).toBe(42.1);
    expect(minimumWageOn('2026-05-01')).toBe(43.1);
    expect(() => minimumWageOn('2020-01-01')).toThrow(RangeError);
  });
});

describe('SMS', () => {
  test.each([
    ['面'.repeat(70), 'UCS-2', 70, 1],
    ['面'.repeat(71), 'UCS-2', 71, 2],
    ['面'.repeat(134), 'UCS-2', 134, 2],
    ['面'.repeat(135), 'UCS-2', 135, 3],
    ['面😀', 'UCS-2', 3, 1],
    [`${'面'.repeat(66)}😀${'面'.repeat(66)}`, 'UCS-2', 134, 3],
    ['a'.repeat(160), 'GSM-7', 160, 1],
    ['a'.repeat(161), 'GSM-7', 161, 2],
    ['€', 'GSM-7', 2, 1],
    ['', 'GSM-7', 0, 0],
  ])('size of a text', (text, encoding, units, segments) => {
    expect(smsSize(text)).toMatchObject({ encoding, units, segments });
  });

  test('segments hold the text and not one more than needed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const { units, segments, unitsPerSegment } = smsSize(text);
        expect(segments * unitsPerSegment).toBeGreaterThanOrEqual(units);
        if (segments > 1) expect((segments - 1) * (unitsPerSegment - 1)).toBeLessThan(units);
      }),
    );
    expect(smsCost(smsSize('面'.repeat(71)), 0.35)).toBe(0.7);
  });
});

describe('Simplified characters', () => {
  test('3,807 characters exist in Simplified only; Hong Kong prints 35 of them', () => {
    const keys = stCharacters.split('|').map((pair) => pair.split(' ')[0] ?? '');
    const flagged = keys.filter((char) => findSimplified(char).length > 0);
    const although = [...'确价据极坏适胜万丰党种'];
    expect(flagged).toHaveLength(3807 - 31 - 4 + although.length);
    expect(although.every((char) => flagged.includes(char))).toBe(true);
    for (const char of '余范于沈岳涂谷朱朴姜游干里后系只台表面制准采松才折向回布周斗出舍致志征郁胡栗梁云佣卷涌雇') {
      expect(findSimplified(char)).toEqual([]);
    }
  });

  test.each([
    '私人秘書',
    '銀行户口',
    '薪俸税',
    '恒生',
    '群組',
    '余小姐',
    '東涌',
    '佣金',
    '於元朗采頤花園',
    '身分證',
    '拮据',
    '脱',
    '里數',
    '說明',
  ])('%s is Hong Kong writing', (text) => {
    expect(findSimplified(text)).toEqual([]);
  });

  test.each([
    ['请', 'error'],
    ['确認', 'error'],
    ['价錢', 'error'],
    ['適合种類', 'error'],
    ['情况', 'warning'],
  ])('%s', (text, severity) => {
    expect(findSimplified(text)).toMatchObject([{ severity }]);
  });

  test('mixed scripts become comparable', () => {
    expect(foldForMatching('  入围　陈家欣 ')).toBe(foldForMatching('入圍 陳家欣'));
    expect(hasSimplified('入圍')).toBe(false);
    expect(isTypedSimplified('唔該晒')).toBe(false);
    expect(isTypedSimplified('听日见')).toBe(true);
    expect(toTraditional('头发与发展，回复短信')).toMatch(/^頭髮與發展/);
  });

  test('folding keeps the number of characters and is stable', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'陈陳钟鐘鍾黄黃后後里裏裡台臺面麵abc') }), (text) => {
        const folded = foldForMatching(text);
        expect([...folded]).toHaveLength([...text].length);
        expect(foldForMatching(folded)).toBe(folded);
      }),
    );
  });
});
