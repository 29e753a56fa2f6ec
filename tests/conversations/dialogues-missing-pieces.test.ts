import { describe, expect } from 'vitest';
import { applicationOf, canTap, interviewOf, peopleOf } from './people-spoken-of.ts';
import { test } from './shared-office.ts';

describe('what is missing is answered with a fragment', () => {
  test('HR is asked for the day and the hour of an interview, and types one word for each', async ({ office }) => {
    await peopleOf(office, { 'Kelly Ng': 'shortlisted' });
    await office.hr.says('幫我約kelly見工吖');
    office.hr.sees('約面試 Kelly Ng：請問約哪日、幾點？');
    await office.hr.says('星期五');
    office.hr.sees('約面試 Kelly Ng 11月27日（星期五）：請問幾點？');
    expect(await interviewOf(office, 'Kelly Ng')).toBeUndefined();
    await office.hr.says('4');
    office.hr.sees('已約 Kelly Ng 於11月27日（星期五）下午4時');
    expect(await interviewOf(office, 'Kelly Ng')).toBe('11-27 16:00');
  });

  test('in English: Fri, then 2.30', async ({ office }) => {
    await peopleOf(office, { 'Kelly Ng': 'shortlisted' });
    await office.hr.says('can u set up an intv with kelly pls');
    office.hr.sees('Interview with Kelly Ng: Which day and time?');
    await office.hr.says('Fri');
    office.hr.sees('Interview with Kelly Ng Fri 27 Nov: At what time?');
    await office.hr.says('2.30');
    office.hr.sees('Kelly Ng: interview (round 1) on Fri 27 Nov, 2:30 pm');
    expect(await interviewOf(office, 'Kelly Ng')).toBe('11-27 14:30');
  });

  test('HR taps the day and types the hour by the hand of the clock', async ({ office }) => {
    await peopleOf(office, { 陳家欣: 'shortlisted' });
    await office.hr.says('約陳家欣見');
    expect(canTap(office, office.hr)).toEqual(['11月24日（星期二）', '11月25日（星期三）', '11月26日（星期四）']);
    await office.hr.presses('11月26日（星期四）');
    office.hr.sees('約面試 陳家欣 11月26日（星期四）：請問幾點？');
    await office.hr.says('三點九個字');
    office.hr.sees('已約 陳家欣 於11月26日（星期四）下午3時45分');
    expect(await interviewOf(office, '陳家欣')).toBe('11-26 15:45');
  });

  test('a manager who turns somebody down without a name taps who it is, thinks again and cancels', async ({
    office,
  }) => {
    await peopleOf(office, { 'Kelly Ng': 'interviewed', 黃志明: 'interviewed', 陳家欣: 'applied' });
    await office.manager.says('reject');
    office.manager.sees('Which candidate?');
    expect(canTap(office, office.manager)).toEqual(
      expect.arrayContaining([expect.stringContaining('Kelly Ng'), expect.stringContaining('黃志明')]),
    );
    await office.manager.says('黃志明');
    office.manager.sees('Turn down 黃志明 (A1004, 店務員)');
    expect(await office.stageOf('黃志明')).toBe('interviewed');
    await office.manager.says('取消');
    office.manager.sees('"Turning down 黃志明" is cancelled. Nothing has been changed.');
    await office.manager.says('確認');
    office.manager.sees('目前沒有等您確認的事項');
    expect(await office.stageOf('黃志明')).toBe('interviewed');
  });

  test('a vacancy is opened by telling the job and then the branch, and taken back', async ({ office }) => {
    await office.hr.says('need 2 baristas');
    office.hr.sees('Which branch?');
    expect(canTap(office, office.hr)).toContain('旺角店');
    await office.hr.says('MK');
    office.hr.sees('Vacancy "barista" (R101) is open: 旺角店, 2 to hire');
    expect(await office.office.models.requisitions.countDocuments({ jobTitle: 'barista', headcount: 2 })).toBe(1);
    await office.hr.says('undo');
    office.hr.sees('has been undone');
    expect(await office.office.models.requisitions.countDocuments({ jobTitle: 'barista' })).toBe(0);
  });

  test('a call is recorded by answering in words what came of it', async ({ office }) => {
    await peopleOf(office, { 范詠琳: 'passed' });
    await office.hr.says('打咗俾范詠琳');
    office.hr.sees('結果如何？');
    expect(canTap(office, office.hr)).toContain('無人接聽');
    await office.hr.says('冇人聽');
    office.hr.sees('已記錄致電 范詠琳：無人接聽');
    await office.hr.says('唔係,佢啱啱覆返電,話會返工');
    office.hr.doesNotSee('已記錄');
    await office.hr.says('取消');
    await office.hr.says('范詠琳點呀');
    office.hr.sees('已通過面試');
    expect(await office.office.models.activities.countDocuments({ kind: 'called' })).toBe(1);
  });

  test('why an interview is called off is told in own words, and it still wants a yes', async ({ office }) => {
    await peopleOf(office, { 'Kelly Ng': 'shortlisted' });
    await office.hr.says('約Kelly 28/11 3點');
    await office.hr.says('cancel Kelly個interview');
    office.hr.sees('以甚麼原因取消？應徵者會看到這個原因。');
    await office.hr.says('佢搵到第二份工');
    office.hr.sees(/取消 Kelly Ng 於11月28日（星期六）下午3時的面試。原因：應徵者要求/);
    await office.hr.says('等陣,唔好住');
    office.hr.sees('「取消面試 Kelly Ng」仍等您確認');
    expect(await interviewOf(office, 'Kelly Ng')).toBe('11-28 15:00');
    await office.hr.says('ok');
    expect(await interviewOf(office, 'Kelly Ng')).toBeUndefined();
    expect(await office.stageOf('Kelly Ng')).toBe('shortlisted');
  });
});

describe('what is shown or asked is corrected', () => {
  test('「唔係,係Kelly」: the other person is shown, and only that one is done', async ({ office }) => {
    await peopleOf(office, { 'Kelly Ng': 'interviewed', 黃志明: 'interviewed' });
    await office.manager.says('批黃志明');
    office.manager.sees('批准 黃志明（A1004，店務員）通過面試');
    await office.manager.says('唔係,係Kelly');
    office.manager.sees('批准 Kelly Ng（A1003，店務員）通過面試');
    await office.manager.says('ok');
    office.manager.sees('已批准 Kelly Ng 通過面試');
    expect(await office.stageOf('Kelly Ng')).toBe('passed');
    expect(await office.stageOf('黃志明')).toBe('interviewed');
  });

  test('person and day are put right while the hour is still asked for', async ({ office }) => {
    await peopleOf(office, { 'Kelly Ng': 'shortlisted', 陳家欣: 'shortlisted' });
    await office.hr.says('約Kelly見');
    await office.hr.says('唔係,係陳家欣');
    office.hr.sees('約面試 陳家欣：請問約哪日、幾點？');
    await office.hr.says('fri');
    office.hr.sees('11月27日（星期五）：請問幾點？');
    await office.hr.says('no wait, thu');
    office.hr.sees('約面試 陳家欣 11月26日（星期四）：請問幾點？');
    await office.hr.says('下晝1點');
    office.hr.sees('已約 陳家欣 於11月26日（星期四）下午1時');
    expect(await interviewOf(office, 'Kelly Ng')).toBeUndefined();
    expect(await interviewOf(office, '陳家欣')).toBe('11-26 13:00');
  });

  test('"no wait, thu" right after the interview was made: the move is shown, then done', async ({ office }) => {
    await peopleOf(office, { 'Kelly Ng': 'shortlisted' });
    await office.hr.says('book kelly fri 12pm');
    await office.hr.says('no wait, thu');
    office.hr.sees(/I understood "reschedule".*Kelly Ng.*Thu 26 Nov, 12/s);
    expect(await interviewOf(office, 'Kelly Ng')).toBe('11-27 12:00');
    await office.hr.says('yes');
    expect(await interviewOf(office, 'Kelly Ng')).toBe('11-26 12:00');
    await office.hr.says('sorry i meant 5pm');
    office.hr.sees('Thu 26 Nov, 5:00 pm');
    await office.hr.presses('Confirm');
    expect(await interviewOf(office, 'Kelly Ng')).toBe('11-26 17:00');
  });

  test('the wrong one was shortlisted: it is taken back and the right one shown', async ({ office }) => {
    await peopleOf(office, { 陳家欣: 'applied', 湯浩賢: 'applied' });
    await office.hr.says('陳家欣入圍');
    expect(await office.stageOf('陳家欣')).toBe('shortlisted');
    await office.hr.says('錯咗,係湯浩賢');
    office.hr.sees('已復原「入圍 陳家欣」');
    office.hr.sees(/我理解為「入圍」，對嗎？\s+應徵者：湯浩賢/);
    expect(await office.stageOf('陳家欣')).toBe('applied');
    expect(await office.stageOf('湯浩賢')).toBe('applied');
    await office.hr.presses('確認');
    expect(await office.stageOf('湯浩賢')).toBe('shortlisted');
  });

  test('the first day of an offer is put right before it is recorded', async ({ office }) => {
    await peopleOf(office, { 范詠琳: 'passed' });
    await office.hr.says('出offer俾范詠琳 16.8k 下星期一返工');
    office.hr.sees('我未能代發或更改聘書，所以未有執行');
    await office.hr.presses('已發出');
    office.hr.sees('上班日期：11月30日（星期一）');
    await office.hr.says('唔係,係12月7號');
    office.hr.sees('上班日期：12月7日（星期一）');
    await office.hr.says('確認');
    expect(await office.stageOf('范詠琳')).toBe('offer_sent');
    expect((await applicationOf(office, '范詠琳')).startAt).toEqual(new Date('2026-12-07T09:00:00+08:00'));
  });
});

describe('something else while a question is open', () => {
  test('a question is answered beside it, and it goes on waiting', async ({ office }) => {
    await peopleOf(office, { 'Kelly Ng': 'shortlisted', 黃志明: 'interviewed' });
    await office.hr.says('約Kelly見');
    await office.hr.says('黃志明而家點');
    office.hr.sees('已面試，待決定');
    office.hr.sees('「約面試 Kelly Ng」仍等您回覆');
    await office.hr.says('thx');
    office.hr.sees('「約面試 Kelly Ng」仍等您回覆');
    await office.hr.says('聽日1點');
    expect(await interviewOf(office, 'Kelly Ng')).toBe('11-24 13:00');
  });

  test('a new order drops it: the robot says so, and a late answer does nothing', async ({ office }) => {
    await peopleOf(office, { 'Kelly Ng': 'shortlisted', 黃志明: 'interviewed' });
    await office.hr.says('約Kelly見');
    await office.hr.says('hold 黃志明 till next fri pls');
    office.hr.sees('("Interview with Kelly Ng" was not finished and is dropped.)');
    office.hr.sees('黃志明 is on hold until Fri 4 Dec');
    await office.hr.says('聽日3點');
    office.hr.sees('收到「聽日3點」，但未知要做甚麼');
    expect(await interviewOf(office, 'Kelly Ng')).toBeUndefined();
    expect(await interviewOf(office, '黃志明')).toBeUndefined();
  });

  test('the whole order said again takes its place without a word about a question that is over', async ({
    office,
  }) => {
    await peopleOf(office, { 陳家欣: 'shortlisted' });
    await office.hr.says('約陳家欣 27/11 10點');
    await office.hr.says('陳家欣想改期');
    office.hr.sees('改期 陳家欣：請問約哪日、幾點？');
    await office.hr.says('咁改陳家欣去28/11 10點');
    office.hr.sees('已約 陳家欣 於11月28日（星期六）上午10時');
    office.hr.doesNotSee('仍等您');
    expect(await interviewOf(office, '陳家欣')).toBe('11-28 10:00');
  });

  test('after half an hour nobody waits any more', async ({ office }) => {
    await peopleOf(office, { 黃志明: 'interviewed' });
    await office.manager.says('批黃志明');
    await office.passes('PT31M');
    await office.manager.says('確認');
    office.manager.sees('這條問題已過時，未有執行');
    expect(await office.stageOf('黃志明')).toBe('interviewed');
    await office.manager.says('批黃志明');
    await office.manager.says('算啦');
    office.manager.sees('「批准 黃志明」已取消，未有作出任何更改');
    expect(await office.stageOf('黃志明')).toBe('interviewed');
  });
});
