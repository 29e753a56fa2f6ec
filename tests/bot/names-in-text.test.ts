import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseName } from '../../hongkong/names.ts';
import { lookupKeys, namesInText } from '../../recruiting/candidate/find-names.ts';
import { nameKeys } from '../../recruiting/candidate/person-name.ts';

const person = (typed: string): { id: string; name: ReturnType<typeof parseName>; aliases: string[] } => ({
  id: typed,
  name: parseName(typed),
  aliases: [],
});
const people = ['陳家欣', '李俊傑', '黃志明', 'Kelly Ng', 'Maria Santos', 'CHAN Tai Man, Peter', '歐陽娜娜'].map(
  person,
);
const meant = (text: string): string[] =>
  namesInText(text, people).map((hit) => hit.people.map(({ id }) => id).join('/'));

describe('who a text names', () => {
  test.each([
    ['家欣同俊傑兩個cv ok', ['陳家欣', '李俊傑']],
    ['陳家欣、李俊傑', ['陳家欣', '李俊傑']],
    ['約黃志明聽日見', ['黃志明']],
    ['陈家欣', ['陳家欣']],
    ['kelly ng and maria', ['Kelly Ng', 'Maria Santos']],
    ['KELLY', ['Kelly Ng']],
    ['Chan Tai Man', ['CHAN Tai Man, Peter']],
    ['Peter Chan', ['CHAN Tai Man, Peter']],
    ['陳小姐話聽日嚟', ['陳家欣']],
    ['娜娜', ['歐陽娜娜']],
    // Somebody else of the same given name is somebody else.
    ['王家欣', []],
    ['陳家欣欣', ['陳家欣']],
    ['Kellyanne', []],
    ['陳生財', []],
    ['', []],
  ])('%s', (text, expected) => expect(meant(text)).toEqual(expected));

  test('whoever is found by a form is kept under a key that this form looks up', () => {
    const forms = [
      '陳家欣',
      '家欣',
      '陳小姐',
      '陳生',
      '阿欣',
      'Kelly',
      'Ng Kelly',
      'Ms Ng',
      'peter',
      'chan tai man',
      'Santos',
    ];
    for (const form of forms) {
      const keys = new Set(lookupKeys(form));
      for (const hit of namesInText(form, people)) {
        for (const { name } of hit.people) {
          expect(
            nameKeys(name).some((key) => keys.has(key)),
            form,
          ).toBe(true);
        }
      }
    }
  });

  test('a full name is found wherever it stands between other words', () => {
    const words = fc.constantFrom('入圍', ' 聽日3點半 ', '、', '，', ' and ', '同', '原因：太遠', ' ');
    fc.assert(
      fc.property(fc.constantFrom(...people), words, words, ({ id }, before, after) => {
        expect(meant(`${before}${id}${after}`)).toContain(id);
      }),
      { numRuns: 200, seed: 21 },
    );
  });
});
