import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { readLabelledLines } from '../../app/understand/labelled-lines.ts';
import { type ConversationOffice, test } from './office.ts';

const reviews = (office: ConversationOffice) => office.office.models.readingReviews.find().sort({ at: 1 }).lean();

/** The address behind the link in the last thing HR heard. */
function linkIn(texts: readonly string[]): string {
  const link = /https?:\/\/[^\s）)]+\/[A-Za-z0-9_-]{16,}/.exec(texts.join('\n'))?.[0];
  if (!link) throw new Error(`no link in ${texts.join('\n')}`);
  return new URL(link).pathname;
}

describe('「你點理解?」', () => {
  test('tells the last message in plain words: what, who, when, and what was answered', async ({ office }) => {
    await office.opens();
    await office.hasApplication('陳家欣', 'shortlisted');
    await office.hr.says('唔該幫手同陳家欣約個面試,聽日下晝3點半得,Ivan見佢');
    await office.hr.says('你點理解？');
    office.hr.sees('您上一句（今日上午10時）我這樣理解');
    office.hr.sees('約面試：陳家欣');
    office.hr.sees('應徵者：陳家欣（C');
    office.hr.sees('11月24日');
    office.hr.sees('下午3時30分');
    office.hr.sees('面試官：Ivan');
    office.hr.sees('我的回覆：');
  });

  test('tells what was missing, and leaves the question open', async ({ office }) => {
    await office.opens();
    await office.hasApplication('陳家欣', 'shortlisted');
    await office.hr.says('幫手約陳家欣見工吖');
    await office.hr.says('你點睇我句嘢');
    office.hr.sees('欠缺：日期時間');
    await office.hr.says('聽日下晝3點半');
    expect(await office.stageOf('陳家欣')).toBe('interview');
  });

  test('tells that a ground may not count, without repeating it', async ({ office }) => {
    await office.opens();
    await office.hasApplication('陳家欣', 'interview');
    await office.hr.says('唔要陳家欣,佢大肚');
    await office.hr.says('你點理解');
    office.hr.sees('婉拒：陳家欣');
    office.hr.sees('不能用作理由或條件：性別、懷孕或婚姻狀況');
    office.hr.doesNotSee('大肚');
  });

  test('in English for a message in English; a command in its exact form is told as that command', async ({
    office,
  }) => {
    await office.opens();
    await office.hasApplication('陳家欣', 'applied');
    await office.hr.says('shortlist 陳家欣');
    await office.hr.says('how did you read that');
    office.hr.sees('This is how I read your last message');
    office.hr.sees('the command "shortlist"');
    office.hr.sees('candidate: 陳家欣');
    office.hr.sees('What I answered:');
  });

  test('never tells one person what another wrote, nor what was written elsewhere', async ({ office }) => {
    await office.opens();
    await office.hasApplication('陳家欣', 'applied');
    await office.hr.saysInGroup('幫手將陳家欣放入短名單吖');
    await office.manager.saysInGroup('你點理解');
    office.manager.sees('這個對話一日內未有我理解過的句子');
    await office.hr.says('你點理解');
    office.hr.sees('這個對話一日內未有我理解過的句子');
    await office.hr.saysInGroup('你點理解');
    office.hr.sees('入圍：陳家欣');
  });

  test('is forgotten after a day', async ({ office }) => {
    await office.opens();
    await office.hasApplication('陳家欣', 'applied');
    await office.hr.says('幫手將陳家欣放入短名單吖');
    await office.passes('P2D');
    await office.hr.says('你點理解');
    office.hr.sees('這個對話一日內未有我理解過的句子');
    expect(await office.office.models.readings.countDocuments()).toBe(0);
  });
});

describe('「理解錯咗」', () => {
  test('one tap puts the reading into the review list, without anybody in it', async ({ office }) => {
    await office.opens();
    await office.hasApplication('陳家欣', 'interview');
    await office.hr.says('唔該擺住陳家欣先,佢電話91234567,電郵 kaka@example.hk,遲啲Ivan再見');
    await office.hr.says('你點理解');
    await office.hr.presses('理解錯咗');
    office.hr.sees('已放入檢討清單');
    const [review] = await reviews(office);
    expect(review).toMatchObject({ channel: 'direct', role: 'hr', intent: 'hold', correction: null });
    expect(review?.text).toMatch(/\{甲\}.*〔電話〕.*〔電郵〕.*\[.\]/);
    expect(JSON.stringify(review)).not.toMatch(/陳家欣|家欣|91234567|kaka|Ivan|carmen|李嘉敏/);
  });

  test('what was meant is added to the same report, without names', async ({ office }) => {
    await office.opens();
    await office.hasApplication('陳家欣', 'interview');
    await office.hr.says('唔該擺住陳家欣先');
    await office.hr.says('理解錯咗');
    await office.hr.says('理解錯咗 我係想陳家欣改期');
    office.hr.sees('您的意思亦已記下');
    const all = await reviews(office);
    expect(all).toHaveLength(1);
    expect(all[0]?.correction).toBe('我係想{甲}改期');
  });

  test('without a reading there is nothing to report', async ({ office }) => {
    await office.opens();
    await office.hr.says('理解錯咗');
    office.hr.sees('我已沒有您上一句的理解記錄');
    expect(await reviews(office)).toEqual([]);
  });

  test('HR downloads the list in the columns of a labelled file; nobody else can', async ({ office }) => {
    await office.opens();
    await office.hasApplication('陳家欣', 'interview');
    await office.hr.says('唔該擺住陳家欣先');
    await office.hr.says('理解錯咗 應該係改期');
    await office.manager.says('理解檢討');
    office.manager.doesNotSee('下載');
    await office.hr.says('理解檢討');
    office.hr.sees('檢討清單有1句');
    const url = `${office.address}${linkIn(office.hr.heard())}`;
    const page = await (await fetch(url)).text();
    expect(page).toContain('理解檢討清單');
    expect(page).toContain('reading-reviews.tsv');
    const file = await fetch(url, { method: 'POST' });
    expect(file.headers.get('content-disposition')).toContain('reading-reviews.tsv');
    const content = await file.text();
    const folder = mkdtempSync(join(tmpdir(), 'ziuping-reviews-'));
    const path = join(folder, 'reviews.tsv');
    writeFileSync(path, content);
    expect(readLabelledLines(path)).toMatchObject([
      { id: 'R0001', channel: 'direct', role: 'hr', intent: 'hold', text: expect.stringContaining('擺住{甲}先') },
    ]);
    rmSync(folder, { recursive: true });
    expect(content).toContain('應該係改期');
    expect(await office.office.models.auditEntries.countDocuments({ act: 'export_reading_reviews' })).toBe(1);

    await office.office.models.staff.updateOne({ _id: 'carmen' }, { roles: ['interviewer'] });
    expect((await fetch(url)).status).toBe(404);
    expect((await fetch(url, { method: 'POST' })).status).toBe(404);
  });

  test('reports go on their purge day', async ({ office }) => {
    await office.opens();
    await office.hasApplication('陳家欣', 'interview');
    await office.hr.says('唔該擺住陳家欣先');
    await office.hr.says('理解錯咗');
    expect(await reviews(office)).toHaveLength(1);
    await office.office.models.readingReviews.updateMany({}, { purgeAt: new Date('2026-11-24T00:00:00+08:00') });
    await office.passes('P2D');
    expect(await reviews(office)).toEqual([]);
  });
});
