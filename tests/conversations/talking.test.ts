import { describe, expect } from 'vitest';
import { test } from './office.ts';

describe('who may talk, and where', () => {
  test('a stranger and another group get a helpful answer, and nothing is done', async ({ office }) => {
    await office.opens();
    await office.hasApplication('陳家欣');
    await office.cook.says('入圍 陳家欣');
    office.cook.sees(/名單上未有您的資料.*請 HR 經理（周海倫）/);
    expect(await office.stageOf('陳家欣')).toBe('applied');
    await office.hr.saysInGroup('狀態 陳家欣', 'cidOther');
    office.hr.sees('這裡不是 HR 群組');
    office.cook.doesNotSee('陳家欣');
  });

  test('a manager reaches only people of the own branch; telephone numbers are masked in the group', async ({
    office,
  }) => {
    await office.opens();
    await office.hasApplication('陳家欣');
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
    await office.boss2.says('狀態 陳家欣');
    office.boss2.sees('找不到應徵者「陳家欣」');
    await office.manager.says('狀態 陳家欣');
    office.manager.sees('陳家欣（A1003），「店務員」旺角店：已收到申請');
    await office.hr.saysInGroup('狀態 陳家欣');
    office.hr.sees('電話：9123 ****');
    await office.hr.says('狀態 陳家欣');
    office.hr.sees('電話：9123 4567');
  });

  test('help shows only what the asker may do', async ({ office }) => {
    await office.opens();
    await office.hr.says('幫助');
    office.hr.sees('新增應徵者');
    office.hr.doesNotSee('設定品牌');
    await office.helen.says('help');
    office.helen.sees('set brand');
    await office.manager.says('幫助 開職位');
    office.manager.doesNotSee('格式：開職位');
  });
});

describe('how commands may be typed', () => {
  test('forgiving: full width, missing spaces, Simplified, names or numbers', async ({ office }) => {
    await office.opens();
    await office.hasApplication('陳家欣');
    const { activities } = office.office.models;
    for (const text of [
      '備註 陳家欣 只可返朝早更',
      '備註陳家欣只可返朝早更',
      '備註：陳家欣，只可返朝早更',
      '備註 A1003 只可返朝早更',
      '備註 Ｃ１００３ 只可返朝早更',
      '备注 陈家欣 只可返朝早更',
      '唔該備註 家欣 只可返朝早更',
      '備註 陳小姐 只可返朝早更',
    ]) {
      await activities.deleteMany({});
      await office.hr.says(text);
      const notes = await activities.find({ kind: 'noted' }).lean();
      expect(
        notes.map((note) => [note.candidateId, note.text]),
        text,
      ).toEqual([['cand_A1003', '只可返朝早更']]);
    }
  });

  test('a part that is not understood, a negation, an unknown or half-fitting name: nothing is done', async ({
    office,
  }) => {
    await office.opens();
    await office.hasApplication('陳家欣');
    for (const text of ['入圍 王家欣', '唔使入圍 陳家欣', '入圍 陳家欣 得唔得閒', '聽日入圍陳家欣']) {
      await office.hr.says(text);
      expect(office.hr.heard().join('\n'), text).toMatch(
        /找不到應徵者「王家欣」|您說不要做|我未明白「得唔得閒」|「聽日」我跟隨不到/,
      );
      expect(await office.stageOf('陳家欣'), text).toBe('applied');
    }
    await office.hr.says('狀態 王家欣');
    office.hr.sees('會否是：陳家欣（店務員，已收到申請，A1003）');
  });

  test('the answer comes in the language and script of the question', async ({ office }) => {
    await office.opens();
    await office.hasApplication('陳家欣');
    await office.hr.says('狀態 陳家欣');
    office.hr.sees('已收到申請');
    await office.hr.says('状态 陈家欣');
    office.hr.sees('已收到申请');
    await office.hr.says('status 陳家欣');
    office.hr.sees('applied since');
  });
});

describe('questions', () => {
  test('two of one name: the robot asks, by card or by text', async ({ office }) => {
    await office.opens();
    await office.hasApplication('陳家欣');
    await office.hasApplication('李家欣', 'applied', { ref: 'A1004' });
    await office.hr.says('備註 家欣 識日文');
    office.hr.sees('「家欣」有多於一個可能');
    await office.hr.presses('李家欣（店務員，已收到申請，A1004）');
    office.hr.sees('已為李家欣（A1004）加上備註');
    expect((await office.office.models.activities.find({ kind: 'noted' }).lean()).map((note) => note.text)).toEqual([
      '識日文',
    ]);
  });

  test('two people in one group do not disturb each other', async ({ office }) => {
    await office.opens();
    await office.hasApplication('陳家欣');
    await office.hasApplication('李家欣', 'applied', { ref: 'A1004' });
    await office.hr.saysInGroup('備註 家欣 甲');
    await office.helen.saysInGroup('備註 家欣 乙');
    await office.ivan.saysInGroup('1');
    office.ivan.sees('我未明白');
    await office.helen.saysInGroup('2');
    office.helen.sees('已為李家欣（A1004）加上備註');
    await office.hr.saysInGroup('1');
    office.hr.sees('已為陳家欣（A1003）加上備註');
    const notes = await office.office.models.activities.find({ kind: 'noted' }).sort({ candidateId: 1 }).lean();
    expect(notes.map(({ candidateId, text }) => `${candidateId} ${text}`)).toEqual(['cand_A1003 甲', 'cand_A1004 乙']);
  });

  test('a question waits half an hour, and its card says so afterwards', async ({ office }) => {
    await office.opens();
    await office.hasApplication('陳家欣');
    await office.hasApplication('李家欣', 'applied', { ref: 'A1004' });
    await office.hr.says('備註 家欣 識日文');
    await office.passes('PT31M');
    await office.hr.says('1');
    office.hr.sees('這條問題已過時，未有執行');
    expect(await office.office.models.activities.countDocuments({ kind: 'noted' })).toBe(0);
  });
});

describe('a consequential act is shown first, with 確認 and 取消 for the asker only', () => {
  test('in the group: nobody else can confirm it', async ({ office }) => {
    await office.opens();
    await office.hasApplication('陳家欣', 'interviewed');
    await office.hr.saysInGroup('批 陳家欣');
    office.hr.sees('陳家欣');
    expect(await office.stageOf('陳家欣')).toBe('interviewed');
    await office.helen.saysInGroup('確認');
    office.helen.sees('這項要由李嘉敏本人確認');
    expect(await office.stageOf('陳家欣')).toBe('interviewed');
    await office.hr.saysInGroup('取消');
    office.hr.sees('已取消，未有作出任何更改');
    await office.hr.saysInGroup('確認');
    expect(await office.stageOf('陳家欣')).toBe('interviewed');
    await office.hr.saysInGroup('批陳家欣');
    await office.hr.presses('確認');
    expect(await office.stageOf('陳家欣')).toBe('passed');
  });

  test('by card in the 1:1 chat: somebody else who presses it changes nothing, and it answers once', async ({
    office,
  }) => {
    await office.opens();
    await office.hasApplication('陳家欣', 'interviewed');
    await office.hr.says('批 陳家欣');
    const { cards } = office.office.models;
    const card = await cards.findOne({ kind: 'confirmation' }).lean();
    const press = (as: string): Promise<void> =>
      office.act(() =>
        office.desk
          .control('POST', '/press', { as, outTrackId: card?._id, button: 'confirm', force: true })
          .catch(() => {}),
      );
    await press('helen');
    expect(await office.stageOf('陳家欣')).toBe('interviewed');
    await office.hr.presses('確認');
    office.hr.sees('已確認');
    expect(await office.stageOf('陳家欣')).toBe('passed');
    await press('carmen');
    expect(await office.office.models.waitingPlans.countDocuments({})).toBe(1);
    expect((await cards.findOne({ kind: 'confirmation' }).lean())?.closedAt).not.toBeNull();
  });
});

describe('undo', () => {
  test('takes back the last act, state and message together, and the one before it after that', async ({ office }) => {
    await office.opens();
    await office.hr.says('新增應徵者 陳家欣 9123 4567 店務員');
    await office.hr.says('備註 陳家欣 識日文');
    await office.hr.says('復原');
    office.hr.sees('已復原「備註 陳家欣」');
    expect(await office.stageOf('陳家欣')).toBe('applied');
    await office.hr.presses('復原');
    await office.passes('PT10M');
    const outbox = await office.office.models.outbox.find({ kind: 'candidate_message' }).lean();
    expect(outbox.map(({ state, reason }) => [state, reason])).toEqual([['dropped', 'undone']]);
    expect(await office.stageOf('陳家欣')).toBeUndefined();
  });

  test('a tap on the link in the group undoes as well', async ({ office }) => {
    await office.opens();
    await office.hasApplication('陳家欣');
    await office.hr.saysInGroup('備註 陳家欣 識日文');
    await office.hr.presses('復原');
    office.hr.sees('已復原「備註 陳家欣」');
    expect(await office.office.models.activities.countDocuments({ kind: 'noted' })).toBe(0);
  });

  test('after the time is over it says what has gone and what can be done', async ({ office }) => {
    await office.opens();
    await office.hr.says('新增應徵者 陳家欣 9123 4567 店務員');
    await office.passes('PT3M');
    await office.hr.says('復原');
    office.hr.sees(/「新增應徵者 陳家欣」不能復原：「收到申請」.*已向應徵者發出/);
    office.hr.sees('退出');
    expect(await office.stageOf('陳家欣')).toBe('applied');
  });

  test('is refused when there is nothing, and when somebody else has gone on from there', async ({ office }) => {
    await office.opens();
    await office.hr.says('復原');
    office.hr.sees('沒有可以復原的操作');
    await office.hr.says('新增應徵者 陳家欣 9123 4567 店務員');
    await office.helen.says('備註 陳家欣 識日文');
    await office.hr.says('undo');
    office.hr.sees('已有人跟進');
    expect(await office.stageOf('陳家欣')).toBe('applied');
  });
});

describe('what the robot cannot read', () => {
  test('a video is answered kindly; a spent quota is reported once', async ({ office }) => {
    await office.opens();
    await office.act(() =>
      office.desk.control('POST', '/say', {
        as: 'carmen',
        in: 'bot',
        files: [{ name: 'clip.mp4', base64: 'AAAA', as: 'video', duration: 3 }],
      }),
    );
    office.hr.sees('這類訊息我讀不到');
    await office.desk.control('POST', '/quota', { messages: 0 });
    await office.hr.says('狀態 陳家欣');
    await office.manager.says('幫助');
    const reports = await office.office.models.outbox.find({ what: 'quota_spent' }).lean();
    expect(reports.map(({ recipient, occasion }) => [recipient, occasion])).toEqual([['group:hr', 'messages:2026-11']]);
  });
});
