import { describe, expect } from 'vitest';
import { test } from './office.ts';

describe('who is meant', () => {
  test('two of one name: buttons, the one spoken of last first', async ({ office }) => {
    await office.opens();
    await office.hasApplication('陳家欣', 'applied');
    await office.hasApplication('李家欣', 'applied', { ref: 'A1004' });
    await office.hr.says('李家欣而家點呀');
    await office.hr.says('家欣先hold住,budget未批');
    office.hr.sees('「家欣」有多於一個可能');
    const buttons = office.newFor('carmen').flatMap(({ card }) => card?.buttons ?? []);
    expect(buttons.map((button) => ('label' in button ? button.label : ''))).toEqual([
      '李家欣（店務員，已收到申請，A1004）',
      '陳家欣（店務員，已收到申請，A1003）',
      '取消',
    ]);
    await office.hr.presses('陳家欣（店務員，已收到申請，A1003）');
    office.hr.sees('已擱置 陳家欣');
  });

  test('a name nobody bears: who is near can be picked; a typo is shown before it is done', async ({ office }) => {
    await office.opens();
    await office.hasApplication('陳家欣', 'shortlisted');
    await office.hr.says('約王家欣聽日3點');
    office.hr.sees('找不到應徵者「王家欣」');
    office.hr.sees('會否是：陳家欣（店務員，已入圍，A1003）');
    expect(await office.stageOf('陳家欣')).toBe('shortlisted');
    await office.hr.presses('陳家欣（店務員，已入圍，A1003）');
    office.hr.sees('已約 陳家欣 於11月24日（星期二）下午3時');
    await office.hr.says('復原');

    await office.hr.says('陳嘉欣入圍啦');
    expect(await office.stageOf('陳家欣')).toBe('shortlisted');
    office.hr.sees(/陳家欣/);
  });

  test('「佢」 is the one just spoken of, by the same person, in the same conversation, for a while', async ({
    office,
  }) => {
    await office.opens();
    await office.hasApplication('黃志明', 'interviewed');
    await office.hasApplication('Maria Santos', 'interviewed', { ref: 'A1004' });
    await office.hr.says('黃志明點呀');
    office.hr.sees('已面試，待決定');
    await office.hr.says('擺住佢先');
    office.hr.sees('已擱置 黃志明');
    // Somebody else has spoken of nobody.
    await office.helen.says('擺住佢先');
    office.helen.sees('是哪位應徵者');
    // Nor has the same person elsewhere.
    await office.hr.saysInGroup('擺住佢先');
    office.hr.sees('是哪位應徵者');
    await office.hr.says('批佢');
    office.hr.sees('批准 黃志明');
    await office.hr.says('取消');
    await office.passes('PT16M');
    await office.hr.says('批佢');
    office.hr.sees('是哪位應徵者');
  });

  test('「佢」 behind a name nobody bears, or in the words of a note, is not the one just spoken of', async ({
    office,
  }) => {
    await office.opens();
    await office.hasApplication('湯浩賢', 'shortlisted');
    const untouched = async (): Promise<void> => {
      expect((await office.office.models.applications.findById('app_A1003').lean())?.holdUntil).toBeNull();
      expect(await office.office.models.activities.countDocuments({ kind: 'noted' })).toBe(0);
    };
    for (const text of [
      '文軒這個先放一放,下週三再決定佢',
      '甘敏兒備註:唔企得耐,佢做過膝頭手術',
      '曉楠先放一放佢,下星期再諗',
      'hold Sunil till he calls back',
    ]) {
      await office.hr.says('湯浩賢點呀');
      await office.hr.says(text);
      await untouched();
      await office.hr.says('取消');
    }
  });

  test('a manager cannot reach people of other branches by any words', async ({ office }) => {
    await office.opens();
    await office.hasApplication('黃志明', 'interviewed');
    await office.office.models.staff.create({
      _id: 'boss2',
      unionId: null,
      name: '梁國強',
      englishName: null,
      foldedNames: [],
      title: null,
      roles: ['hiring_manager'],
      superiorStaffId: null,
      branchIds: [],
      active: true,
    });
    for (const text of ['黃志明而家去到邊步?', '批黃志明', 'A1003點呀', '黃志名點呀', '今日有邊個嚟見工']) {
      await office.boss2.says(text);
      office.boss2.doesNotSee(/已面試|店務員，/);
      expect(await office.stageOf('黃志明')).toBe('interviewed');
      await office.boss2.says('取消');
    }
  });
});

describe('an open question', () => {
  test('is answered by fragments, one thing at a time', async ({ office }) => {
    await office.opens({ cards: false });
    await office.hasApplication('Kelly Ng', 'shortlisted');
    await office.hr.says('約Kelly見');
    office.hr.sees('請問約哪日、幾點？');
    await office.hr.says('星期五');
    office.hr.sees('請問幾點？');
    await office.hr.says('下晝4點');
    office.hr.sees('已約 Kelly Ng 於11月27日（星期五）下午4時');
  });

  test('stays open beside a question, and is dropped by a new order, which says so', async ({ office }) => {
    await office.opens();
    await office.hasApplication('Kelly Ng', 'shortlisted');
    await office.hasApplication('黃志明', 'interviewed', { ref: 'A1004' });
    await office.hr.says('約Kelly見');
    await office.hr.says('黃志明點呀');
    office.hr.sees('已面試，待決定');
    await office.hr.says('聽日下晝3點');
    office.hr.sees('已約 Kelly Ng 於11月24日（星期二）下午3時');

    await office.hr.says('批黃志明');
    await office.hr.says('記低:Kelly Ng識整奶茶');
    office.hr.sees('未完成的「批准 黃志明」已取消');
    office.hr.sees('已為Kelly Ng（A1003）加上備註');
    await office.hr.says('確認');
    office.hr.sees('目前沒有等您確認的事項');
    expect(await office.stageOf('黃志明')).toBe('interviewed');
  });

  test('is corrected: 唔係,係Kelly; another clock keeps the day', async ({ office }) => {
    await office.opens();
    await office.hasApplication('黃志明', 'interviewed');
    await office.hasApplication('Maria Santos', 'interviewed', { ref: 'A1004' });
    await office.hr.says('批黃志明');
    office.hr.sees('批准 黃志明');
    await office.hr.says('唔係,係Maria');
    office.hr.sees('批准 Maria Santos');
    await office.hr.says('確認');
    expect(await office.stageOf('Maria Santos')).toBe('passed');
    expect(await office.stageOf('黃志明')).toBe('interviewed');
  });

  test('of one person in a group is not answered by another', async ({ office }) => {
    await office.opens();
    await office.hasApplication('Kelly Ng', 'shortlisted');
    await office.hasApplication('黃志明', 'interviewed', { ref: 'A1004' });
    await office.hr.saysInGroup('約Kelly見');
    await office.helen.saysInGroup('批黃志明');
    await office.ivan.saysInGroup('聽日下晝3點');
    expect(await office.stageOf('Kelly Ng')).toBe('shortlisted');
    await office.helen.saysInGroup('確認');
    expect(await office.stageOf('黃志明')).toBe('passed');
    await office.hr.saysInGroup('聽日下晝3點');
    office.hr.sees('已約 Kelly Ng');
    expect(await office.stageOf('Kelly Ng')).toBe('interview');
  });
});
