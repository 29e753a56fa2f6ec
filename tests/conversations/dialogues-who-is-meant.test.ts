import { describe, expect } from 'vitest';
import { applicationOf, canTap, interviewOf, notesIn, peopleOf } from './people-spoken-of.ts';
import { test } from './shared-office.ts';

describe('佢, him, 佢哋', () => {
  test('a manager talks about two people one after the other; each 佢 is the last one', async ({ office }) => {
    await peopleOf(office, { 黃志明: 'interviewed', 'Maria Santos': 'interviewed' });
    await office.manager.says('黃志明點呀');
    await office.manager.says('記低佢識日文');
    office.manager.sees('已為黃志明（A1003）加上備註');
    await office.manager.says('Maria呢?');
    office.manager.sees('Maria Santos（A1004）');
    await office.manager.says('note: she can do weekends');
    office.manager.sees('Noted for Maria Santos (A1004)');
    await office.manager.says('ok approve her');
    office.manager.sees('Approve Maria Santos');
    await office.manager.says('yes');
    expect(await office.stageOf('Maria Santos')).toBe('passed');
    expect(await office.stageOf('黃志明')).toBe('interviewed');
    expect(await notesIn(office)).toEqual(['A1003 佢識日文', 'A1004 she can do weekends']);
  });

  test('佢哋 is the two just spoken of together; both are put on hold and taken off one by one', async ({ office }) => {
    await peopleOf(office, { 黃志明: 'interviewed', 'Maria Santos': 'interviewed', 陳家欣: 'interviewed' });
    await office.manager.says('黃志明同Maria Santos點呀');
    await office.manager.says('擺住佢哋先,等region批');
    office.manager.sees(/1\. 已擱置 黃志明.*2\. 已擱置 Maria Santos/s);
    expect((await applicationOf(office, '黃志明')).holdReason).toBe('region批');
    expect((await applicationOf(office, '陳家欣')).holdUntil).toBeNull();
    await office.manager.says('undo');
    office.manager.sees('「擱置 Maria Santos」');
    expect((await applicationOf(office, 'Maria Santos')).holdUntil).toBeNull();
    expect((await applicationOf(office, '黃志明')).holdUntil).not.toBeNull();
  });

  test('after a quarter of an hour 佢 is nobody: the robot asks, and the name goes on from there', async ({
    office,
  }) => {
    await peopleOf(office, { 黃志明: 'interviewed' });
    await office.manager.says('黃志明而家點');
    await office.passes('PT16M');
    await office.manager.says('唔要佢');
    office.manager.sees('是哪位應徵者？');
    office.manager.doesNotSee('婉拒 黃志明');
    await office.manager.says('黃志明');
    office.manager.sees('婉拒 黃志明（A1003，店務員）');
    expect(await office.stageOf('黃志明')).toBe('interviewed');
  });

  test('in the group 佢 of one person is not 佢 of another; only who was asked can confirm', async ({ office }) => {
    await peopleOf(office, { 黃志明: 'interviewed' });
    await office.helen.saysInGroup('黃志明而家點呀');
    await office.manager.saysInGroup('批佢啦');
    office.manager.sees('黃美玲：是哪位應徵者？');
    await office.manager.saysInGroup('黃志明囉');
    office.manager.sees('黃美玲：批准 黃志明');
    await office.helen.saysInGroup('確認');
    office.helen.sees('這項要由黃美玲本人確認');
    expect(await office.stageOf('黃志明')).toBe('interviewed');
    await office.manager.saysInGroup('確認');
    expect(await office.stageOf('黃志明')).toBe('passed');
  });

  test('佢 behind a name nobody bears is that nobody, not the one spoken of before', async ({ office }) => {
    await peopleOf(office, { 湯浩賢: 'shortlisted' });
    await office.hr.says('湯浩賢點呀');
    office.hr.sees('已入圍');
    await office.hr.says('鄧紫晴先擺住佢');
    office.hr.doesNotSee('已擱置');
    await office.hr.says('取消');
    await office.hr.says('擺住湯浩賢到星期五');
    office.hr.sees('已擱置 湯浩賢 至11月27日（星期五）');
    expect((await applicationOf(office, '湯浩賢')).holdUntil).not.toBeNull();
  });
});

describe('several people fit a name', () => {
  test('「姓黃嗰個」 picks one of two', async ({ office }) => {
    await peopleOf(office, { 黃志明: 'interviewed', 黃曉晴: 'interviewed', 陳志明: 'interviewed' });
    await office.manager.says('批志明');
    office.manager.sees('「志明」有多於一個可能，請選擇：');
    expect(canTap(office, office.manager).join()).not.toContain('黃曉晴');
    await office.manager.says('姓黃嗰個');
    office.manager.sees('批准 黃志明（A1003，店務員）通過面試');
    await office.manager.says('confirm');
    expect(await office.stageOf('黃志明')).toBe('passed');
    expect(await office.stageOf('陳志明')).toBe('interviewed');
  });

  test('「第二個」 picks one, and what was said of the time is kept', async ({ office }) => {
    await peopleOf(office, { 陳家欣: 'shortlisted', 李家欣: 'shortlisted' });
    await office.hr.says('家欣聽日1點見');
    office.hr.sees('「家欣」有多於一個可能');
    await office.hr.says('第二個');
    if (office.hr.heard().join().includes('我理解為')) await office.hr.says('啱');
    office.hr.sees('已約 李家欣 於11月24日（星期二）下午1時');
    await office.hr.says('李家欣點呀');
    office.hr.sees('已約面試');
    expect(await interviewOf(office, '陳家欣')).toBeUndefined();
  });

  test('a button picks one; the one spoken of last stands first', async ({ office }) => {
    await peopleOf(office, { 陳家欣: 'applied', 李家欣: 'applied' });
    await office.hr.says('李家欣而家點呀');
    await office.hr.says('家欣先hold住,budget未批');
    expect(canTap(office, office.hr)[0]).toContain('李家欣');
    await office.hr.presses('陳家欣（店務員，已收到申請，A1003）');
    office.hr.sees('已擱置 陳家欣');
    expect((await applicationOf(office, '李家欣')).holdUntil).toBeNull();
    expect((await applicationOf(office, '陳家欣')).holdReason).toBe('budget未批');
  });
});

describe('nobody has that name', () => {
  test('who is near can be tapped; a number nobody has is said', async ({ office }) => {
    await peopleOf(office, { 陳家欣: 'shortlisted' });
    await office.hr.says('約王家欣星期三3點');
    office.hr.sees('找不到應徵者「王家欣」');
    expect(await office.stageOf('陳家欣')).toBe('shortlisted');
    await office.hr.presses('陳家欣（店務員，已入圍，A1003）');
    office.hr.sees('已約 陳家欣 於11月25日（星期三）下午3時');
    await office.hr.says('undo');
    expect(await interviewOf(office, '陳家欣')).toBeUndefined();
    await office.hr.says('A1999點呀');
    office.hr.sees('A1999');
    office.hr.doesNotSee('陳家欣（A1003）');
  });

  test('a mistyped name is shown before anything is done', async ({ office }) => {
    await peopleOf(office, { 'Kelly Ng': 'applied' });
    await office.hr.says('shortlist Kally Ng');
    office.hr.sees(/I understood "shortlist".*Kelly Ng \(店務員, applied, A1003\)/s);
    expect(await office.stageOf('Kelly Ng')).toBe('applied');
    await office.hr.says('where is Peter at');
    office.hr.sees('I cannot find a candidate "Peter"');
    office.hr.sees('"Shortlisting Kelly Ng" still waits for you');
    await office.hr.says('yes');
    expect(await office.stageOf('Kelly Ng')).toBe('shortlisted');
  });
});

describe('two people talk to the robot in one group at the same time', () => {
  test('each answers the own question; what a third person says answers neither', async ({ office }) => {
    await peopleOf(office, { 'Kelly Ng': 'shortlisted', 黃志明: 'interviewed' });
    await office.hr.saysInGroup('約Kelly見');
    office.hr.sees('李嘉敏：約面試 Kelly Ng：請問約哪日、幾點？');
    await office.manager.saysInGroup('唔要黃志明');
    await office.ivan.saysInGroup('Fri');
    office.ivan.sees('but not what to do or for whom');
    await office.hr.saysInGroup('fri');
    office.hr.sees('李嘉敏：約面試 Kelly Ng 11月27日（星期五）：請問幾點？');
    await office.manager.saysInGroup('因為唔夠經驗');
    office.manager.sees('內部原因（不會寫入信件）');
    await office.hr.saysInGroup('12點半');
    expect(await interviewOf(office, 'Kelly Ng')).toBe('11-27 12:30');
    expect(await office.stageOf('黃志明')).toBe('interviewed');
    await office.manager.saysInGroup('ok');
    expect(await office.stageOf('黃志明')).toBe('rejected');
  });

  test('the same question to two people, each in the own language', async ({ office }) => {
    await peopleOf(office, { 'Kelly Ng': 'shortlisted', 陳家欣: 'shortlisted' });
    await office.hr.saysInGroup('約Kelly見');
    await office.helen.saysInGroup('book 陳家欣');
    office.helen.sees('Helen: Interview with 陳家欣: Which day and time?');
    await office.helen.saysInGroup('26/11');
    await office.hr.saysInGroup('27/11');
    await office.helen.saysInGroup('5pm');
    office.helen.sees('陳家欣: interview (round 1) on Thu 26 Nov, 5:00 pm');
    await office.hr.saysInGroup('6點');
    office.hr.sees('已約 Kelly Ng 於11月27日（星期五）下午6時');
    expect([await interviewOf(office, 'Kelly Ng'), await interviewOf(office, '陳家欣')]).toEqual([
      '11-27 18:00',
      '11-26 17:00',
    ]);
  });
});
