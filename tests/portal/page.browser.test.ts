import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { openBrowser } from '../fixtures/browser.ts';
import type { TestPortal } from './open-portal.ts';
import { test as base } from './portal-fixture.ts';
import { APPLICATION, CANDIDATE, invited, waiting } from './scene.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PHONE = { viewport: { width: 390, height: 844 } } satisfies BrowserContextOptions;

/** A page in a browser of its own, and every address it asked for. */
interface Phone {
  page: Page;
  asked: string[];
  close(): Promise<void>;
}

const test = base.extend<{ browser: Browser; phone: (options?: BrowserContextOptions) => Promise<Phone> }>({
  browser: [
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures a fixture needs from this pattern
    async ({}, use) => {
      const browser = await openBrowser();
      await use(browser);
      await browser.close();
    },
    { scope: 'file' },
  ],
  phone: async ({ browser }, use) => {
    const open: Phone[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({ ...PHONE, ...options });
      const page = await context.newPage();
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      const phone = { page, asked, close: () => context.close() };
      open.push(phone);
      return phone;
    });
    for (const phone of open) await phone.close();
  },
});

/** Opens a link and waits until the browser has reported it. */
async function openReported(page: Page, portal: TestPortal, path: string): Promise<void> {
  const reported = page.waitForResponse((answer) => answer.url().endsWith('/seen') && answer.status() === 204);
  await page.goto(portal.origin + path);
  await reported;
}

describe('on a phone', () => {
  test('opening the page is reported, and what was on the screen is read', async ({ office, portal, phone }) => {
    await waiting(office, portal);
    const { page, asked } = await phone();
    await openReported(page, portal, await portal.link('page'));
    expect((await office.models.candidates.findById(CANDIDATE).lean())?.pageSeenAt).toEqual(office.clock.now());
    const notice = () => office.models.outbox.findOne({ what: 'training_notice' }).lean();
    expect((await notice())?.deliveries[0]?.state).toBe('accepted');

    const read = page.waitForResponse((answer) => answer.url().endsWith('/seen'));
    await page.locator('[data-message]').first().scrollIntoViewIfNeeded();
    await read;
    await expect.poll(async () => (await notice())?.deliveries[0]?.state).toBe('read');
    expect(asked.filter((url) => !url.startsWith(portal.origin) && !url.startsWith('data:'))).toEqual([]);
  });

  test('a message leads to the button; only the press counts', async ({ office, portal, phone }) => {
    const interview = await invited(office, portal);
    const { page } = await phone();
    await openReported(page, portal, `${await portal.link('page')}?do=attend`);
    const reply = async () => (await office.models.interviews.findById(interview).lean())?.candidateReply;
    expect(await reply()).toBeNull();
    expect(await page.locator('#do-attend').evaluate((button) => button.getBoundingClientRect().top)).toBeLessThan(844);

    await page.locator('#do-attend').click();
    await page.waitForSelector('#said');

    expect(await reply()).toBe('attend');
    expect(await page.locator('#said').textContent()).toContain('已確認您會出席面試');
    const cookies = await page.context().cookies();
    expect(cookies.every(({ httpOnly, sameSite }) => httpOnly && sameSite !== 'None')).toBe(true);
    await page.reload();
    expect(await page.locator('#said').count()).toBe(0);
  });

  test('without script everything works by forms alone', async ({ office, portal, phone }) => {
    await waiting(office, portal);
    const { page } = await phone({ javaScriptEnabled: false });
    await page.goto(portal.origin + (await portal.link('page')));
    expect(await office.models.activities.countDocuments()).toBe(0);
    await page.locator('#do-attend_training').click();
    expect(await page.locator('#said').textContent()).toBe('已確認您會出席培訓，到時見！');
    expect((await office.models.candidates.findById(CANDIDATE).lean())?.pageSeenAt).toEqual(office.clock.now());

    await page.locator('#text').fill('TD');
    await page.getByRole('button', { name: '留言', exact: true }).click();
    expect(await page.locator('#said').textContent()).toContain('已停止向您發送提示訊息');

    await page.getByRole('link', { name: '退出申請', exact: true }).click();
    await page.getByRole('button', { name: '確定退出申請' }).click();
    expect(await page.locator('.stage').textContent()).toContain('已退出申請');
    expect((await office.models.applications.findById(APPLICATION).lean())?.stage).toBe('withdrawn');
  });
});

describe('every page', () => {
  test('reads well for everybody, fits the phone, and needs nobody else', async ({ office, portal, phone }) => {
    await waiting(office, portal);
    office.set({ story: { title: '由樓面做到副店長', teaser: '三年路。', text: '我叫阿May。\n多謝師傅。' } });
    const page = await portal.link('page');
    const paths = [
      page,
      `${page}/pics`,
      `${page}/story`,
      `${page}/withdraw`,
      await portal.link('stop'),
      '/AAAAAAAAAAAAAAAAAAAAAA',
    ];
    const problems: unknown[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page: screen, asked } = await phone({ colorScheme, bypassCSP: true });
      for (const path of paths) {
        await screen.goto(portal.origin + path);
        await screen.evaluate(AXE);
        const found = await screen.evaluate(axeAndSizes);
        if (found.length > 0) problems.push({ path, colorScheme, found });
      }
      expect(asked.filter((url) => !url.startsWith(portal.origin) && !url.startsWith('data:'))).toEqual([]);
    }
    expect(problems).toEqual([]);
  }, 90_000);
});

/** Runs in the browser: what axe finds, what is wider than the screen, what is too small for a thumb. */
const axeAndSizes = `(async () => {
  const { violations } = await axe.run(document, { resultTypes: ['violations'] });
  const found = violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' | ').slice(0, 300));
  if (document.documentElement.scrollWidth > innerWidth) found.push('wider than the screen');
  for (const target of document.querySelectorAll('button, select, input[type=text], .choice, summary, .leave, .jump')) {
    const { height, width } = target.getBoundingClientRect();
    if (height > 0 && (height < 44 || width < 44)) found.push('too small: ' + target.outerHTML.slice(0, 120));
  }
  return found;
})()` as unknown as () => Promise<string[]>;
