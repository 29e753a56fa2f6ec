import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../story/process.ts';
import { answer, phone, Stage, types } from './page-fixture.ts';
import { TOUR } from './understanding-steps.ts';

const FOLDER = join(ROOT, 'docs/screens');
/** All of it takes half a minute; its beginning, in the browser as well, is enough for every day. */
const PLAYED = process.env.TEST_LONG || process.env.UPDATE_SCREENS ? TOUR : TOUR.slice(0, 6);

describe('the tour of the understanding', () => {
  test('goes as docs/understanding-tour.md tells it, on the page of the sandbox', async () => {
    const stage = await Stage.open();
    try {
      const { page } = await stage.screen(1280, 900);
      await withoutGuide(page);
      for (const { types: text, taps, answer: awaited, picture } of PLAYED) {
        const before = await answer(page, 'manager', awaited).count();
        if (text !== undefined) await types(page, 'manager', text);
        else
          await phone(page, 'manager')
            .getByRole('button', { name: taps ?? '' })
            .last()
            .click();
        const said = `after ${text ?? taps} the robot says ${awaited}`;
        await expect
          .poll(() => answer(page, 'manager', awaited).count(), { message: said, timeout: 20_000 })
          .toBeGreaterThan(before);
        if (picture && process.env.UPDATE_SCREENS) await photograph(stage, page, picture);
      }
      expect(stage.problems).toEqual([]);
    } finally {
      await stage.close();
    }
  }, 240_000);

  test('is told in full: every message, every picture', () => {
    const told = readFileSync(join(ROOT, 'docs/understanding-tour.md'), 'utf8');
    for (const { types: text, taps, picture } of TOUR) {
      expect(told).toContain(text ?? taps);
      if (picture) expect(told).toContain(`screens/${picture.name}`);
    }
  });
});

async function withoutGuide(page: Page): Promise<void> {
  await page.getByRole('button', { name: '收起導覽' }).click();
}

/** `UPDATE_SCREENS=1 npx vitest run tests/page/understanding-tour.test.ts` makes the pictures anew. */
async function photograph(
  stage: Stage,
  page: Page,
  { name, width }: { name: string; width: 1280 | 390 },
): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const shown = width === 390 ? (await stage.screen(390, 844)).page : page;
  if (width === 390) {
    await withoutGuide(shown);
    await shown.getByRole('navigation', { name: '選擇手機' }).getByRole('button', { name: '經理' }).click();
    await phone(shown, 'manager').locator('.message').last().waitFor();
  }
  await shown.evaluate('document.fonts.ready');
  await shown.mouse.move(0, 0);
  await shown.screenshot({ path: join(FOLDER, name), animations: 'disabled' });
}
