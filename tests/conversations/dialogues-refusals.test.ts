import { describe, expect } from 'vitest';
import type { ConversationOffice } from './office.ts';
import { applicationOf, canTap, interviewOf, notesIn, peopleOf, waitingMessages } from './people-spoken-of.ts';
import { test } from './shared-office.ts';

const events = async (office: ConversationOffice): Promise<string[]> =>
  (await office.office.models.complianceEvents.find().sort({ at: 1, _id: 1 }).lean()).map(
    ({ flag, act, outcome }) => `${flag} ${act} ${outcome}`,
  );

/** Everything that is kept about people, as one text. */
async function kept(office: ConversationOffice): Promise<string> {
  const { applications, candidates, activities, acts, dialogues, readings, complianceEvents } = office.office.models;
  return JSON.stringify([
    await applications.find().lean(),
    await candidates.find().lean(),
    await activities.find().lean(),
    await acts.find().lean(),
    await dialogues.find().lean(),
    await readings.find().lean(),
    await complianceEvents.find().lean(),
  ]);
}

describe('a reason that may not count', () => {
  test('a manager insists on age twice, and goes on with a reason about the work', async ({ office }) => {
    await peopleOf(office, { 黃志明: 'interviewed' });
    await office.manager.says('黃志明太老喇 唔要');
    office.manager.sees('年齡不能用來取捨應徵者');
    office.manager.sees('請給我一個與工作有關的原因');
    await office.manager.says('但係佢真係好老');
    office.manager.sees('年齡不能用來取捨應徵者');
    await office.manager.says('未試過企樓面');
    office.manager.sees('內部原因（不會寫入信件）：未試過企樓面');
    expect(await office.stageOf('黃志明')).toBe('interviewed');
    await office.manager.says('confirm');
    expect(await office.stageOf('黃志明')).toBe('rejected');
    expect(await events(office)).toEqual(['AGE reject refused', 'AGE reject refused']);
    expect(await kept(office)).not.toMatch(/好老|太老/);
  });

  test('in English, with a typo: origin is refused, weekends are a reason', async ({ office }) => {
    await peopleOf(office, { 'Maria Santos': 'interviewed' });
    await office.manager.says('reject Maria, shes filipino');
    office.manager.sees('race, origin, religion or accent may not decide who is hired');
    await office.manager.says("can't work weekends");
    office.manager.sees("Reason (internal, not in the letter): can't work weekends");
    await office.manager.says('yes');
    expect(await office.stageOf('Maria Santos')).toBe('rejected');
    expect(await events(office)).toEqual(['RDO reject refused']);
    expect(await kept(office)).not.toMatch(/filipino/i);
  });

  test('in Simplified: pregnancy is refused, and 取消 leaves everything as it was', async ({ office }) => {
    await peopleOf(office, { 陈家欣: 'interviewed' });
    await office.manager.says('不要陈家欣，她怀孕了');
    office.manager.sees('性别、怀孕或婚姻状况不能用来取舍应征者');
    await office.manager.says('取消');
    office.manager.sees('已取消');
    await office.manager.says('陈家欣现在怎样');
    office.manager.sees('已面试');
    expect(await office.stageOf('陈家欣')).toBe('interviewed');
    expect(await kept(office)).not.toMatch(/怀孕|懷孕了/);
  });

  test('said after the rejection is shown: it is not taken as its reason either', async ({ office }) => {
    await peopleOf(office, { 黃志明: 'interviewed' });
    await office.manager.says('唔要黃志明');
    office.manager.sees('婉拒 黃志明');
    await office.manager.says('因為佢有咗BB');
    office.manager.sees('性別、懷孕或婚姻狀況不能用來取捨應徵者');
    await office.manager.says('未能返夜更');
    office.manager.sees('內部原因（不會寫入信件）：未能返夜更');
    await office.manager.says('係');
    expect(await office.stageOf('黃志明')).toBe('rejected');
    expect(await events(office)).toEqual(['SDO reject refused']);
  });

  test('a filter by sex lists nobody; the plain list comes', async ({ office }) => {
    await peopleOf(office, { 'Maria Santos': 'applied' });
    await office.hr.says('list all male applicants');
    office.hr.sees('sex, pregnancy or marital status may not decide who is hired');
    office.hr.doesNotSee('Maria Santos');
    await office.hr.says('應徵者名單');
    office.hr.sees('Maria Santos（店務員，已收到申請，A1003）');
    await office.hr.says('Maria入圍啦');
    expect(await office.stageOf('Maria Santos')).toBe('shortlisted');
    expect(await events(office)).toEqual(['SDO list refused']);
  });
});

describe('what may not be asked for or kept', () => {
  test('an identity card before acceptance is refused, with what may be asked; the approval goes on', async ({
    office,
  }) => {
    await peopleOf(office, { 陳家欣: 'interviewed' });
    await office.hr.says('叫陳家欣俾張身份證副本我');
    office.hr.sees('身份證號碼或副本要待應徵者接受聘用後才可收取');
    office.hr.sees('是否可在香港合法工作');
    expect(await waitingMessages(office)).toEqual([]);
    await office.hr.says('批佢');
    office.hr.sees('批准 陳家欣');
    await office.hr.says('確認');
    expect(await office.stageOf('陳家欣')).toBe('passed');
    expect(await events(office)).toEqual(['HKID_EARLY send_message refused']);
  });

  test('a note loses what is private, keeps what matters for the work, and is asked for again when nothing is left', async ({
    office,
  }) => {
    await peopleOf(office, { 黃志明: 'interviewed' });
    await office.manager.says('備註 黃志明 唔企得耐,盡量排收銀,佢做過膝頭手術');
    office.manager.sees('健康、家庭等私人資料沒有儲存');
    await office.manager.says('佢媽媽入咗院 記低');
    office.manager.sees('這句只有健康、家庭等私人資料，所以沒有儲存');
    await office.manager.says('星期五前唔好打電話');
    expect(await notesIn(office)).toEqual(['A1003 唔企得耐,盡量排收銀', 'A1003 星期五前唔好打電話']);
    expect(await kept(office)).not.toMatch(/手術|入咗院/);
    expect(await events(office)).toEqual(['SENSITIVE note left_out', 'SENSITIVE note left_out']);
  });

  test('an identity card number typed by mistake is never stored', async ({ office }) => {
    await peopleOf(office, { 陳家欣: 'interviewed' });
    await office.hr.says('記低陳家欣 A123456(3)');
    office.hr.sees('訊息中的身份證號碼沒有被儲存');
    await office.hr.says('取消');
    await office.hr.says('記低陳家欣識日文');
    office.hr.sees('已為陳家欣（A1003）加上備註');
    expect(await kept(office)).not.toContain('A123456');
    expect(await notesIn(office)).toContain('A1003 識日文');
  });
});

describe('what the robot cannot do yet', () => {
  test('a score is not recorded and not reported as recorded; a note is', async ({ office }) => {
    await peopleOf(office, { 'Kelly Ng': 'interviewed' });
    await office.manager.says('俾Kelly 8分');
    office.manager.sees(/明白您想：評分：Kelly.*我未能記錄評分，所以未有執行.*可先記作備註/s);
    office.manager.sees('周海倫');
    expect(await office.office.models.acts.countDocuments()).toBe(0);
    await office.manager.says('咁幫我記低Kelly 表達清楚');
    office.manager.sees('已為Kelly Ng（A1003）加上備註');
    await office.manager.says('復原');
    expect(await notesIn(office)).toEqual([]);
  });

  test('a report, blind selection and a message in own words: said plainly, nothing leaves', async ({ office }) => {
    await peopleOf(office, { 'Kelly Ng': 'shortlisted' });
    await office.hr.says('weekly report plz');
    office.hr.sees(/I understand: a report\.\s+I cannot make reports yet\. Nothing has been done/);
    await office.hr.says('開盲選');
    office.hr.sees('我未能隱藏姓名及相片（盲選），所以未有執行');
    await office.hr.says('tell Kelly to bring her cert');
    office.hr.sees(/send a message: Kelly.*Nothing has been done.*phone, text or e-mail/s);
    expect(await waitingMessages(office)).toEqual([]);
    await office.hr.presses('Keep it as a note');
    expect(await notesIn(office)).toEqual([expect.stringContaining('bring her cert')]);
    expect(await waitingMessages(office)).toEqual([]);
  });

  test('two times in order of preference become two buttons', async ({ office }) => {
    await peopleOf(office, { 'Kelly Ng': 'shortlisted' });
    await office.hr.says('約Kelly Ng,星期四2點得就2點,唔得就星期五同一時間');
    office.hr.sees('我未能按次序試不同時間');
    expect(await interviewOf(office, 'Kelly Ng')).toBeUndefined();
    expect(canTap(office, office.hr)).toContain('11月26日（星期四）下午2時');
    await office.hr.presses('11月27日（星期五）下午2時');
    expect(await interviewOf(office, 'Kelly Ng')).toBe('11-27 14:00');
    await office.hr.says('undo');
    expect(await interviewOf(office, 'Kelly Ng')).toBeUndefined();
  });

  test('what is no order does nothing: a supposition, somebody else’s words, a joke', async ({ office }) => {
    await peopleOf(office, { 黃志明: 'interviewed' });
    await office.manager.says('如果我批咗黃志明佢會唔會即刻收到');
    await office.manager.says('店長話要批黃志明');
    office.manager.sees(/這句是轉述別人的話，我未有執行|我未能肯定您是否真的要做/);
    await office.manager.says('取消');
    await office.manager.says('真係好嘢,第一日就遲到,升佢做經理啦不如');
    await office.manager.says('確認');
    office.manager.sees('目前沒有等您確認的事項');
    expect(await office.stageOf('黃志明')).toBe('interviewed');
    expect((await applicationOf(office, '黃志明')).holdUntil).toBeNull();
    expect(await office.office.models.acts.countDocuments()).toBe(0);
  });
});
