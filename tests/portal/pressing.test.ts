import { describe, expect } from 'vitest';
import { momentAt } from '../../hongkong/zone.ts';
import { rescheduleInterview } from '../../recruiting/interview/reschedule-interview.ts';
import type { TestOffice } from '../fixtures/office.ts';
import { test, toldHr } from './portal-fixture.ts';
import { APPLICATION, CANDIDATE, invited, waiting } from './scene.ts';

const candidateOf = async (office: TestOffice) => (await office.models.candidates.findById(CANDIDATE).lean())!;
const planOf = async (office: TestOffice) => (await office.models.waitingPlans.findById(APPLICATION).lean())!;
const activitiesOf = (office: TestOffice) => office.models.activities.find().sort({ at: 1, _id: 1 }).lean();
const confirmations = (office: TestOffice) => office.models.outbox.find({ what: 'opt_out_confirmation' }).lean();

describe('an interview', () => {
  test('is confirmed by one press, however often it is sent', async ({ office, portal }) => {
    const interview = await invited(office, portal);
    const page = await portal.link('page');
    const html = await (await portal.read(`${page}?do=attend`)).text();
    expect(html).toContain('請按下面的「出席」，按下才會記錄。');
    expect(html).toMatch(/class="button main wanted" id="do-attend"/);

    const form = { do: 'attend', interview, version: '1' };
    const answers = await Promise.all([portal.press(`${page}/press`, form), portal.press(`${page}/press`, form)]);

    for (const { status, said } of answers) {
      expect(status).toBe(303);
      expect(said).toContain('已確認您會出席面試');
    }
    expect(answers[0]?.page).toContain('已確認出席');
    expect(await office.models.interviews.findById(interview).lean()).toMatchObject({ candidateReply: 'attend' });
    expect(await office.models.outbox.countDocuments({ what: 'interview_confirmed' })).toBe(1);
    expect(await candidateOf(office)).toMatchObject({
      pageSeenAt: office.clock.now(),
      lastActivityAt: office.clock.now(),
    });
    await portal.dispatch();
    const after = await (await portal.read(page)).text();
    expect(after).toContain('<h3>確認面試</h3>');
    expect(after).not.toContain('id="said"');
  });

  test('that was moved meanwhile is not confirmed by an old press; the new time is shown', async ({
    office,
    portal,
  }) => {
    const interview = await invited(office, portal);
    const page = await portal.link('page');
    await office.run('staff:carmen', (unit) =>
      rescheduleInterview(unit, {
        interviewId: interview,
        startAt: momentAt('2026-11-27', '11:00'),
        wishedBy: 'us',
        reason: 'interviewer_busy',
      }),
    );
    const changing = await (await portal.read(page)).text();
    expect(changing).toContain('面試安排正在更新');
    expect(changing).not.toContain('11月27日');
    office.clock.moveBy(180_000);
    await portal.dispatch();

    const { said, page: html } = await portal.press(`${page}/press`, { do: 'attend', interview, version: '1' });

    expect(said).toContain('面試安排已更改');
    expect(html).toContain('2026年11月27日（星期五）上午11時');
    expect((await office.models.interviews.findById(interview).lean())?.candidateReply).toBeNull();
    expect(await activitiesOf(office)).toMatchObject([{ kind: 'pressed', detail: 'attend' }]);
  });

  test('can be asked to be moved: HR hears it once, the appointment stands', async ({ office, portal }) => {
    const interview = await invited(office, portal);
    const page = await portal.link('page');
    const form = { do: 'reschedule', interview, version: '1', once: 'form-1' };
    const first = await portal.press(`${page}/press`, form);
    const again = await portal.press(`${page}/press`, form);
    expect(first.said).toContain('同事會聯絡您');
    expect(again.said).toBe('已經收到，毋須再按。');
    expect(await toldHr(office)).toEqual([expect.stringContaining('想改期')]);
    expect(first.page).toContain('原定時間仍然有效');
  });

  test('of somebody else cannot be answered', async ({ office, portal }) => {
    const interview = await invited(office, portal);
    await office.models.interviews.updateOne({ _id: interview }, { candidateId: 'cand_other' });
    const page = await portal.link('page');
    const { said } = await portal.press(`${page}/press`, { do: 'decline', interview, version: '1' });
    expect(said).toContain('已取消或已經完結');
    expect((await office.models.interviews.findById(interview).lean())?.state).toBe('scheduled');
  });
});

describe('the training', () => {
  test('is confirmed, and the page says so everywhere', async ({ office, portal }) => {
    await waiting(office, portal);
    const page = await portal.link('page');
    const html = await (await portal.read(page)).text();
    for (const fact of [
      '日期已定',
      '2026年12月14日（星期一）至16日（星期三）',
      '旺角彌敦道688號5樓培訓室',
      '收銀系統',
      'Carmen',
    ]) {
      expect(html).toContain(fact);
    }
    const { said, page: after } = await portal.press(`${page}/press`, {
      do: 'attend_training',
      intake: 'int_t2612',
      version: '1',
    });
    expect(said).toBe('已確認您會出席培訓，到時見！');
    expect(after).toContain('您已確認出席培訓，請準時報到');
    expect(after).not.toContain('id="do-attend_training"');
    expect((await planOf(office)).trainingReply).toBe('attend');
  });

  test('who cannot come is phoned', async ({ office, portal }) => {
    await waiting(office, portal);
    const page = await portal.link('page');
    const form = { do: 'cannot_attend_training', intake: 'int_t2612', version: '1' };
    const { said } = await portal.press(`${page}/press`, form);
    await portal.press(`${page}/press`, form);
    expect(said).toContain('同事會致電');
    expect((await planOf(office)).trainingReply).toBe('cannot');
    expect(await office.models.callTasks.find().lean()).toMatchObject([
      { reason: 'cannot_attend', ownerStaffId: 'carmen', state: 'open' },
    ]);
    expect(await toldHr(office)).toEqual([expect.stringContaining('未能出席培訓（T2612）')]);
  });

  test('of an earlier version is not confirmed', async ({ office, portal }) => {
    await waiting(office, portal);
    const page = await portal.link('page');
    await office.models.intakes.updateOne({ _id: 'int_t2612' }, { version: 2 });
    const { said } = await portal.press(`${page}/press`, { do: 'attend_training', intake: 'int_t2612', version: '1' });
    expect(said).toContain('培訓安排已更改');
    expect((await planOf(office)).trainingReply).toBeNull();
  });

  test('without a date the page says so and asks for nothing', async ({ office, portal }) => {
    await waiting(office, portal, false);
    const html = await (await portal.read(await portal.link('page'))).text();
    expect(html).toContain('日期待定');
    expect(html).toContain('您毋須做甚麼');
    expect(html).not.toContain('id="do-attend_training"');
  });
});

describe('the box', () => {
  test.for(['停止', 'TD'])('%s works at once', async (text, { office, portal }) => {
    await waiting(office, portal);
    await office.models.candidates.updateOne({ _id: CANDIDATE }, { 'choices.newsConsentAt': office.clock.now() });
    const page = await portal.link('page');
    const { said } = await portal.press(`${page}/press`, { do: 'write', text, once: 'form-1' });
    expect(said).toContain('已停止向您發送提示訊息');
    expect((await candidateOf(office)).choices).toMatchObject({
      newsConsentAt: null,
      nudgesStoppedAt: office.clock.now(),
      allStoppedAt: null,
    });
    await portal.dispatch();
    expect(await confirmations(office)).toMatchObject([{ state: 'done', payload: { extra: { scope: 'nudges' } } }]);
    const html = await (await portal.read(page)).text();
    expect(html).toContain('You have been unsubscribed.');
    expect(html).toContain('href="#do-stop_all"');
    expect(await office.models.auditEntries.countDocuments({ act: 'stop:nudges' })).toBe(1);
    // Asking again neither writes nor confirms a second time.
    await portal.press(`${page}/press`, { do: 'write', text, once: 'form-2' });
    expect(await confirmations(office)).toHaveLength(1);
  });

  test('「唔使再搵我」 stops everything, and HR is told to phone what must be told', async ({ office, portal }) => {
    await waiting(office, portal);
    const page = await portal.link('page');
    const { said } = await portal.press(`${page}/press`, { do: 'write', text: '多謝，不過唔使再搵我啦', once: 'f' });
    expect(said).toContain('已停止向您發送所有訊息');
    expect((await candidateOf(office)).choices.allStoppedAt).toEqual(office.clock.now());
    expect(await toldHr(office)).toContainEqual(expect.stringContaining('已停止接收所有訊息'));
    const resumed = await portal.press(`${page}/press`, { do: 'resume_all' });
    expect(resumed.said).toBe('已恢復接收訊息。');
    expect((await candidateOf(office)).choices.allStoppedAt).toBeNull();
  });

  test('any other text reaches the responsible person once, without identity card numbers', async ({
    office,
    portal,
  }) => {
    await waiting(office, portal);
    const page = await portal.link('page');
    const form = { do: 'write', text: '我停咗之前份工，身份證A123456(3)，想問返幾點 *急*', once: 'form-1' };
    const { said } = await portal.press(`${page}/press`, form);
    await portal.press(`${page}/press`, form);
    expect(said).toContain('已交給負責同事');
    const told = await toldHr(office);
    expect(told).toEqual([expect.stringMatching(/陳家欣.*留言[\s\S]*我停咗之前份工/)]);
    expect(told[0]).not.toContain('123456');
    expect(told[0]).toContain('\\*急\\*');
    expect(await activitiesOf(office)).toMatchObject([{ kind: 'wrote', text: expect.stringContaining('想問返幾點') }]);
    expect((await activitiesOf(office))[0]?.text).not.toContain('123456');
    expect(await confirmations(office)).toHaveLength(0);
  });

  test('an empty text is no message', async ({ office, portal }) => {
    await waiting(office, portal);
    const { said } = await portal.press(`${await portal.link('page')}/press`, { do: 'write', text: '  ' });
    expect(said).toContain('請先寫下');
    expect(await office.models.activities.countDocuments()).toBe(0);
  });
});

describe('buttons', () => {
  test('「請致電我」 with a time becomes a call task and tells its owner when', async ({ office, portal }) => {
    await waiting(office, portal);
    const page = await portal.link('page');
    const { said } = await portal.press(`${page}/press`, { do: 'call_me', when: '2026-11-24:pm', once: 'f' });
    expect(said).toContain('明天下午（2時至6時）');
    expect(await office.models.callTasks.find().lean()).toMatchObject([{ reason: 'asked_for_call', state: 'open' }]);
    expect(await toldHr(office)).toEqual([expect.stringContaining('請我們致電（明天下午（2時至6時））')]);
    const card = await office.models.outbox.findOne({ kind: 'card_create' }).lean();
    expect(JSON.stringify(card?.payload.face)).toContain('明天下午');
  });

  test('news are switched on and off', async ({ office, portal }) => {
    await waiting(office, portal);
    const page = await portal.link('page');
    expect((await portal.press(`${page}/press`, { do: 'news_on' })).said).toContain('已開啟公司消息');
    expect((await candidateOf(office)).choices.newsConsentAt).toEqual(office.clock.now());
    expect((await portal.press(`${page}/press`, { do: 'news_off' })).said).toContain('已停止公司消息');
    expect((await candidateOf(office)).choices.newsConsentAt).toBeNull();
  });

  test('the question after silent days is answered where it stands', async ({ office, portal }) => {
    await waiting(office, portal, false);
    office.clock.moveTo(momentAt('2026-11-27', '10:30'));
    await office.run('job:test', async (unit) => {
      unit.effect({
        kind: 'candidate_message',
        candidateId: CANDIDATE,
        applicationId: APPLICATION,
        template: 'silence_checkin',
        occasion: `waiting:${APPLICATION}:silent:2026-11-26:checkin`,
      });
    });
    await portal.dispatch();
    const page = await portal.link('page');
    const html = await (await portal.read(page)).text();
    for (const id of ['keep_waiting', 'know_more', 'change_arrangement']) expect(html).toContain(`id="do-${id}"`);
    expect(html).toContain(`${page}/withdraw">已有其他決定`);
    const { said, page: after } = await portal.press(`${page}/press`, { do: 'keep_waiting', once: 'f' });
    expect(said).toContain('多謝您');
    expect(after).not.toContain('id="do-keep_waiting"');
    expect((await planOf(office)).lastActivityAt).toEqual(office.clock.now());
  });

  test('what is ready is ticked off on the list that the tips lead to', async ({ office, portal }) => {
    await waiting(office, portal, false);
    const page = await portal.link('page');
    expect(await (await portal.read(page)).text()).not.toContain('準備清單');
    await office.models.outbox.updateOne({ what: 'passed_welcome_pack' }, { what: 'prep_tips_day3' });
    const [tip = ''] = office.settings().tips;
    const { page: html } = await portal.press(`${page}/press`, { do: 'tip_done', tip, once: 'f' });
    expect(html).toMatch(new RegExp(`<li class="done"><span>${tip}`));
    office.clock.moveBy(1000);
    const { page: after } = await portal.press(`${page}/press`, { do: 'tip_open', tip, once: 'g' });
    expect(after).not.toContain('<li class="done"><span>');
    office.clock.moveBy(1000);
    await portal.press(`${page}/press`, { do: 'tip_done', tip: '不是我們的字', once: 'h' });
    expect((await activitiesOf(office)).at(-1)?.text).toBeNull();
  });

  test('a caller reads on the card what was pressed and written, in words and not as markup', async ({
    office,
    portal,
  }) => {
    await waiting(office, portal);
    const page = await portal.link('page');
    await portal.press(`${page}/press`, { do: 'news_on' });
    await portal.press(`${page}/press`, { do: 'write', text: '[按這裏](http://evil.example)', once: 'f' });
    await portal.press(`${page}/press`, { do: 'cannot_attend_training', intake: 'int_t2612', version: '1' });
    const card = await office.models.outbox.findOne({ kind: 'card_create' }).lean();
    const face = JSON.stringify(card?.payload.face);
    expect(face).toContain('按了：接收公司消息');
    expect(face).toContain('按了：未能出席');
    expect(face).toContain('留言：\\\\[按這裏\\\\]');
  });

  test('one message is marked as read by hand', async ({ office, portal }) => {
    await waiting(office, portal);
    const page = await portal.link('page');
    const html = await (await portal.read(page)).text();
    const id = /data-message="([^"]+)"/.exec(html)?.[1] ?? '';
    await portal.press(`${page}/press`, { do: 'read', message: id });
    expect((await office.models.outbox.findById(id).lean())?.deliveries[0]?.state).toBe('read');
  });

  test('what does not exist changes nothing', async ({ office, portal }) => {
    await waiting(office, portal);
    const page = await portal.link('page');
    for (const button of ['constructor', 'accept', '']) {
      expect((await portal.press(`${page}/press`, { do: button })).said).toContain('已經不適用');
    }
    expect(await office.models.activities.countDocuments()).toBe(0);
  });
});

describe('leaving', () => {
  test('is asked first, done once, acknowledged at once', async ({ office, portal }) => {
    await waiting(office, portal);
    const page = await portal.link('page');
    const asked = await (await portal.read(`${page}?do=withdraw`)).text();
    expect(asked).toContain('確定要退出申請嗎？');
    expect((await office.models.applications.findById(APPLICATION).lean())?.stage).toBe('passed');

    const { said, page: html } = await portal.press(`${page}/press`, { do: 'withdraw', once: 'f' });
    await portal.press(`${page}/press`, { do: 'withdraw', once: 'g' });

    expect(said).toContain('已收到您退出申請');
    expect(html).toContain('您已退出這次申請');
    expect(html).not.toContain(`${page}/withdraw`);
    expect((await office.models.applications.findById(APPLICATION).lean())?.stage).toBe('withdrawn');
    expect((await planOf(office)).state).toBe('ended');
    expect(await office.models.outbox.countDocuments({ what: 'withdrawal_ack' })).toBe(1);
  });
});
