import fc from 'fast-check';
import { expect } from 'vitest';
import { COMMANDS } from '../../bot/commands/index.ts';
import { planTurn } from '../../bot/plan-turn.ts';
import { commandWords } from '../../bot/understand/find-command.ts';
import { officeReader } from '../../recruiting/unit/reader.ts';
import { test } from '../fixtures/office.ts';
import { addApplication, openCompany } from '../fixtures/world.ts';

/** Scraps of what people type, put together in any order. */
const SCRAPS =
  '約|批|唔要|佢|陳家欣|Kelly|聽日|3點|唔好|同埋|,|。|入圍|改去|星期五|同一時間|push|back 1hr|A1003|R102|記低|取消|undo|我|Ivan|旺角店|如果|?|\n|店長話|$17,000|萬六|\u202e|😀|hold|all|全部|嗰個|11點嗰個|因為|有咗bb| |Ａ１００４|don’t|then'.split(
    '|',
  );
const RUNS = process.env.TEST_LONG ? 5_000 : 150;

test(`${RUNS} random texts: an answer to each within a second, and nothing grave without a tap`, async ({ office }) => {
  await openCompany(office);
  await addApplication(office, '陳家欣', 'interviewed');
  await addApplication(office, 'Kelly Ng', 'shortlisted', { ref: 'A1004' });
  const reader = officeReader(office);
  const words = commandWords(COMMANDS);
  const asker = await reader.get('staff', 'helen');
  if (!asker) throw new Error('Helen works here');
  const scraps = (minLength: number, maxLength: number): fc.Arbitrary<string> =>
    fc.array(fc.constantFrom(...SCRAPS), { minLength, maxLength }).map((parts) => parts.join(''));
  const text = fc.oneof(
    { weight: 6, arbitrary: scraps(1, 14) },
    { weight: 2, arbitrary: fc.string({ maxLength: 300, unit: 'grapheme' }) },
    { weight: 1, arbitrary: scraps(200, 400) },
  );
  const context = {
    reader,
    asker,
    now: office.clock.now(),
    settings: office.settings(),
    commands: COMMANDS,
    words,
    dialogue: null,
    conversation: { id: 'bot', kind: 'direct' as const },
  };
  // Tables and patterns are read in with the first message.
  await planTurn('約Kelly聽日3點', [], context);
  let slowestMs = 0;
  await fc.assert(
    fc.asyncProperty(text, async (typed) => {
      const began = performance.now();
      const turn = await planTurn(typed, [], context);
      slowestMs = Math.max(slowestMs, performance.now() - began);
      if (turn.act === 'run') expect(turn.confirmed).toBe(false);
    }),
    { numRuns: RUNS },
  );
  expect(slowestMs).toBeLessThan(1_000);
});
