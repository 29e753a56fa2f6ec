import { describe, expect } from 'vitest';
import { candidateOf, waitingCandidate } from './candidate-words.ts';
import { test } from './office.ts';

describe('a candidate answers an invitation in their own words', () => {
  test('coming: the interview is confirmed', async ({ office }) => {
    const kaYan = await candidateOf(office);
    await kaYan.writes('好呀,我會準時到', 'interview_invitation');
    expect((await kaYan.interview()).candidateReply).toBe('attend');
    await kaYan.writes('收到 唔該晒通知', 'interview_confirmed');
    office.hr.doesNotSee('留言');
  });

  test('not coming: the appointment is called off, HR reads why', async ({ office }) => {
    const kaYan = await candidateOf(office);
    await kaYan.writes('唔好意思嗰日要返學 去唔到', 'interview_invitation');
    expect((await kaYan.interview()).state).toBe('cancelled');
    office.hr.sees('不出席');
  });

  test('another time: HR reads the wish, the appointment stands', async ({ office }) => {
    const kaYan = await candidateOf(office);
    await kaYan.writes('可唔可以改星期五下晝', 'interview_invitation');
    expect(await kaYan.interview()).toMatchObject({ state: 'scheduled', candidateReply: 'reschedule' });
    office.hr.sees(/想改期[\s\S]*可唔可以改星期五下晝/);
  });

  test('late: the interviewer hears at once by how much', async ({ office }) => {
    const kaYan = await candidateOf(office);
    await kaYan.writes('塞緊車 遲15分鐘到', 'reminder_2h');
    office.manager.sees(/會遲到約15分鐘，預計下午3時45分到/);
    office.hr.sees('會遲到約15分鐘');
  });

  test('a thumb counts as a yes to a question only', async ({ office }) => {
    const kaYan = await candidateOf(office);
    await kaYan.writes('👍', 'interview_confirmed');
    expect((await kaYan.interview()).candidateReply).not.toBe('attend');
    await kaYan.writes('👍', 'interview_invitation');
    expect((await kaYan.interview()).candidateReply).toBe('attend');
  });

  test('the same words brought again change nothing', async ({ office }) => {
    const kaYan = await candidateOf(office);
    await kaYan.writes('塞緊車 遲15分鐘到', 'reminder_2h', { eventId: 'same' });
    await kaYan.writes('塞緊車 遲15分鐘到', 'reminder_2h', { eventId: 'same' });
    office.manager.doesNotSee('會遲到');
  });

  test("what is not understood reaches HR in the person's own words and changes nothing", async ({ office }) => {
    const kaYan = await candidateOf(office);
    await kaYan.writes('你哋食咗飯未', 'interview_invitation');
    office.hr.sees('你哋食咗飯未');
    expect((await kaYan.interview()).state).toBe('scheduled');
  });
});

describe('a candidate who is a member of the organisation', () => {
  test('writes to the robot 1:1 and is heard as by any other way', async ({ office }) => {
    const kaYan = await candidateOf(office);
    await office.office.models.candidates.updateOne({ _id: kaYan.candidateId }, { staffId: 'cook' });
    await office.cook.says('收到,我會準時到');
    expect((await kaYan.interview()).candidateReply).toBe('attend');
    office.cook.sees('已確認您會出席面試');
    await office.cook.says('STOP');
    office.cook.sees('These messages have been stopped');
    expect((await kaYan.record()).choices.nudgesStoppedAt).not.toBeNull();
  });
});

describe('a stop wins over everything else', () => {
  test('also in a friendly text; what a date needs goes on', async ({ office }) => {
    const kaYan = await candidateOf(office);
    await kaYan.writes('星期四我會到,不過啲故事仔唔好再send俾我', 'interview_invitation');
    expect((await kaYan.record()).choices.newsConsentAt).toBeNull();
    expect((await kaYan.record()).choices.allStoppedAt).toBeNull();
    expect((await kaYan.interview()).candidateReply).toBe('attend');
  });

  test('a yes to another day than the one asked about confirms nothing', async ({ office }) => {
    const kaYan = await candidateOf(office);
    await kaYan.writes('好呀,星期六見', 'interview_invitation');
    expect((await kaYan.interview()).candidateReply).toBeNull();
    office.hr.sees(/系統沒有代為處理[\s\S]*星期六見/);
  });

  test('and is honoured when nobody asked anything', async ({ office }) => {
    const kaYan = await candidateOf(office);
    await kaYan.writes('多謝你哋,以後唔使再搵我喇');
    expect((await kaYan.record()).choices.allStoppedAt).not.toBeNull();
  });
});

describe('a person at once', () => {
  test.for([
    ['等咗成個月都冇消息 請人定玩人呀', '不滿'],
    ['試工嗰日整親條腰,想問點申報', '受傷'],
    ['I would like a copy of my interview record please', '查閱個人資料'],
    ['可唔可以叫個真人打俾我', '致電'],
  ] as const)('%s', async ([text, about], { office }) => {
    const kaYan = await waitingCandidate(office);
    await kaYan.writes(text);
    office.hr.sees(new RegExp(about));
    const cases = await kaYan.cases();
    expect(cases.length + (await kaYan.callTasks())).toBeGreaterThan(0);
    expect((await kaYan.plan()).withPersonSince).not.toBeNull();
  });

  test('automatic reminders rest after an angry word', async ({ office }) => {
    const kaYan = await waitingCandidate(office);
    await kaYan.writes('成日send send send 煩唔煩呀你哋', 'silence_checkin');
    expect((await kaYan.plan()).withPersonSince).not.toBeNull();
  });

  test('somebody else who answers changes nothing', async ({ office }) => {
    const kaYan = await candidateOf(office);
    await kaYan.writes('我係佢阿哥,佢留低咗部電話喺屋企', 'reminder_2h');
    expect(await kaYan.interview()).toMatchObject({ state: 'scheduled', candidateReply: null });
    office.hr.sees('我係佢阿哥');
  });
});
