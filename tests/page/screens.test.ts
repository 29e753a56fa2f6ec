import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { test } from 'vitest';
import { HERO, STORY } from '../story/play.ts';
import { ROOT } from '../story/process.ts';
import { phone, Stage } from './page-fixture.ts';

const FOLDER = join(ROOT, 'docs/screens');

/** Makes the pictures of `docs/screens`: `UPDATE_SCREENS=1 npx vitest run tests/page/screens.test.ts`. */
test.runIf(process.env.UPDATE_SCREENS)(
  'pictures of the page in the middle of the story',
  async () => {
    mkdirSync(FOLDER, { recursive: true });
    const stage = await Stage.open();
    try {
      await stage.house.post('/people', {
        id: 'hero',
        name: HERO.name,
        role: 'candidate',
        phone: HERO.phone,
        email: '',
      });
      await play(stage, undefined, 'interview, and its end');
      const small = await stage.screen(390, 844);
      await small.page.getByRole('button', { name: '收起導覽' }).click();
      await show(small.page, '經理');
      await phone(small.page, 'manager').getByText(`請決定：${HERO.name}`).waitFor();
      await picture(small.page, 'manager-390.png');
      await play(stage, 'interview, and its end', 'the training notice');
      await show(small.page, '應徵者');
      await chooseHero(small.page);
      await picture(small.page, 'candidate-390.png');
      const wide = await stage.screen(1440, 900);
      await chooseHero(wide.page);
      await picture(wide.page, 'sandbox.png');
      await wide.page.getByRole('button', { name: '平台狀況' }).first().click();
      await wide.page.locator('.platform-log li').first().waitFor();
      await picture(wide.page, 'platform.png');
    } finally {
      await stage.close();
    }
  },
  240_000,
);

/** Plays the scenes of the story behind one scene, up to and with another. */
async function play(stage: Stage, behind: string | undefined, last: string): Promise<void> {
  const names = STORY.map(({ name }) => name);
  const first = behind === undefined ? 0 : names.indexOf(behind) + 1;
  for (const scene of STORY.slice(first, names.indexOf(last) + 1)) await scene.play(stage.house);
}

async function show(page: Page, title: string): Promise<void> {
  await page.getByRole('navigation', { name: '選擇手機' }).getByRole('button', { name: title }).click();
}

async function chooseHero(page: Page): Promise<void> {
  await phone(page, 'candidate').getByLabel('選擇應徵者').selectOption('hero');
  await phone(page, 'candidate').getByText('入職培訓').waitFor();
}

async function picture(page: Page, name: string): Promise<void> {
  await page.evaluate('document.fonts.ready');
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(FOLDER, name), animations: 'disabled' });
}
