import { describe, expect } from 'vitest';
import { putOnHold } from '../../recruiting/application/hold-application.ts';
import { markArrived } from '../../recruiting/application/mark-arrived.ts';
import { type OfferFact, recordOffer } from '../../recruiting/application/record-offer.ts';
import { draftRejection, rejectApplication } from '../../recruiting/application/reject-application.ts';
import { withdrawApplication } from '../../recruiting/application/withdraw-application.ts';
import { decide } from '../../recruiting/decision/decide.ts';
import {
  dueDecisionEscalations,
  dueDecisionReminders,
  escalateDecision,
  nextDecisionDue,
  remindDecision,
} from '../../recruiting/decision/remind-decision.ts';
import { reopenDecision } from '../../recruiting/decision/reopen-decision.ts';
import { finishInterview } from '../../recruiting/interview/finish-interview.ts';
import { scheduleInterview } from '../../recruiting/interview/schedule-interview.ts';
import { type TestOffice, test } from '../fixtures/office.ts';
import { addApplication, hongKongText, openCompany, outgoing } from '../fixtures/world.ts';

const at = (text: string): Date => new Date(`${text}+08:00`);
const MANAGERS = ['gloria', 'ivan'];

/** An interview has taken place on Thursday; the managers are asked. @returns the question's id */
async function asked(office: TestOffice, askedOf: string[] = MANAGERS): Promise<string> {
  await openCompany(office);
  const applicationId = await addApplication(office, '陳家欣', 'shortlisted');
  const made = await office.run('staff:carmen', (unit) =>
    scheduleInterview(unit, { applicationId, organizerId: 'carmen', startAt: at('2026-11-26T10:00') }),
  );
  if (made.outcome !== 'scheduled') throw new Error('expected an appointment');
  office.clock.moveTo('2026-11-26T10:30+08:00');
  await office.models.outbox.updateMany({}, { state: 'done' });
  const { request } = await office.run('job:finish', (unit) =>
    finishInterview(unit, { interviewId: made.interview._id, askedOf }),
  );
  return request!._id;
}

const answer = (
  office: TestOffice,
  requestId: string,
  staffId: string,
  choice: 'hire' | 'another_interview' | 'reject',
  reason?: string,
) => office.run(`staff:${staffId}`, (unit) => decide(unit, { requestId, staffId, choice, reason }));
const applicationOf = async (office: TestOffice) => (await office.models.applications.findById('app_A1003').lean())!;
const requestOf = async (office: TestOffice, id: string) => (await office.models.decisionRequests.findById(id).lean())!;
const faces = (office: TestOffice, kind: 'card_create' | 'card_update') =>
  office.models.outbox.find({ kind }).sort({ recipient: 1 }).lean();

describe('asking', () => {
  test('each manager gets a card of their own, with three choices and a reason', async ({ office }) => {
    const id = await asked(office);
    const cards = await faces(office, 'card_create');
    expect(cards.map(({ recipient }) => recipient)).toEqual(['staff:gloria', 'staff:ivan']);
    const { shared } = cards[0]!.payload.face as { shared: Record<string, string> };
    expect(shared.text).toContain('陳家欣');
    expect(JSON.parse(shared.buttons!).map((button: { label: string }) => button.label)).toEqual([
      '聘用',
      '再面試',
      '不合適',
    ]);
    expect(JSON.parse(shared.form!).fields[0].name).toBe('reason');
    for (const value of Object.values(shared)) expect(Buffer.byteLength(value)).toBeLessThanOrEqual(1024);
    const fallback = cards[0]!.payload.fallback as { text: string };
    const { ref } = await requestOf(office, id);
    expect(decodeURIComponent(fallback.text)).toContain(`content=決定 A1003 聘用 編號${ref}`);
  });

  test('a CV that is kept with the candidate can be opened from the card', async ({ office }) => {
    await office.models.candidateFiles.create({
      _id: 'file_1',
      candidateId: 'cand_A1003',
      kind: 'cv',
      name: 'cv.pdf',
      mediaType: 'application/pdf',
      size: 3,
      sha256: 'x',
      content: Buffer.from('cv!'),
      addedAt: office.clock.now(),
      addedBy: 'staff:carmen',
    });
    await asked(office);
    const { shared } = (await faces(office, 'card_create'))[0]!.payload.face as { shared: Record<string, string> };
    expect(JSON.parse(shared.buttons!).map((button: { label: string }) => button.label)).toContain('睇履歷');
  });
});

describe('hiring', () => {
  test('starts the waiting period, and everybody sees who decided', async ({ office }) => {
    const id = await asked(office);
    expect(await answer(office, id, 'gloria', 'hire')).toMatchObject({ outcome: 'decided', decidedBy: '黃美玲' });

    expect((await applicationOf(office)).stage).toBe('passed');
    expect(await office.models.waitingPlans.find().lean()).toMatchObject([
      { _id: 'app_A1003', state: 'active', ownerStaffId: 'carmen' },
    ]);
    const updates = await faces(office, 'card_update');
    expect(updates.map(({ recipient }) => recipient)).toEqual(['staff:gloria', 'staff:ivan']);
    for (const { payload } of updates) {
      const { shared } = payload.face as { shared: Record<string, string> };
      expect(shared).toMatchObject({ status: '黃美玲 已決定：聘用（11月26日(四)上午10:30）', buttons: '[]' });
    }
    expect(await office.models.outbox.countDocuments({ what: 'decision_taken', recipient: 'staff:carmen' })).toBe(1);
  });

  test('the second manager comes too late and hears who was faster; the same press again repeats nothing', async ({
    office,
  }) => {
    const id = await asked(office);
    await answer(office, id, 'gloria', 'hire');
    expect(await answer(office, id, 'ivan', 'reject', '經驗不足')).toMatchObject({
      outcome: 'late',
      decidedBy: '黃美玲',
    });
    expect(await answer(office, id, 'gloria', 'hire')).toMatchObject({ outcome: 'repeated' });
    expect((await requestOf(office, id)).choice).toBe('hire');
    expect(await office.models.waitingPlans.countDocuments()).toBe(1);
  });

  test('the pressed card is brought up to date after its press was answered, not while it is', async ({ office }) => {
    const id = await asked(office);
    const card = (await office.models.cards.findOne({ staffId: 'gloria', kind: 'decision' }).lean())!;
    await office.run('staff:gloria', (unit) =>
      decide(unit, { requestId: id, staffId: 'gloria', choice: 'hire', pressedCardId: card._id }),
    );
    const [own, other] = await faces(office, 'card_update');
    expect(own!.dueAt.getTime()).toBeGreaterThan(office.clock.now().getTime() + 2_000);
    expect(other!.dueAt).toEqual(office.clock.now());
  });

  test('who withdrew meanwhile cannot be decided about', async ({ office }) => {
    const id = await asked(office);
    await office.run('candidate:cand_A1003', (unit) => withdrawApplication(unit, { applicationId: 'app_A1003' }));
    expect(await answer(office, id, 'gloria', 'hire')).toMatchObject({ outcome: 'closed' });
    const updates = await faces(office, 'card_update');
    expect((updates[0]!.payload.face as { shared: { status: string } }).shared.status).toContain('已退出');
  });
});

describe('another interview', () => {
  test('needs a reason, which HR reads; the candidate hears nothing of it', async ({ office }) => {
    const id = await asked(office);
    await expect(answer(office, id, 'gloria', 'another_interview')).rejects.toMatchObject({ code: 'reason_missing' });
    await answer(office, id, 'gloria', 'another_interview', '想睇埋落場表現');

    expect((await applicationOf(office)).stage).toBe('interviewed');
    const told = await office.models.outbox.findOne({ what: 'decision_taken' }).lean();
    expect((told!.payload.body as { text: string }).text).toContain('想睇埋落場表現');
    const second = await office.run('staff:carmen', (unit) =>
      scheduleInterview(unit, { applicationId: 'app_A1003', organizerId: 'carmen', startAt: at('2026-12-01T11:00') }),
    );
    expect(second).toMatchObject({ outcome: 'scheduled', interview: { round: 2 } });
  });
});

describe('not suitable', () => {
  test('HR is asked for the sentence; until it is confirmed the candidate is told nothing and nothing else is arranged', async ({
    office,
  }) => {
    const id = await asked(office);
    await answer(office, id, 'gloria', 'reject', '經驗不足');

    expect((await applicationOf(office)).stage).toBe('interviewed');
    expect(await office.models.cards.find({ kind: 'rejection_letter' }).lean()).toMatchObject([{ staffId: 'carmen' }]);
    expect(await office.models.outbox.countDocuments({ what: 'rejection' })).toBe(0);
    const schedule = office.run('staff:carmen', (unit) =>
      scheduleInterview(unit, { applicationId: 'app_A1003', organizerId: 'carmen', startAt: at('2026-12-01T11:00') }),
    );
    await expect(schedule).rejects.toMatchObject({ code: 'rejected_by_manager' });
  });

  test("the letter carries HR's sentence and never the manager's reason; it waits for its window", async ({
    office,
  }) => {
    const id = await asked(office);
    await answer(office, id, 'gloria', 'reject', '經驗不足');
    office.clock.moveTo('2026-11-27T11:00+08:00'); // Friday
    const confirm = (positive?: string) =>
      office.run('staff:carmen', (unit) => rejectApplication(unit, { applicationId: 'app_A1003', positive }));

    await expect(confirm()).rejects.toMatchObject({ code: 'positive_missing' });
    await expect(confirm('您的經驗不足')).rejects.toMatchObject({ code: 'positive_is_reason' });
    await confirm('您的耐心及親和力');

    const [letter] = await office.models.outbox.find({ what: 'rejection' }).lean();
    expect(hongKongText(letter!.dueAt)).toBe('11-30 10:00'); // Monday
    expect(letter!.payload.extra).toMatchObject({ positive: '您的耐心及親和力', interviewed: 'yes' });
    expect(JSON.stringify(letter!.payload)).not.toContain('經驗');
    expect((await applicationOf(office)).stage).toBe('rejected');
    expect((await office.models.candidates.findById('cand_A1003').lean())!.purgeAfter).toEqual(at('2028-11-27T00:00'));
    expect(await nextDecisionDue(office.models)).toBeNull();
  });

  test('who was never interviewed gets the other text, without a sentence', async ({ office }) => {
    await openCompany(office);
    const applicationId = await addApplication(office, '陳家欣');
    const { letter } = await office.run('staff:carmen', (unit) =>
      rejectApplication(unit, { applicationId, reason: '已聘用他人' }),
    );
    expect(letter).toMatchObject({ interviewed: false, positive: null });
    const [item] = await office.models.outbox.find({ what: 'rejection' }).lean();
    expect(JSON.stringify(item!.payload)).not.toContain('已聘用他人');
  });

  test('an appointment ahead is called off first: the letter would come too late', async ({ office }) => {
    await openCompany(office);
    const applicationId = await addApplication(office, '陳家欣', 'shortlisted');
    await office.run('staff:carmen', (unit) =>
      scheduleInterview(unit, { applicationId, organizerId: 'carmen', startAt: at('2026-11-26T10:00') }),
    );
    const draft = office.run('staff:carmen', (unit) => draftRejection(unit, { applicationId, positive: '您的耐心' }));
    await expect(draft).rejects.toMatchObject({ code: 'interview_ahead' });
  });
});

describe('nobody decides', () => {
  test('reminded once after four working hours, then the superior gets a card and the HR group reads who owes it', async ({
    office,
  }) => {
    const id = await asked(office, ['gloria']);
    const { remindAt, escalateAt } = await requestOf(office, id);
    expect([remindAt!, escalateAt!].map(hongKongText)).toEqual(['11-26 14:30', '11-27 09:30']); // Thursday, Friday
    expect(await dueDecisionReminders(office.models, at('2026-11-26T14:29'))).toEqual([]);

    office.clock.moveTo(remindAt!);
    expect(await dueDecisionReminders(office.models, office.clock.now())).toEqual([id]);
    const remind = () => office.run('job:decisions', (unit) => remindDecision(unit, { requestId: id }));
    expect([await remind(), await remind()]).toEqual([true, false]);
    expect(await office.models.outbox.countDocuments({ what: 'decision_reminder' })).toBe(1);

    office.clock.moveTo(escalateAt!);
    expect(await dueDecisionEscalations(office.models, office.clock.now())).toEqual([id]);
    const escalate = () => office.run('job:decisions', (unit) => escalateDecision(unit, { requestId: id }));
    expect([await escalate(), await escalate()]).toEqual([true, false]);
    expect(await office.models.cards.find({ staffId: 'ivan' }).lean()).toHaveLength(1);
    const told = await office.models.outbox.findOne({ what: 'decision_overdue' }).lean();
    expect(told).toMatchObject({ recipient: 'group:hr' });
    expect((told!.payload.body as { text: string }).text).toContain('黃美玲');
    expect(await answer(office, id, 'ivan', 'hire')).toMatchObject({ outcome: 'decided' });
  });

  test('nobody is reminded of somebody on hold before that day', async ({ office }) => {
    const id = await asked(office, ['gloria']);
    await office.run('staff:carmen', (unit) => putOnHold(unit, { applicationId: 'app_A1003', until: '2026-12-04' }));
    expect(hongKongText((await requestOf(office, id)).remindAt!)).toBe('12-04 13:00');
  });

  test('a letter that HR owes is reminded and goes to the HR group in the same way', async ({ office }) => {
    const id = await asked(office, ['gloria']);
    await answer(office, id, 'gloria', 'reject', '經驗不足');
    office.clock.moveTo('2026-11-30T10:00+08:00');
    await office.run('job:decisions', (unit) => remindDecision(unit, { requestId: id }));
    await office.run('job:decisions', (unit) => escalateDecision(unit, { requestId: id }));
    const told = await office.models.outbox.find({ what: { $in: ['letter_reminder', 'letter_overdue'] } }).lean();
    expect(told.map(({ recipient }) => recipient).sort()).toEqual(['group:hr', 'staff:carmen']);
    expect(JSON.stringify(told)).not.toContain('經驗不足');
    // Reminded or not, nothing else is arranged meanwhile.
    const schedule = office.run('staff:carmen', (unit) =>
      scheduleInterview(unit, { applicationId: 'app_A1003', organizerId: 'carmen', startAt: at('2026-12-01T11:00') }),
    );
    await expect(schedule).rejects.toMatchObject({ code: 'rejected_by_manager' });
  });
});

describe('a decision taken back', () => {
  test('closes the old cards and asks with new ones; links in old texts answer no more', async ({ office }) => {
    const id = await asked(office);
    const old = await requestOf(office, id);
    await office.run('staff:gloria', (unit) => reopenDecision(unit, { requestId: id }));

    const again = await requestOf(office, id);
    expect(again).toMatchObject({ state: 'open', version: old.version + 1 });
    expect(again.ref).not.toBe(old.ref);
    const cards = await office.models.cards.find({ subjectId: id }).lean();
    expect(cards.filter(({ closedAt }) => closedAt === null)).toHaveLength(2);
    expect(new Set(cards.map(({ _id }) => _id)).size).toBe(4);
    expect(await faces(office, 'card_update')).toHaveLength(2);
  });
});

describe('offers and day 1', () => {
  const offer = (office: TestOffice, fact: OfferFact) =>
    office.run('staff:carmen', (unit) => recordOffer(unit, { applicationId: 'app_A1003', ...fact }));

  test('sent with a deadline: reminded 48 and 24 hours before; accepted: confirmed, with the day for documents', async ({
    office,
  }) => {
    const id = await asked(office);
    await answer(office, id, 'gloria', 'hire');
    await office.models.outbox.deleteMany({});

    await offer(office, { fact: 'sent', replyBy: at('2026-11-30T18:00') });
    expect(await outgoing(office)).toEqual(['offer_reminder @ 11-28 18:00', 'offer_reminder @ 11-29 18:00']);
    await offer(office, { fact: 'accepted', startOn: '2026-12-14' });

    const application = await applicationOf(office);
    expect(application).toMatchObject({ stage: 'offer_accepted', startAt: at('2026-12-14T09:00') });
    const [confirmed] = await office.models.outbox.find({ what: 'offer_accepted' }).lean();
    expect(confirmed!.payload.extra).toEqual({ doc_by: at('2026-12-11T00:00').toISOString() });
    expect((await office.models.waitingPlans.findById('app_A1003').lean())!.firstDayAt).toEqual(at('2026-12-14T09:00'));
  });

  test('declined: the waiting period is over', async ({ office }) => {
    const id = await asked(office);
    await answer(office, id, 'gloria', 'hire');
    await offer(office, { fact: 'sent' });
    await offer(office, { fact: 'declined' });
    expect(await office.models.waitingPlans.findById('app_A1003').lean()).toMatchObject({
      state: 'ended',
      endedReason: 'declined',
    });
  });

  test('arriving without anybody having spoken with the person is written down as a breach', async ({ office }) => {
    const id = await asked(office);
    await answer(office, id, 'gloria', 'hire');
    office.clock.moveTo('2026-12-14T09:00+08:00');
    const outcome = await office.run('staff:gloria', (unit) => markArrived(unit, { applicationId: 'app_A1003' }));
    expect(outcome).toMatchObject({ withoutContact: true, filled: 1, headcount: 2 });
    expect(await office.models.auditEntries.find({ act: 'arrived_without_contact' }).lean()).toHaveLength(1);
  });
});
