import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeKnown } from '../../bot/understand/known.ts';
import { hidePersonal } from '../../bot/understand/model/placeholders.ts';
import { EXAMPLE_WORLD } from './example-world.ts';

const known = makeKnown(EXAMPLE_WORLD);
const names = [...EXAMPLE_WORLD.candidates, ...EXAMPLE_WORLD.staff].flatMap(({ names: own }) => own);
const numbers = ['9123 4567', '+852 6123 4567', '2345-6789', 'A123456(7)', 'AB1234569', '4111 1111 1111 1111'];
const addresses = ['a.b@c.hk', 'https://x.hk/p?q="1"', 'www.x.hk', '彌敦道12號3樓B室', 'Flat B, 3/F, 12 Nathan Road'];
const around = ['約', '取消', '聽日', ' ', ',', '。', 'pls ', 'book ', '同', '(', '\n', '\\', '[P1]'];

describe('what leaves the house', () => {
  test('holds no known name and no number, and everything comes back', () => {
    const piece = fc.oneof(
      fc.constantFrom(...names),
      fc.constantFrom(...numbers, ...addresses),
      fc.constantFrom(...around),
      fc.string({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        const { hidden, restore } = hidePersonal(text, known);
        for (const name of names) expect(hidden.toLowerCase()).not.toContain(name.toLowerCase());
        expect(hidden).not.toMatch(/\d{4}[ -]?\d{4}|[A-Z]\d{6}|@c\.hk|x\.hk|彌敦道|Nathan/);
        // What was typed like a placeholder stands for something else then; the words of the message win.
        if (!text.includes('[P1]')) expect(restore(hidden)).toBe(text);
      }),
      { numRuns: process.env.TEST_LONG ? 5_000 : 300 },
    );
  });

  test.for([
    ['約王小明聽日下晝3點', '王小明'],
    ['幫我約司徒美玲同阿敏星期五', '司徒美玲'],
    ['幫我約司徒美玲同阿敏星期五', '阿敏'],
    ['陳小姐話今日唔嚟', '陳小姐'],
    ['輝哥話佢做得', '輝哥'],
    ["push kelly's 11:30 back 1hr", 'kelly'],
    ['pls tell CHAN TAI MAN he is in', 'CHAN TAI MAN'],
    ['pls tell CHAN TAI MAN he is in', 'MAN'],
    ['and Lam wing yan too', 'wing'],
    ['Bookworm Zebedee was late again', 'Zebedee'],
  ] as const)('of 「%s」 %s is hidden although nobody of that name is known', ([text, name]) => {
    const { hidden, restore } = hidePersonal(text, known);
    expect(hidden).not.toContain(name);
    expect(restore(hidden)).toBe(text);
  });

  test.for([
    '何時可以?方便嗎',
    'Approve him. Thanks',
    '輪到HR計OT',
    'Can you move it to Friday 3pm?',
    '聽日邊個返早更',
  ])('「%s」 names nobody and leaves as it is', (text) => {
    expect(hidePersonal(text, known).hidden).toBe(text);
  });

  test('a word is the same placeholder wherever it stands', () => {
    const { hidden } = hidePersonal('9123 4567係邊個?打9123 4567啦', known);
    expect(hidden).toBe('[N1]係邊個?打[N1]啦');
  });
});
