import { describe, expect } from 'vitest';
import { type Phone, test } from './office.ts';

/** Certain readings are done at once, less certain ones after a tap: taps when asked. */
async function agreed(phone: Phone): Promise<void> {
  const told = phone.heard().join('\n');
  if (told.includes('我理解為')) await phone.presses('確認');
  if (told.includes('I understood')) await phone.presses('Confirm');
}

const nothingDone = /未有作出任何更改|所以未有執行|未有更改|nothing/i;

describe('an order in anybody’s words', () => {
  test('is done when person, act and time are certain, and can be taken back', async ({ office }) => {
    await office.opens();
    await office.hasApplication('湯浩賢', 'applied');
    await office.hasApplication('黃志明', 'shortlisted', { ref: 'A1004' });

    await office.hr.says('湯浩賢個profile唔錯喎 入圍啦');
    office.hr.sees('湯浩賢 已入圍');
    expect(await office.stageOf('湯浩賢')).toBe('shortlisted');

    await office.hr.says('約黃志明聽日下晝3點半面試,我同Ivan見');
    office.hr.sees(/已約 黃志明 於11月24日（星期二）下午3時30分.*面試官：李嘉敏、何志偉/);
    expect(await office.stageOf('黃志明')).toBe('interview');
    await office.hr.says('oops undo last');
    office.hr.sees('"約 黃志明 面試" has been undone');
    expect(await office.stageOf('黃志明')).toBe('shortlisted');
  });

  test('moves an appointment by a length, to another day at the same clock, or to a clock on its own day', async ({
    office,
  }) => {
    await office.opens();
    await office.hasApplication('Kelly Ng', 'shortlisted');
    await office.hr.says('約 Kelly 聽日下午3點');

    const startsAt = async (): Promise<string | undefined> =>
      (await office.office.models.interviews.findOne({ state: 'scheduled' }).lean())?.startAt.toISOString();
    await office.hr.says("push Kelly's 3pm back 1hr");
    await agreed(office.hr);
    expect(await startsAt()).toBe('2026-11-24T08:00:00.000Z');

    await office.hr.says('改Kelly去星期五同一時間');
    await agreed(office.hr);
    expect(await startsAt()).toBe('2026-11-27T08:00:00.000Z');

    await office.hr.says('改Kelly 5點');
    await agreed(office.hr);
    expect(await startsAt()).toBe('2026-11-27T09:00:00.000Z');
  });

  test('that is grave is shown first whatever the words', async ({ office }) => {
    await office.opens();
    await office.hasApplication('黃志明', 'interviewed');
    await office.hasApplication('Maria Santos', 'interviewed', { ref: 'A1004' });
    await office.hasApplication('Kelly Ng', 'shortlisted', { ref: 'A1005' });
    await office.hr.says('約 Kelly 26/11 下午3點');

    await office.manager.says('黃志明 ok 請');
    office.manager.sees('批准 黃志明（A1003，店務員）通過面試');
    expect(await office.stageOf('黃志明')).toBe('interviewed');
    await office.manager.presses('確認');
    expect(await office.stageOf('黃志明')).toBe('passed');

    await office.hr.says('cancel Kelly, she found another job');
    office.hr.sees(/Call off the interview with Kelly Ng on Thu 26 Nov, 3:00 pm\. Reason: the candidate asked/);
    expect(await office.stageOf('Kelly Ng')).toBe('interview');
    await office.hr.presses('Confirm');
    expect(await office.stageOf('Kelly Ng')).toBe('shortlisted');
  });

  test('records calls, notes, holds, branches and who did not come', async ({ office }) => {
    await office.opens();
    await office.hasApplication('范詠琳', 'passed');
    await office.hasApplication('林柏熹', 'shortlisted', { ref: 'A1004' });

    await office.hr.says('記低:林柏熹識整奶茶');
    office.hr.sees('已為林柏熹（A1004）加上備註');
    const note = await office.office.models.activities.findOne({ kind: 'noted' }).lean();
    expect(note?.text).toBe('識整奶茶');

    await office.hr.says('林柏熹先hold住,budget未批');
    office.hr.sees('已擱置 林柏熹');
    expect((await office.office.models.applications.findById('app_A1004').lean())?.holdReason).toBe('budget未批');

    await office.hr.says('打咗俾范詠琳 冇人聽 留咗口訊');
    office.hr.sees('已記錄致電 范詠琳：已留言');

    await office.hr.says('范詠琳派去旺角店');
    await agreed(office.hr);
    office.hr.sees('已派 范詠琳 到旺角店');
    expect((await office.office.models.applications.findById('app_A1003').lean())?.branchId).toBe('br_mk');
  });

  test('notes who did not come, turns people down with the letter shown, pauses and resumes messages', async ({
    office,
  }) => {
    await office.opens();
    await office.hasApplication('Kelly Ng', 'shortlisted');
    await office.hasApplication('黃志明', 'interviewed', { ref: 'A1004' });
    await office.hasApplication('Maria Santos', 'applied', { ref: 'A1005' });

    await office.hr.says('reject Maria Santos, no food hygiene cert');
    office.hr.sees(/Turn down Maria Santos.*Reason \(internal, not in the letter\): no food hygiene cert/s);
    await office.hr.presses('Confirm');
    expect(await office.stageOf('Maria Santos')).toBe('rejected');

    await office.hr.says('批黃志明');
    await office.hr.presses('確認');
    await office.hr.says('暫停發訊息俾黃志明到下星期五');
    office.hr.sees('已暫停向 黃志明 發送提示，至12月4日（星期五）');
    await office.hr.says('可以再send返reminder俾黃志明');
    office.hr.sees('已恢復向 黃志明 發送提示');

    await office.hr.says('約 Kelly 今日下午2點');
    await office.passes('PT4H20M');
    await office.hr.says('等咗半個鐘,Kelly冇出現');
    office.hr.sees('已記錄 Kelly Ng 缺席面試');
    expect(await office.stageOf('Kelly Ng')).toBe('no_show');
  });

  test('takes back only the act that is named', async ({ office }) => {
    await office.opens();
    await office.hasApplication('湯浩賢', 'applied');
    await office.hr.says('湯浩賢入圍啦');
    await office.hr.says('記低湯浩賢識日文');
    await office.hr.says('還原啱啱嗰個入圍');
    await agreed(office.hr);
    office.hr.sees('已復原「入圍 湯浩賢」');
    expect(await office.stageOf('湯浩賢')).toBe('applied');
    expect(await office.office.models.activities.countDocuments({ kind: 'noted' })).toBe(1);
    await office.hr.says('復原 約');
    office.hr.sees('您最近一次操作是「備註 湯浩賢」');
    expect(await office.office.models.activities.countDocuments({ kind: 'noted' })).toBe(1);
    await office.hr.says('undo');
    office.hr.sees('已復原「備註 湯浩賢」');
  });

  test('asks and lists: where somebody stands, who comes, how it works', async ({ office }) => {
    await office.opens();
    await office.hasApplication('家欣', 'shortlisted');
    await office.hr.says('家欣而家去到邊步?');
    office.hr.sees('已入圍');
    await office.hr.says('any update on 家欣?');
    office.hr.sees('shortlisted since');

    await office.hr.says('約 家欣 今日下午4點');
    await office.hr.says('今日有邊個嚟見工');
    office.hr.sees(/11月23日（星期一）的面試：/);
    office.hr.sees(/下午4時　家欣（A1003，店務員）/);
    await office.hr.says('點用㗎呢個bot');
    office.hr.sees('您可以輸入');
  });

  test('opens vacancies, and says what of the wish a vacancy does not keep', async ({ office }) => {
    await office.opens();
    await office.hr.says('need a cashier for MK asap, budget 17k');
    office.hr.sees('Vacancy "cashier" (R101) is open: 旺角店, 1 to hire');
    office.hr.sees('The pay is not kept with the vacancy');
    await office.manager.says('旺角店想請2個樓面');
    office.manager.sees('這項工作不在您的權限內');
    expect(await office.office.models.requisitions.countDocuments({ jobTitle: '樓面' })).toBe(0);
  });

  test('is answered in the script and language it was typed in', async ({ office }) => {
    await office.opens();
    await office.hasApplication('湯浩賢', 'shortlisted');
    await office.hr.says('约汤浩贤明天下午三点,我见');
    office.hr.sees(/已约 汤浩贤 于11月24日（星期二）下午3时/);
    await office.hr.says('any update on 湯浩賢?');
    office.hr.sees('interview arranged');
  });
});

describe('what was understood but cannot be done', () => {
  test('is said in plain words with the way on, and nothing changes', async ({ office }) => {
    await office.opens();
    await office.hasApplication('范詠琳', 'passed');
    await office.hasApplication('Kelly Ng', 'shortlisted', { ref: 'A1004' });
    const before = JSON.stringify(await office.office.models.applications.find().lean());
    for (const [text, reply] of [
      ['出offer俾范詠琳 $16,800 下星期一返工', /明白您想：出聘書：范詠琳.*11月30日.*HK\$16,800.*未能代發/s],
      ['weekly funnel pls, last wk only', /I understand: a report.*cannot make reports.*Nothing has been done/s],
      ['開盲招模式,店務員嗰個job', /開啟盲選.*未能隱藏姓名/s],
      ['Kelly Ng個score 8分', /評分：Kelly Ng.*未能記錄評分/s],
      ['shortlist top 3 for 店務員 pls', /shortlist: job: 店務員, how many: 3.*cannot pick the best few/s],
      ['所有聽日嘅interview搬去星期五,時間照舊', /一次過更改多個面試.*未有更改/],
    ] as const) {
      await office.hr.says(text);
      office.hr.sees(reply);
      expect(JSON.stringify(await office.office.models.applications.find().lean()), text).toBe(before);
    }
    expect(await office.office.models.acts.countDocuments()).toBe(0);
    expect(await office.office.models.outbox.countDocuments({ kind: 'candidate_message' })).toBe(0);
  });

  test('an offer sent by hand is recorded with one tap; two times in order of preference become two buttons', async ({
    office,
  }) => {
    await office.opens();
    await office.hasApplication('范詠琳', 'passed');
    await office.hasApplication('Kelly Ng', 'shortlisted', { ref: 'A1004' });
    await office.hr.says('出offer俾范詠琳 $16,800 下星期一返工');
    await office.hr.presses('已發出');
    office.hr.sees('記錄 范詠琳（A1003，店務員）的聘書：已發出');
    await office.hr.presses('確認');
    expect(await office.stageOf('范詠琳')).toBe('offer_sent');

    await office.hr.says('約Kelly Ng,星期四3點得就3點,唔得就星期五同一時間');
    office.hr.sees('我未能按次序試不同時間');
    expect(await office.stageOf('Kelly Ng')).toBe('shortlisted');
    await office.hr.presses('11月27日（星期五）下午3時');
    office.hr.sees('已約 Kelly Ng 於11月27日（星期五）下午3時');
  });

  test('what is outside recruiting, or not understood, is told honestly with three examples', async ({ office }) => {
    await office.opens();
    await office.hr.says('邊個攞咗我把遮');
    office.hr.sees(nothingDone);
    expect(office.hr.heard().join('\n').match(/^· /gm)).toHaveLength(3);
    await office.hr.says('早晨~今日好凍');
    office.hr.sees('李嘉敏您好');
  });
});
