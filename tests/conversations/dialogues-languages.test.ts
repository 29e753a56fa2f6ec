import { describe, expect } from 'vitest';
import { applicationOf, interviewOf, notesIn, peopleOf } from './people-spoken-of.ts';
import { test } from './shared-office.ts';

describe('the answer comes in the language of the asker', () => {
  test('Simplified from the question to the undo', async ({ office }) => {
    await peopleOf(office, { 陈家欣: 'shortlisted' });
    await office.hr.says('帮我约陈家欣面试');
    office.hr.sees('约面试 陈家欣：请问约哪日、几点？');
    await office.hr.says('星期五');
    office.hr.sees('请问几点？');
    await office.hr.says('下午一点');
    office.hr.sees('已约 陈家欣 于11月27日（星期五）下午1时');
    await office.hr.says('撤回');
    office.hr.sees('已复原');
    expect(await interviewOf(office, '陈家欣')).toBeUndefined();
  });

  test('English with tapped links: what is tapped is answered in English too', async ({ office }) => {
    await peopleOf(office, { 'Kelly Ng': 'applied' });
    await office.hr.says('shortlist kelly pls');
    office.hr.sees('Kelly Ng is shortlisted for "店務員"');
    await office.hr.presses('Undo');
    office.hr.sees('has been undone');
    expect(await office.stageOf('Kelly Ng')).toBe('applied');
    await office.hr.says('shortlist kelly pls');
    await office.hr.says('how did u read that');
    office.hr.sees('This is how I read your last message');
    await office.hr.presses('That is wrong');
    office.hr.sees('It is on the review list for HR');
  });

  test('code-mixed and hurried: every line is read, the answers stay Chinese', async ({ office }) => {
    await peopleOf(office, { 'Kelly Ng': 'shortlisted' });
    await office.hr.says('kelly fri 5pm intv ok? arrange佢啦');
    if (office.hr.heard().join().includes('我理解為')) await office.hr.says('ok');
    expect(await interviewOf(office, 'Kelly Ng')).toBe('11-27 17:00');
    await office.hr.says("push kelly's intv back 1hr啦");
    if (/我理解為|I understood/.test(office.hr.heard().join())) await office.hr.says('ok');
    expect(await interviewOf(office, 'Kelly Ng')).toBe('11-27 18:00');
    await office.hr.says('佢而家咩status');
    office.hr.sees('面試：11月27日（星期五）下午6時');
  });

  test('somebody changes language in the middle; each answer follows', async ({ office }) => {
    await peopleOf(office, { 黃志明: 'interviewed' });
    await office.manager.says('any update on 黃志明?');
    office.manager.sees('interviewed');
    await office.manager.says('擺住佢先');
    office.manager.sees('已擱置 黃志明');
    await office.manager.says('sorry undo that');
    office.manager.sees('has been undone');
    expect((await applicationOf(office, '黃志明')).holdUntil).toBeNull();
  });

  test('in one group one is answered in English and one in Chinese', async ({ office }) => {
    await peopleOf(office, { 陳家欣: 'applied', 'Kelly Ng': 'applied' });
    await office.helen.saysInGroup('shortlist kelly');
    office.helen.sees('Kelly Ng is shortlisted');
    await office.hr.saysInGroup('陳家欣入圍啦');
    office.hr.sees('陳家欣 已入圍');
    await office.helen.saysInGroup('undo');
    office.helen.sees('has been undone');
    expect(await office.stageOf('Kelly Ng')).toBe('applied');
    expect(await office.stageOf('陳家欣')).toBe('shortlisted');
  });
});

describe('「你點理解?」', () => {
  test('tells who 佢 was taken for', async ({ office }) => {
    await peopleOf(office, { 'Kelly Ng': 'shortlisted' });
    await office.hr.says('Kelly點呀');
    await office.hr.says('咁約佢星期六11點見');
    expect(await interviewOf(office, 'Kelly Ng')).toBe('11-28 11:00');
    await office.hr.says('你點理解');
    office.hr.sees(/約面試.*11月28日（星期六）上午11時.*應徵者：Kelly Ng（C1003）/s);
    office.hr.doesNotSee('欠缺');
  });

  test('a wrong reading is reported with one tap, then in words, and the act is taken back', async ({ office }) => {
    await peopleOf(office, { 陳家欣: 'shortlisted' });
    await office.helen.says('陳家欣擺住先');
    office.helen.sees('已擱置 陳家欣');
    await office.helen.says('你點理解?');
    office.helen.sees('擱置：陳家欣');
    await office.helen.presses('理解錯咗');
    office.helen.sees('已放入檢討清單');
    await office.helen.says('理解錯咗 我係想約陳家欣');
    office.helen.sees('您的意思亦已記下');
    await office.helen.says('復原');
    expect((await applicationOf(office, '陳家欣')).holdUntil).toBeNull();
    const reviews = await office.office.models.readingReviews.find().lean();
    expect(reviews).toMatchObject([{ intent: 'hold', correction: '我係想約{甲}' }]);
    expect(JSON.stringify(reviews)).not.toContain('家欣');
  });

  test('asked while a question is open it tells what was asked, and the answer still counts', async ({ office }) => {
    await peopleOf(office, { 'Kelly Ng': 'shortlisted' });
    await office.hr.says('book kelly');
    await office.hr.says('how did you read that?');
    office.hr.sees('What I answered');
    office.hr.sees('Which day and time?');
    office.hr.sees('"Interview with Kelly Ng" still waits for your answer');
    await office.hr.says('27/11 12:30');
    expect(await interviewOf(office, 'Kelly Ng')).toBe('11-27 12:30');
  });
});

describe('asking for help', () => {
  test('how to approve, then doing it', async ({ office }) => {
    await peopleOf(office, { 黃志明: 'interviewed' });
    await office.manager.says('點樣批人');
    office.manager.sees('格式：批 〈應徵者〉');
    await office.manager.says('批黃志明');
    await office.manager.says('👌');
    expect(await office.stageOf('黃志明')).toBe('passed');
  });

  test('thanks and jokes between two orders change nothing', async ({ office }) => {
    await peopleOf(office, { 黃志明: 'interviewed' });
    await office.manager.says('早晨~今日好凍');
    office.manager.sees('黃美玲您好');
    await office.manager.says('邊個攞咗我把遮');
    office.manager.sees(/未有作出任何更改|未有執行/);
    await office.manager.says('記低黃志明識整奶茶');
    await office.manager.says('thx 🙏');
    office.manager.sees(/不用客氣|welcome/);
    expect(await notesIn(office)).toEqual(['A1003 識整奶茶']);
  });
});
