import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeKnown } from '../../bot/understand/known.ts';
import { understand } from '../../bot/understand/understand.ts';
import type { Utterance } from '../../bot/understand/world/world.ts';
import { EXAMPLE_WORLD } from './example-world.ts';

const known = makeKnown(EXAMPLE_WORLD);
const RUNS = process.env.TEST_LONG ? 20_000 : 1_500;

/** Things that have broken readers of text before. */
const HOSTILE = [
  '',
  ' ',
  '。',
  '\u0000\u0001',
  '\ue001\ue002\ue004',
  '👩‍👩‍👧‍👦🤬👍🏽',
  '‮123‬',
  'ﷺ'.repeat(50),
  'a'.repeat(50_000),
  '約'.repeat(20_000),
  '黃志明'.repeat(3_000),
  '取消,'.repeat(5_000),
  '1'.repeat(10_000),
  '{who}{when}(((((',
  '<script>alert(1)</script>',
  '"); DROP TABLE candidates; --',
  '$where: 1 || {"$gt": ""}',
  '../../etc/passwd',
  '{{constructor.constructor("return 1")()}}',
  'z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘',
  '３點ｐｍ　ＣＡＮＣＥＬ',
  '\r\n\t'.repeat(1_000),
];
const words = fc.constantFrom(
  '約',
  '取消',
  '黃志明',
  'Kelly',
  '聽日',
  '3點',
  '唔好',
  '批',
  '如果',
  '佢',
  '?',
  ',',
  ' ',
  '。',
  'if',
  'cancel',
  'pass on',
  '17k',
  '萬六',
  '旺角店',
  '店務員',
  '身份證',
  '冇嚟',
  '打咗俾',
  '未',
  '🙏',
  'A123456(7)',
  '9123 4567',
  '…',
  '「',
  '」',
  '\n',
);
const texts = fc.oneof(
  fc.string({ maxLength: 200, unit: 'binary' }),
  fc.string({ maxLength: 200, unit: 'grapheme' }),
  fc.constantFrom(...HOSTILE),
  fc
    .array(fc.oneof(fc.string({ maxLength: 4 }), fc.constantFrom(...'qwxz㐀鑫龘!@#%'.split(''))), { maxLength: 60 })
    .map((parts) => parts.join('')),
);
type Someone = Pick<Utterance, 'channel' | 'role'> & { replyTo: string };
const someone = fc.record({
  channel: fc.constantFrom('group', 'direct'),
  role: fc.constantFrom('hr', 'manager', 'candidate'),
  replyTo: fc.constantFrom('offer', 'slot_offer', 'reminder_2h', 'no_such_template'),
}) as fc.Arbitrary<Someone>;

/** Only the beginning of a counterexample: some are very long. */
function reporter(details: fc.RunDetails<[string, Someone]>): void {
  if (!details.failed) return;
  const [text = '', who] = details.counterexample ?? [];
  throw new Error(
    `${JSON.stringify(text.slice(0, 80))} (${text.length}) as ${who?.role}: ${details.errorInstance}`.slice(0, 600),
  );
}

describe('any text', () => {
  test(`is read without a fault, in less than a second, and nothing is done (${RUNS} texts)`, () => {
    fc.assert(
      fc.property(texts, someone, (text, who) => {
        const start = performance.now();
        const { frames, decision } = understand({ text, ...who }, known);
        expect(performance.now() - start, `milliseconds for ${text.slice(0, 30)}`).toBeLessThan(1_000);
        expect(frames.length).toBeGreaterThan(0);
        // Of a candidate only a stop or an emoji may be seen in noise; everything else waits for a person.
        if (who.role !== 'candidate') expect(decision).not.toBe('act');
        for (const { start: from, end } of frames) expect(from >= 0 && end <= text.length && from <= end).toBe(true);
      }),
      { numRuns: RUNS, endOnFailure: true, reporter },
    );
  }, 300_000);

  test('made of the words of orders in any order is read without a fault; grave orders never act', () => {
    const grave = new Set(['approve', 'reject', 'offer', 'cancel', 'send_message']);
    fc.assert(
      fc.property(fc.array(words, { maxLength: 30 }), someone, (parts, who) => {
        const { frames, decision } = understand({ text: parts.join(''), ...who }, known);
        if (who.role !== 'candidate' && frames.some(({ intent }) => grave.has(intent)))
          expect(decision).not.toBe('act');
      }),
      { numRuns: RUNS },
    );
  }, 300_000);

  test('the same text is always read the same way', () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 20 }), someone, (parts, who) => {
        const utterance = { text: parts.join(''), ...who };
        expect(understand(utterance, known)).toEqual(understand(utterance, makeKnown(EXAMPLE_WORLD)));
      }),
      { numRuns: 60 },
    );
  });
});
