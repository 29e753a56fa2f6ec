import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { openBrowser } from '../fixtures/browser.ts';
import { House } from '../story/house.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Both halves of the product, and a browser that shows the sandbox's page. */
export class Stage {
  readonly house: House;
  readonly #browser: Browser;
  /** What went wrong in any page, and whatever a page asked of another origin. */
  readonly problems: string[] = [];

  private constructor(house: House, browser: Browser) {
    this.house = house;
    this.#browser = browser;
  }

  static async open(): Promise<Stage> {
    const [house, browser] = await Promise.all([House.open(), openBrowser()]);
    return new Stage(house, browser);
  }

  /** Opens the page on a screen of that size, as somebody who was never here. */
  async screen(width: number, height: number): Promise<{ page: Page; context: BrowserContext }> {
    const context = await this.#browser.newContext({ viewport: { width, height }, locale: 'zh-HK' });
    const page = await context.newPage();
    const origin = new URL(this.house.at.page ?? '').origin;
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.problems.push(message.text());
    });
    page.on('pageerror', (error) => this.problems.push(error.message));
    page.on('request', (request) => {
      if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== origin)
        this.problems.push(`asked ${request.url()}`);
    });
    await page.goto(`${origin}/`);
    await page.locator('body[data-ready]').waitFor();
    return { page, context };
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.house.close();
  }
}

/** What axe finds on a page as it stands, and whether it is wider than the screen. */
export async function flaws(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(`(async () => {
    const { violations } = await axe.run(document, { resultTypes: ['violations'] });
    const found = violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' | ').slice(0, 300));
    if (document.documentElement.scrollWidth > innerWidth) found.push('wider than the screen');
    if (document.documentElement.scrollHeight > innerHeight) found.push('higher than the screen');
    return found;
  })()`);
}

export type PhoneName = 'hr' | 'manager' | 'candidate';

export const phone = (page: Page, name: PhoneName): Locator => page.locator(`.phone-${name}`);

/** Types into a phone and sends with Enter. */
export async function types(page: Page, name: PhoneName, text: string): Promise<void> {
  const box = phone(page, name).getByLabel('輸入訊息');
  await box.click();
  await page.keyboard.insertText(text);
  await page.keyboard.press('Enter');
}

/** What the robot said on a phone that matches. */
export const answer = (page: Page, name: PhoneName, text: string | RegExp): Locator =>
  phone(page, name).locator('.message[data-from="bot"]').filter({ hasText: text });
