import { describe, expect } from 'vitest';
import { applicationOf, interviewOf, notesIn, peopleOf, waitingMessages } from './people-spoken-of.ts';
import { test } from './shared-office.ts';

describe('several orders in one message', () => {
  test('a grave one is confirmed first, the others follow; the last can be taken back', async ({ office }) => {
    await peopleOf(office, { 黃志明: 'interviewed', 林柏熹: 'applied', 陳家欣: 'applied' });
    await office.manager.says('批黃志明,林柏熹同陳家欣入圍');
    office.manager.sees('批准 黃志明（A1003，店務員）通過面試');
    office.manager.sees('之後會繼續處理：入圍：林柏熹、陳家欣');
    expect(await office.stageOf('林柏熹')).toBe('applied');
    await office.manager.says('確認');
    expect(await office.stageOf('黃志明')).toBe('passed');
    expect(await office.stageOf('陳家欣')).toBe('shortlisted');
    await office.manager.says('復原');
    office.manager.sees('已復原「入圍 林柏熹、陳家欣」');
    expect(await office.stageOf('黃志明')).toBe('passed');
    expect(await office.stageOf('林柏熹')).toBe('applied');
  });

  test('no to the first: the other is only done with a tap', async ({ office }) => {
    await peopleOf(office, { 黃志明: 'interviewed', 林柏熹: 'shortlisted' });
    await office.hr.says('批黃志明,林柏熹先hold住');
    await office.hr.says('唔好');
    office.hr.sees('「批准 黃志明」已取消');
    office.hr.sees('我理解為「擺住」');
    expect((await applicationOf(office, '林柏熹')).holdUntil).toBeNull();
    await office.hr.says('ok');
    expect((await applicationOf(office, '林柏熹')).holdUntil).not.toBeNull();
    expect(await office.stageOf('黃志明')).toBe('interviewed');
  });

  test('one of them lacks a time: it is asked for, and the rest waits for the answer', async ({ office }) => {
    await peopleOf(office, { 'Kelly Ng': 'shortlisted', 林柏熹: 'shortlisted' });
    await office.hr.says('約Kelly見。林柏熹先hold住。');
    office.hr.sees('約面試 Kelly Ng：請問約哪日、幾點？');
    office.hr.sees('之後會繼續處理：擱置：林柏熹');
    await office.hr.says('星期四');
    await office.hr.says('1點半');
    office.hr.sees(/1\. 已約 Kelly Ng 於11月26日（星期四）下午1時30分.*2\. 已擱置 林柏熹/s);
    expect(await interviewOf(office, 'Kelly Ng')).toBe('11-26 13:30');
    expect((await applicationOf(office, '林柏熹')).holdUntil).not.toBeNull();
  });
});

describe('conditions, swaps and groups', () => {
  test('a condition of an approval is kept and not followed up, and the robot says so', async ({ office }) => {
    await peopleOf(office, { 黃志明: 'interviewed' });
    await office.manager.says('批黃志明 但係起薪唔好過17k');
    office.manager.sees(/條件「.*起薪唔好過17k」我不會自動跟進/);
    await office.manager.says('你點理解?');
    office.manager.sees('批准：黃志明，條件：');
    office.manager.sees('「批准 黃志明」仍等您確認');
    await office.manager.says('ok');
    expect(await office.stageOf('黃志明')).toBe('passed');
  });

  test('"if he is free" is not acted on; the plain order afterwards is', async ({ office }) => {
    await peopleOf(office, { 'Kelly Ng': 'shortlisted' });
    await office.hr.says('如果Kelly得閒就約佢聽日下晝5點');
    office.hr.sees('我未能按條件行事，所以未有執行');
    expect(await interviewOf(office, 'Kelly Ng')).toBeUndefined();
    await office.hr.says('咁你約佢聽日5點啦');
    office.hr.sees('已約 Kelly Ng 於11月24日（星期二）下午5時');
    await office.hr.says('唔該');
    expect(await interviewOf(office, 'Kelly Ng')).toBe('11-24 17:00');
  });

  test('a swap cannot be done in one go, and two moves can', async ({ office }) => {
    await peopleOf(office, { 'Kelly Ng': 'shortlisted', 陳家欣: 'shortlisted' });
    await office.hr.says('約Kelly 26/11 10點半');
    await office.hr.says('約陳家欣 26/11 11點半');
    for (const words of ['對調Kelly同陳家欣嘅時間', 'swap Kelly and 陳家欣', 'Kelly同陳家欣個interview調轉']) {
      await office.hr.says(words);
      office.hr.sees(/未能一次過對調多個面試，所以未有執行|cannot swap interviews in one go\. Nothing has been done/);
      expect([await interviewOf(office, 'Kelly Ng'), await interviewOf(office, '陳家欣')]).toEqual([
        '11-26 10:30',
        '11-26 11:30',
      ]);
    }
    await office.hr.says('咁改Kelly去26/11 9點半');
    await office.hr.says('改陳家欣去26/11 10點半');
    expect([await interviewOf(office, 'Kelly Ng'), await interviewOf(office, '陳家欣')]).toEqual([
      '11-26 09:30',
      '11-26 10:30',
    ]);
  });

  test('"top 3" is not picked by a robot; named people are shortlisted at once', async ({ office }) => {
    await peopleOf(office, { 'Kelly Ng': 'applied', 陳家欣: 'applied', 黃志明: 'applied' });
    await office.hr.says('shortlist top 2 for 店務員');
    office.hr.sees(/I cannot pick the best few\. Nothing has been done/);
    expect(await waitingMessages(office)).toEqual([]);
    await office.hr.says('ok then shortlist kelly and 陳家欣');
    expect(await office.stageOf('Kelly Ng')).toBe('shortlisted');
    expect(await office.stageOf('陳家欣')).toBe('shortlisted');
    expect(await office.stageOf('黃志明')).toBe('applied');
    await office.hr.says('undo');
    expect(await office.stageOf('Kelly Ng')).toBe('applied');
  });

  test('everybody of a vacancy is shown by name before the shortlisting', async ({ office }) => {
    await peopleOf(office, { 'Kelly Ng': 'applied', 陳家欣: 'applied', 黃志明: 'interviewed' });
    await office.hr.says('店務員全部入圍');
    office.hr.sees(/我理解為「入圍」.*Kelly Ng.*陳家欣/s);
    office.hr.doesNotSee('黃志明');
    await office.hr.says('等等先');
    expect(await office.stageOf('Kelly Ng')).toBe('applied');
    await office.hr.says('確認');
    expect(await office.stageOf('Kelly Ng')).toBe('shortlisted');
    expect(await office.stageOf('黃志明')).toBe('interviewed');
  });
});

describe('confirm, cancel and undo by words', () => {
  test('a thumb confirms, 算啦 does not, and there is nothing left to confirm', async ({ office }) => {
    await peopleOf(office, { 黃志明: 'interviewed', 陳家欣: 'interviewed' });
    await office.manager.says('PASS!黃志明好掂');
    await office.manager.says('算啦');
    expect(await office.stageOf('黃志明')).toBe('interviewed');
    await office.manager.says('👍');
    office.manager.doesNotSee('已批准');
    await office.manager.says('pass 黃志明 up, approve');
    office.manager.sees(/批准 黃志明|Approve 黃志明/);
    await office.manager.says('👍');
    expect(await office.stageOf('黃志明')).toBe('passed');
    expect(await office.stageOf('陳家欣')).toBe('interviewed');
  });

  test('an approval is taken back in time; two minutes later it is told why not', async ({ office }) => {
    await peopleOf(office, { 'Kelly Ng': 'interviewed' });
    await office.manager.says('kelly嗰邊ok,approve佢啦');
    await office.manager.says('係');
    expect(await office.stageOf('Kelly Ng')).toBe('passed');
    await office.manager.says('撤回');
    expect(await office.stageOf('Kelly Ng')).toBe('interviewed');
    await office.manager.says('批佢');
    await office.manager.says('係');
    await office.passes('PT3M');
    await office.manager.says('undo');
    office.manager.sees(/已過了可復原的時間|too late/);
    expect(await office.stageOf('Kelly Ng')).toBe('passed');
  });

  test('two acts: the one that is named is taken back, the other stays', async ({ office }) => {
    await peopleOf(office, { 湯浩賢: 'applied' });
    await office.hr.says('湯浩賢入圍啦');
    await office.hr.says('記低湯浩賢識日文');
    await office.hr.says('還原啱啱嗰個入圍');
    if (office.hr.heard().join().includes('我理解為')) await office.hr.says('確認');
    expect(await office.stageOf('湯浩賢')).toBe('applied');
    expect(await notesIn(office)).toEqual(['A1003 識日文']);
  });

  test('an approval asked for in the group and in the 1:1 chat are two things', async ({ office }) => {
    await peopleOf(office, { 黃志明: 'interviewed' });
    await office.hr.saysInGroup('批黃志明');
    await office.hr.says('確認');
    office.hr.sees('目前沒有等您確認的事項');
    expect(await office.stageOf('黃志明')).toBe('interviewed');
    await office.hr.saysInGroup('確認');
    expect(await office.stageOf('黃志明')).toBe('passed');
  });
});
