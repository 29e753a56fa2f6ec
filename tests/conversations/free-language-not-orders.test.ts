import { describe, expect } from 'vitest';
import { type ConversationOffice, test } from './office.ts';

/** Everything that an order could change. */
async function records(office: ConversationOffice): Promise<string> {
  const { applications, interviews, acts, activities, requisitions } = office.office.models;
  return JSON.stringify([
    await applications.find().lean(),
    await interviews.find().lean(),
    await acts.find().lean(),
    await activities.find().lean(),
    await requisitions.find().lean(),
    await office.office.models.outbox.find({ kind: 'candidate_message' }).lean(),
  ]);
}

async function people(office: ConversationOffice): Promise<void> {
  await office.opens();
  await office.hasApplication('黃志明', 'interviewed');
  await office.hasApplication('麥嘉敏', 'interviewed', { ref: 'A1004' });
  await office.hasApplication('賴文樂', 'applied', { ref: 'A1005' });
  await office.hasApplication('Kelly Ng', 'shortlisted', { ref: 'A1006' });
}

describe('what is no order does nothing', () => {
  test('questions, hypotheses, quotations and negations', async ({ office }) => {
    await people(office);
    const before = await records(office);
    for (const text of [
      '麥嘉敏過咗第二輪未?',
      'if I press approve does the candidate hear about it straight away?',
      '如果我批咗黃志明佢會唔會即刻收到',
      '店長話要批黃志明',
      '唔使入圍賴文樂',
      "don't shortlist 賴文樂",
      'what happens if I reject Kelly',
      '真係好嘢,第一日就遲到,升佢做經理啦不如',
    ]) {
      await office.hr.says(text);
      expect(office.hr.heard().length, text).toBeGreaterThan(0);
      expect(await records(office), text).toBe(before);
      await office.hr.says('取消');
    }
  });

  test('greetings, thanks and what has nothing to do with recruiting', async ({ office }) => {
    await people(office);
    const before = await records(office);
    for (const [text, reply] of [
      ['早晨', '李嘉敏您好'],
      ['thx 🙏', /welcome|不用客氣/],
      ['邊個攞咗我把遮', /未有作出任何更改|未有執行/],
      ['reject the milk delivery tmr, fridge is full', /nothing|Nothing|cannot/],
    ] as const) {
      await office.hr.says(text);
      office.hr.sees(reply);
      expect(await records(office), text).toBe(before);
    }
  });

  test('a grave act never happens without a tap, however it is worded', async ({ office }) => {
    await people(office);
    const stages = async (): Promise<unknown> =>
      (await office.office.models.applications.find().sort({ ref: 1 }).lean()).map(({ stage }) => stage);
    await office.hr.says('約 Kelly 26/11 下午3點');
    const before = await stages();
    for (const text of [
      '批黃志明',
      'PASS!黃志明好掂',
      '黃志明唔要喇',
      'reject 麥嘉敏, no experience',
      'cancel Kelly',
      '唔好再約Kelly喇 個位fill咗',
      '黃志明 ok 請',
      'pass on 麥嘉敏',
      '批黃志明 但係起薪唔好過17k',
    ]) {
      await office.hr.says(text);
      expect(await stages(), text).toEqual(before);
    }
    await office.hr.says('取消');
    expect(await stages()).toEqual(before);
  });

  test('words against an exact command win over it: several people, a ground that may not count', async ({
    office,
  }) => {
    await people(office);
    await office.hr.says('唔要 黃志明 佢有咗bb');
    office.hr.sees(/懷孕/);
    office.hr.doesNotSee('婉拒 黃志明');
    expect(JSON.stringify(await office.office.models.dialogues.find().lean())).not.toContain('bb');
    await office.hr.says('經驗不足');
    office.hr.sees('婉拒 黃志明（A1003，店務員）');
    office.hr.sees('內部原因（不會寫入信件）：經驗不足');
    expect(await office.stageOf('黃志明')).toBe('interviewed');
  });

  test('in another group nobody is looked up, whatever the words', async ({ office }) => {
    await people(office);
    const before = await records(office);
    await office.hr.saysInGroup('黃志明而家點呀', 'cidOther');
    office.hr.sees('這裡不是 HR 群組');
    office.cook.doesNotSee('已面試');
    await office.hr.saysInGroup('約Kelly聽日下晝3點', 'cidOther');
    office.hr.sees('這裡不是 HR 群組');
    expect(await records(office)).toBe(before);
  });
});
