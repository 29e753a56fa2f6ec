import { describe, expect } from 'vitest';
import { type ConversationOffice, test } from './office.ts';

const notes = (office: ConversationOffice) => office.office.models.activities.find({ kind: 'noted' }).lean();
const events = (office: ConversationOffice) =>
  office.office.models.complianceEvents.find().sort({ at: 1, _id: 1 }).lean();
const applicationOf = (office: ConversationOffice) => office.office.models.applications.findOne().lean();

/** Everything the product keeps, as text: what may not be stored is nowhere in it. */
async function everythingKept(office: ConversationOffice): Promise<string> {
  const { models } = office.office;
  const kept = await Promise.all(
    [models.applications, models.candidates, models.activities, models.auditEntries, models.acts, models.dialogues].map(
      (model) => (model as typeof models.applications).find().lean(),
    ),
  );
  const others = await Promise.all([
    models.readings.find().lean(),
    models.readingReviews.find().lean(),
    models.complianceEvents.find().lean(),
    models.decisionRequests.find().lean(),
  ]);
  return JSON.stringify([kept, others]);
}

describe('a reason on a protected ground', () => {
  test('is refused kindly; a reason about the work completes the order', async ({ office }) => {
    await office.opens();
    await office.hasApplication('陳家欣', 'interview');
    await office.hr.says('唔要陳家欣,佢大肚');
    office.hr.sees('性別、懷孕或婚姻狀況不能用來取捨應徵者');
    office.hr.sees('《性別歧視條例》');
    office.hr.sees('例如「經驗不足」');
    expect(await office.stageOf('陳家欣')).toBe('interview');

    await office.hr.says('經驗不足');
    office.hr.sees('婉拒 陳家欣');
    office.hr.sees('內部原因（不會寫入信件）：經驗不足');
    expect(await office.stageOf('陳家欣')).toBe('interview');
    await office.hr.presses('確認');
    office.hr.sees('已婉拒 陳家欣');
    expect(await office.stageOf('陳家欣')).toBe('rejected');
    expect(await everythingKept(office)).not.toContain('大肚');
    expect(await events(office)).toMatchObject([{ staffId: 'carmen', flag: 'SDO', act: 'reject', outcome: 'refused' }]);
  });

  test('is refused however it is put, 唔好請 too: that is no order not to do something', async ({ office }) => {
    await office.opens();
    await office.hasApplication('陳家欣', 'interview');
    await office.hr.says('陳家欣有咗bb,唔好請佢');
    office.hr.sees('性別、懷孕或婚姻狀況不能用來取捨應徵者');
    expect(await office.stageOf('陳家欣')).toBe('interview');
    expect(await events(office)).toMatchObject([{ staffId: 'carmen', flag: 'SDO', outcome: 'refused' }]);
  });

  test('is refused again when the answer names another one', async ({ office }) => {
    await office.opens();
    await office.hasApplication('陳家欣', 'interview');
    await office.hr.says('唔要陳家欣,佢大肚');
    await office.hr.says('咁佢係印度人');
    office.hr.sees('種族、原籍、宗教或口音');
    await office.hr.says('未能返周末');
    office.hr.sees('內部原因（不會寫入信件）：未能返周末');
    expect(await everythingKept(office)).not.toMatch(/大肚|印度人/);
    expect((await events(office)).map(({ flag }) => flag).sort()).toEqual(['RDO', 'SDO']);
  });

  test('can be dropped with 取消', async ({ office }) => {
    await office.opens();
    await office.hasApplication('陳家欣', 'interview');
    await office.hr.says('擺住陳家欣,佢要湊仔');
    office.hr.sees('照顧家人的責任');
    await office.hr.says('取消');
    office.hr.sees('已取消');
    expect((await applicationOf(office))?.holdUntil).toBeNull();
  });

  test('in English it is answered in English, in Simplified in Simplified', async ({ office }) => {
    await office.opens();
    await office.hasApplication('陳家欣', 'interview');
    await office.hr.says("reject 陳家欣, she's pregnant");
    office.hr.sees('sex, pregnancy or marital status may not decide who is hired');
    office.hr.sees('such as "not enough experience"');
    await office.hr.says('取消');
    await office.hr.says('不要陈家欣，她怀孕了');
    office.hr.sees('性别、怀孕或婚姻状况不能用来取舍应征者');
  });

  test('as a filter or requirement: nothing is listed or opened', async ({ office }) => {
    await office.opens();
    const before = await office.office.models.requisitions.countDocuments();
    await office.hr.says('請多個店員,要後生啲,三十歲以下');
    office.hr.sees('年齡不能用來取捨應徵者');
    office.hr.sees('請改寫成工作要求');
    await office.hr.says('列出未婚嘅應徵者');
    office.hr.sees('性別、懷孕或婚姻狀況');
    office.hr.sees('例如「可返夜更」');
    expect(await office.office.models.requisitions.countDocuments()).toBe(before);
  });
});

describe('an identity card', () => {
  test('is not asked for before acceptance; it is said what may be asked instead', async ({ office }) => {
    await office.opens();
    await office.hasApplication('陳家欣', 'interview');
    await office.hr.says('叫陳家欣帶身份證副本嚟面試');
    office.hr.sees('身份證號碼或副本要待應徵者接受聘用後才可收取');
    office.hr.sees('是否可在香港合法工作');
    expect(await events(office)).toMatchObject([{ flag: 'HKID_EARLY', outcome: 'refused' }]);
  });
});

describe('a note', () => {
  test('keeps the practical limit and leaves health out, and says so', async ({ office }) => {
    await office.opens();
    await office.hasApplication('陳家欣', 'interview');
    await office.hr.says('備註 陳家欣 唔企得耐,盡量排收銀,佢做過膝頭手術');
    office.hr.sees('已為陳家欣');
    office.hr.sees('健康、家庭等私人資料沒有儲存');
    expect(await notes(office)).toMatchObject([{ text: '唔企得耐,盡量排收銀' }]);
    expect(await everythingKept(office)).not.toContain('手術');
    expect(await events(office)).toMatchObject([{ flag: 'SENSITIVE', act: 'note', outcome: 'left_out' }]);
  });

  test('that holds nothing else is asked for again', async ({ office }) => {
    await office.opens();
    await office.hasApplication('陳家欣', 'interview');
    await office.hr.says('備註 陳家欣 佢家姐過身');
    office.hr.sees('請寫下工作上的安排');
    await office.hr.says('星期五前唔好打電話');
    expect(await notes(office)).toMatchObject([{ text: '星期五前唔好打電話' }]);
  });

  test('on a protected ground is not stored', async ({ office }) => {
    await office.opens();
    await office.hasApplication('陳家欣', 'interview');
    await office.hr.says('備註 陳家欣 啱啱結婚,遲早大肚,慎用');
    office.hr.sees('性別、懷孕或婚姻狀況');
    expect(await notes(office)).toEqual([]);
    await office.hr.says('收銀未熟');
    expect(await notes(office)).toMatchObject([{ text: '收銀未熟' }]);
    expect(await everythingKept(office)).not.toMatch(/結婚|大肚/);
  });
});

describe('a decision card', () => {
  test('does not take a reason on a ground, and takes one about the work', async ({ office }) => {
    await office.opens();
    await office.hasApplication('陳家欣', 'shortlisted');
    await office.hr.says('約 家欣 今日下午2點');
    await office.passes('PT5H');
    await office.manager.presses('不合適', { reason: '佢有兩個細路要湊' });
    office.manager.sees('請改寫與工作有關的原因');
    office.manager.sees('照顧家人的責任不能用來取捨應徵者');
    expect((await office.office.models.decisionRequests.findOne().lean())?.state).toBe('open');
    await office.manager.presses('不合適', { reason: '當值時間未能配合' });
    office.manager.sees('已決定：不合適');
    expect(await everythingKept(office)).not.toContain('細路');
    expect(await events(office)).toMatchObject([{ staffId: 'gloria', flag: 'FSDO', outcome: 'refused' }]);
  });
});

describe('the count', () => {
  test('shows HR managers who met which ground and when, without content, and nobody else', async ({ office }) => {
    await office.opens();
    await office.hasApplication('陳家欣', 'interview');
    await office.manager.says('唔要陳家欣,佢大肚');
    await office.hr.says('備註 陳家欣 唔企得耐,佢做過膝頭手術');
    await office.hr.says('合規統計');
    office.hr.doesNotSee('近90日共');
    await office.helen.says('合規統計');
    office.helen.sees('近90日共2次');
    office.helen.sees('性別、懷孕或婚姻狀況：未有執行1次');
    office.helen.sees('健康或家庭資料：略去1次');
    office.helen.sees('黃美玲：未有執行1次');
    office.helen.doesNotSee(/大肚|手術|陳家欣/);
  });

  test('ends on its purge day', async ({ office }) => {
    await office.opens();
    await office.hasApplication('陳家欣', 'interview');
    await office.hr.says('唔要陳家欣,佢大肚');
    expect(await events(office)).toHaveLength(1);
    await office.office.models.complianceEvents.updateMany({}, { purgeAt: new Date('2026-11-24T00:00:00+08:00') });
    await office.passes('P2D');
    expect(await events(office)).toEqual([]);
  });
});
