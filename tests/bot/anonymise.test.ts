import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anonymise, type NamedHere, withoutNumbers } from '../../bot/readings/anonymise.ts';

const named = (text: string, word: string, kind: NamedHere['kind'] = 'candidate'): NamedHere => {
  const start = text.indexOf(word);
  return { start, end: start + word.length, kind };
};

test('candidates stand in braces, colleagues in brackets, the same person always alike', () => {
  const text = '約陳家欣聽日3點,Ivan見,陳家欣話得';
  const second = text.lastIndexOf('陳家欣');
  const found = [
    named(text, '陳家欣'),
    named(text, 'Ivan', 'staff'),
    { start: second, end: second + 3, kind: 'candidate' as const },
  ];
  expect(anonymise(text, found, false)).toEqual({
    text: '約{甲}聽日3點,[乙]見,{甲}話得',
    names: [
      { word: '陳家欣', placeholder: '{甲}' },
      { word: 'Ivan', placeholder: '[乙]' },
    ],
  });
});

test('numbers that lead to somebody go; times, pay and heads stay', () => {
  expect(anonymise('9123 4567 或 kelly@a.hk, A123456(3), A1003, https://x.hk/abc', [], false).text).toBe(
    '〔電話〕 或 〔電郵〕, 〔身份證〕, 〔編號〕, 〔連結〕',
  );
  expect(anonymise('聽日3:30,萬六,請2個,17,000', [], false).text).toBe('聽日3:30,萬六,請2個,17,000');
});

test('words on grounds are hidden where they may not be kept', () => {
  expect(anonymise('唔要佢,大肚,又識印度話', [], true).text).toBe('唔要佢,〔SDO〕,又識印度話');
});

test('whatever stands around it, no name, number or address is left', () => {
  const around = fc.string({ unit: fc.constantFrom(...'約改期聽日，。 abXY12'.split('')), maxLength: 12 });
  fc.assert(
    fc.property(around, around, around, (a, b, c) => {
      const text = `${a} 陳家欣 ${b} +852 9876 5432 ${c} ka.yan@example.hk`;
      const out = anonymise(text, [named(text, '陳家欣')], true).text;
      expect(out).not.toMatch(/陳家欣|9876|5432|ka\.yan|example/);
      expect(withoutNumbers(out)).toBe(out);
    }),
    { numRuns: 200 },
  );
});
