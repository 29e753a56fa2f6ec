import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CARD, RawRobot } from '../sandbox/raw-robot.ts';
import { formCard } from './form-card.ts';
import { answer, flaws, phone, Stage, types } from './page-fixture.ts';

/** The page in a real browser, against both real halves; one sitting, from the first word to the last. */
describe('the page of the sandbox', () => {
  let stage: Stage;
  let page: Page;
  let context: BrowserContext;
  beforeAll(async () => {
    stage = await Stage.open();
    ({ page, context } = await stage.screen(1440, 900));
  }, 60_000);
  afterAll(async () => {
    await stage?.close();
  });

  beforeEach(({ onTestFailed }) => {
    onTestFailed(() => console.log(`the application said: ${stage.house.app.errors.slice(-3_000)}`));
  });

  test('three phones stand side by side, each with somebody in it', async () => {
    const boxes = await page
      .locator('.phone:visible')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().x));
    expect(boxes).toHaveLength(3);
    expect([...boxes].sort((a, b) => a - b)).toEqual(boxes);
    expect(new Set(boxes).size).toBe(3);
    expect(await phone(page, 'manager').locator('.card').count()).toBeGreaterThan(0);
  });

  test('the walk-through types for HR, and ticks itself when it has happened', async () => {
    const walk = page.getByRole('complementary', { name: '三分鐘導覽' });
    await walk.getByRole('button', { name: '幫我打' }).click();
    const box = phone(page, 'hr').getByLabel('輸入訊息');
    await expect.poll(() => box.inputValue()).toBe('新增應徵者 郭靖雯 61239901 樓面服務員');
    await page.keyboard.press('Enter');
    await answer(page, 'hr', /已新增郭靖雯/).waitFor();
    await walk.locator('.walk-done', { hasText: '新增應徵者' }).waitFor();
    await walk.locator('.walk-now', { hasText: '收到申請的短訊' }).waitFor();
  });

  test('HR asks, and reads the answer', async () => {
    await types(page, 'hr', '我是誰');
    await answer(page, 'hr', /李嘉敏/)
      .last()
      .waitFor();
  });

  test('a tapped quick reply is said by the person', async () => {
    await types(page, 'hr', '備註 陳家欣 會兩文三語');
    const noted = answer(page, 'hr', /復原/).last();
    await noted.getByRole('button', { name: '復原' }).waitFor();
    await types(page, 'hr', '入圍 陳家欣');
    await answer(page, 'hr', /陳家欣.*入圍/)
      .last()
      .getByRole('button', { name: '復原' })
      .click();
    await phone(page, 'hr').locator('.message.mine').filter({ hasText: /復原$/ }).waitFor();
    await answer(page, 'hr', /已復原/).waitFor();
  });

  test('a pasted table keeps its lines', async () => {
    await types(page, 'hr', '姓名,電話,職位\n盧子晴,61230777,樓面服務員');
    const mine = phone(page, 'hr').locator('.message.mine').last();
    await expect.poll(() => mine.locator('.plain').textContent()).toBe('姓名,電話,職位\n盧子晴,61230777,樓面服務員');
    await answer(page, 'hr', /盧子晴/).waitFor();
  });

  test('a file goes to the robot, and can be opened in the chat', async () => {
    await phone(page, 'hr')
      .locator('input[type=file]')
      .setInputFiles({
        name: '陳家欣 履歷.pdf',
        mimeType: 'application/pdf',
        buffer: Buffer.from('%PDF-1.4\n%%EOF\n'),
      });
    await phone(page, 'hr').getByRole('button', { name: '移除 陳家欣 履歷.pdf' }).waitFor();
    await types(page, 'hr', '履歷 陳家欣');
    const file = phone(page, 'hr').locator('a.file', { hasText: '陳家欣 履歷.pdf' });
    await file.waitFor();
    const content = await page.evaluate(
      async (url) => (await fetch(url)).text(),
      (await file.getAttribute('href')) ?? '',
    );
    expect(content).toMatch(/^%PDF/);
  });

  test('the manager decides on a card; the card says who decided and closes', async () => {
    const card = phone(page, 'manager').locator('.card', { hasText: '請決定：戴俊宏' });
    await card.getByRole('button', { name: '聘用' }).click();
    await card.locator('.card-status', { hasText: '謝詠詩 已決定：聘用' }).waitFor();
    expect(await card.getByRole('button').count()).toBe(0);
    await answer(page, 'hr', /謝詠詩.*決定.*戴俊宏/).waitFor();
  });

  test('a form of a card: what is asked for is filled in, and nothing typed gets lost on the way', async () => {
    const card = phone(page, 'manager').locator('.card', { hasText: '請決定：傅天佑' });
    await card.getByRole('button', { name: '不合適' }).click();
    await card.locator('.card-status', { hasText: '請先填寫原因' }).waitFor();
    await card.getByLabel(/原因/).fill('未能配合週末更份');
    await card.getByRole('button', { name: '不合適' }).click();
    await card.locator('.card-status', { hasText: '已決定：不合適' }).waitFor();
    const letter = phone(page, 'hr').locator('.card', { hasText: '傅天佑' });
    await letter.locator('textarea, input').first().fill('面試時對答清晰');
    await letter.getByRole('button').first().click();
    await letter.locator('.card-text', { hasText: '面試時對答清晰' }).waitFor();
  });

  test('every kind of field is drawn, required ones are checked, and the wire gets what DingTalk would send', async () => {
    const app = await formCard(stage.house, 'u1002');
    const robot = await RawRobot.open(new URL(stage.house.at.page ?? '').origin, app);
    await phone(page, 'hr')
      .getByRole('button', { name: /表格機械人/ })
      .click();
    const card = phone(page, 'hr').locator('.card', { hasText: '所有欄位' });
    await card.waitFor();
    const text = card.locator('.card-text');
    expect(await text.locator('strong, em, li').allTextContents()).toEqual(['粗體', '斜體', '一', '二']);
    expect(await text.textContent()).toContain('*星號*<img src="x" onerror="document.title=1"><b>不是標記</b>壞連結');
    expect(await text.locator('img, b, script').count()).toBe(0);
    const links = text.getByRole('link');
    expect(await links.evaluateAll((all) => all.map((one) => one.getAttribute('href')))).toEqual([
      'https://example.com/?a=1&b=2',
    ]);
    expect(await text.getByRole('button').count(), 'no quick replies inside cards').toBe(0);
    const send = card.getByRole('button', { name: '送出' });
    await send.click();
    await card.getByRole('alert').filter({ hasText: '請選擇結果' }).waitFor();
    await card.getByLabel('結果').selectOption({ label: '不合格' });
    await card.getByLabel('評語').fill('第一行\n第二行');
    await card.getByLabel('分數').fill('7.5');
    await card.getByLabel('日子', { exact: true }).fill('2026-12-01');
    await card.getByLabel('時間', { exact: true }).fill('09:30');
    await card.getByLabel('日子和時間').fill('2026-12-01T10:15');
    await card.getByLabel('同意').check();
    await card.getByLabel('乙').check();
    await card.getByLabel('丙').check();
    await send.click();
    const frame = await robot.next(CARD);
    const { content } = JSON.parse(frame.data) as { content: string };
    robot.ack(frame, {
      response: { cardData: { cardParamMap: { title: '所有欄位', status: '收到', buttons: '[]' } } },
    });
    expect(JSON.parse(content).cardPrivateData.params.form).toEqual({
      result: { index: 1, value: 'fail' },
      comment: '第一行\n第二行',
      score: 7.5,
      day: '2026-12-01',
      time: '09:30',
      moment: '2026-12-01 10:15',
      agree: true,
      tags: { index: [1, 2], value: ['b', 'c'] },
      secret: '9',
    });
    await card.locator('.card-status', { hasText: '收到' }).waitFor();
    robot.socket.close();
    await robot.closed;
  });

  test('a robot that is away or too slow: the person is told, and the card stays', async () => {
    const app = await formCard(stage.house, 'u1002', 'second');
    const card = phone(page, 'hr').locator('.card', { hasText: '所有欄位' }).last();
    await card.getByLabel('結果').selectOption({ label: '合格' });
    await card.getByLabel('同意').check();
    await card.getByRole('button', { name: '送出' }).click();
    await card.locator('.card-toast', { hasText: '未連線' }).waitFor();
    const robot = await RawRobot.open(new URL(stage.house.at.page ?? '').origin, app);
    await card.getByRole('button', { name: '送出' }).click();
    await card.locator('.card-toast', { hasText: '兩秒內沒有回應' }).waitFor();
    robot.socket.close();
    await robot.closed;
    expect(await card.getByLabel('結果').inputValue()).toBe('pass');
    await phone(page, 'hr')
      .getByRole('button', { name: /^招聘助手/ })
      .click();
  });

  test('the clock goes to the next thing, and says how far it got', async () => {
    const { now: before } = await stage.house.get<{ now: string }>('/clock');
    await page.getByRole('button', { name: '到下一件事' }).click();
    await page.locator('.clock-progress', { hasText: /^已到 11月23日（一）/ }).waitFor();
    const { now } = await stage.house.get<{ now: string }>('/clock');
    expect(Date.parse(now)).toBeGreaterThan(Date.parse(before));
  });

  test('an hour later the candidate has a text message; its link opens the candidate’s own page', async () => {
    await page.getByRole('button', { name: '快進1小時' }).click();
    await page.locator('.clock-log summary').click();
    await page.locator('.clock-ran li', { hasText: '發送訊息' }).first().waitFor();
    await page.locator('.clock-log summary').click();
    const text = phone(page, 'candidate').locator('.sms', { hasText: '有新訊息' });
    await text.waitFor();
    const [opened] = await Promise.all([context.waitForEvent('page'), text.getByRole('link').click()]);
    await opened.waitForLoadState();
    expect(await opened.locator('body').textContent()).toContain('樓面服務員');
    expect(await opened.evaluate('window.opener')).toBeNull();
    await opened.close();
  });

  test('a mail is shown as its mail program would, without scripts and without rights', async () => {
    const candidates = phone(page, 'candidate').getByLabel('選擇應徵者');
    const mails = await stage.house.get<{ to: string[] }[]>('/mails');
    const people = await stage.house.get<{ id: string; email: string }[]>('/people');
    const reader = people.find(({ email }) => email !== '' && mails.some(({ to }) => to.includes(email)));
    await candidates.selectOption(reader?.id ?? '');
    await phone(page, 'candidate').getByRole('button', { name: /^電郵/ }).click();
    await phone(page, 'candidate').locator('.mail-row').first().click();
    const frame = page.frameLocator('.mail-frame');
    await frame.getByText('金鳳茶餐廳').first().waitFor();
    expect(await page.locator('.mail-frame').getAttribute('sandbox')).not.toContain('allow-scripts');
    await phone(page, 'candidate')
      .getByRole('button', { name: /所有電郵/ })
      .click();
  });

  test('the state of the platform: a fault is made, seen in the log, and gone again', async () => {
    await page.getByRole('button', { name: '平台狀況' }).first().click();
    const drawer = page.getByRole('complementary', { name: '平台狀況' });
    await drawer.getByText('招聘助手的串流：已連線').waitFor();
    await drawer.getByRole('button', { name: '下一則訊息失敗' }).click();
    await drawer.getByText('有1項故障等着發生。').waitFor();
    await stage.house.says('hr-carmen', '我是誰');
    await drawer.locator('.log-failed', { hasText: 'batchSend' }).first().waitFor();
    await drawer.getByRole('button', { name: '截斷串流' }).click();
    await drawer.getByText('招聘助手的串流：已連線').waitFor();
    expect(await flaws(page)).toEqual([]);
    await drawer.getByRole('button', { name: '清除所有故障' }).click();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
  });

  test('on a telephone: one phone at a time, with a switch', async () => {
    const { page: small, context: its } = await stage.screen(390, 844);
    expect(await small.locator('.phone:visible').count()).toBe(1);
    for (const [title, name] of [
      ['經理', 'manager'],
      ['應徵者', 'candidate'],
      ['人力資源', 'hr'],
    ] as const) {
      await small.getByRole('navigation', { name: '選擇手機' }).getByRole('button', { name: title }).click();
      await phone(small, name).waitFor();
      expect(await small.locator('.phone:visible').count()).toBe(1);
      expect(await flaws(small)).toEqual([]);
    }
    await types(small, 'hr', '我是誰');
    await answer(small, 'hr', /李嘉敏/)
      .last()
      .waitFor();
    await its.close();
  });

  test('everybody can use it, nothing went wrong on the way, and nothing was asked of anybody else', async () => {
    expect(await flaws(page)).toEqual([]);
    expect(stage.problems).toEqual([]);
  });
});
