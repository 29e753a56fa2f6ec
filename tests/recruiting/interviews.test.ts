import { describe, expect } from 'vitest';
import { withdrawApplication } from '../../recruiting/application/withdraw-application.ts';
import { decide } from '../../recruiting/decision/decide.ts';
import { cancelInterview } from '../../recruiting/interview/cancel-interview.ts';
import { finishInterview, interviewsToFinish } from '../../recruiting/interview/finish-interview.ts';
import { interviewMessageIsTrue } from '../../recruiting/interview/interview-message-relevance.ts';
import { markNoShow } from '../../recruiting/interview/mark-no-show.ts';
import { replyToInterview, reportLate } from '../../recruiting/interview/reply-to-interview.ts';
import { rescheduleInterview } from '../../recruiting/interview/reschedule-interview.ts';
import { type AppointmentWish, scheduleInterview } from '../../recruiting/interview/schedule-interview.ts';
import { type TestOffice, test } from '../fixtures/office.ts';
import { addApplication, openCompany, outgoing } from '../fixtures/world.ts';

const at = (text: string): Date => new Date(`${text}+08:00`);
const THURSDAY = at('2026-11-26T15:30');

/** Carmen makes an appointment for somebody on the shortlist. */
async function scheduled(office: TestOffice, wish: Partial<AppointmentWish> = {}): Promise<string> {
  await openCompany(office);
  const applicationId = await addApplication(office, '陳家欣', 'shortlisted');
  const result = await office.run('staff:carmen', (unit) =>
    scheduleInterview(unit, { applicationId, organizerId: 'carmen', startAt: THURSDAY, ...wish }),
  );
  if (result.outcome !== 'scheduled') throw new Error('expected an appointment');
  return result.interview._id;
}

/** The dispatcher has sent what is due: the candidate knows it. */
async function everythingLeft(office: TestOffice): Promise<void> {
  await office.models.outbox.updateMany({ dueAt: { $lte: office.clock.now() } }, { state: 'done' });
}

const interviewOf = async (office: TestOffice, id: string) => (await office.models.interviews.findById(id).lean())!;
const stageOf = async (office: TestOffice) => (await office.models.applications.findById('app_A1003').lean())!.stage;
const messagesOf = (office: TestOffice, what: string) =>
  office.models.outbox.find({ what, kind: 'candidate_message' }).sort({ createdAt: 1 }).lean();

/** Of the messages in the outbox, those that would still be sent at their time. */
async function stillTrue(office: TestOffice): Promise<string[]> {
  const items = await office.models.outbox
    .find({ kind: 'candidate_message', state: 'pending' })
    .sort({ dueAt: 1 })
    .lean();
  const told: string[] = [];
  for (const { what, occasion, dueAt, payload } of items) {
    const interview = await interviewOf(office, String(payload.interviewId));
    const application = (await office.models.applications.findById(interview.applicationId).lean())!;
    const facts = { interview, application };
    if (interviewMessageIsTrue({ template: what, occasion, facts, now: dueAt }) === null) told.push(what);
  }
  return told;
}

describe('an appointment', () => {
  test('invites the candidate, reminds twice and enters the calendar', async ({ office }) => {
    const id = await scheduled(office);

    expect(await interviewOf(office, id)).toMatchObject({
      round: 1,
      version: 1,
      kind: 'in_person',
      branchId: 'br_mk',
      interviewerIds: ['gloria'],
      minutes: 30,
    });
    expect(await stageOf(office)).toBe('interview');
    expect(await outgoing(office)).toEqual([
      'interview_invitation @ 11-23 10:02',
      'reminder_day_before @ 11-25 18:00',
      'reminder_2h @ 11-26 13:30',
    ]);
    const [invitation] = await messagesOf(office, 'interview_invitation');
    expect(invitation).toMatchObject({
      occasion: `interview:${id}:v1`,
      payload: { extra: { reply_by: at('2026-11-25T18:00').toISOString() } },
    });
    expect(await office.models.outbox.findOne({ kind: 'calendar_create' }).lean()).toMatchObject({
      occasion: `interview:${id}:v1`,
    });
  });

  test.for([
    [{ startAt: at('2026-11-20T15:00') }, 'interview_in_past'],
    [{ interviewerIds: ['nobody'] }, 'staff_unknown'],
    [{ branchId: 'nowhere' }, 'branch_unknown'],
  ] as [Partial<AppointmentWish>, string][])('is refused: %o %s', async ([wish, code], { office }) => {
    await expect(scheduled(office, wish)).rejects.toMatchObject({ code });
    expect(await office.models.outbox.countDocuments()).toBe(0);
    expect(await stageOf(office)).toBe('shortlisted');
  });

  test('a second one for the same application is refused with the time of the first', async ({ office }) => {
    await scheduled(office);
    const again = office.run('staff:carmen', (unit) =>
      scheduleInterview(unit, { applicationId: 'app_A1003', organizerId: 'carmen', startAt: at('2026-11-27T11:00') }),
    );
    await expect(again).rejects.toMatchObject({ code: 'interview_exists', slots: { at: THURSDAY.toISOString() } });
  });

  test('has no place when it is by video, and a video interview is not for kitchens', async ({ office }) => {
    const id = await scheduled(office, { kind: 'video' });
    expect((await interviewOf(office, id)).branchId).toBeNull();
    await office.models.requisitions.updateOne({ _id: 'req_102' }, { stageTemplate: 'kitchen' });
    const other = await addApplication(office, '李小明', 'shortlisted', { ref: 'A1004' });
    const video = office.run('staff:carmen', (unit) =>
      scheduleInterview(unit, { applicationId: other, organizerId: 'carmen', startAt: THURSDAY, kind: 'video' }),
    );
    await expect(video).rejects.toMatchObject({ code: 'kind_not_allowed' });
  });
});

describe('conflicts', () => {
  const busy = [{ staffId: 'gloria', startAt: at('2026-11-26T15:00'), endAt: at('2026-11-26T16:00') }];

  test('with a busy calendar nothing happens until somebody wants the time all the same', async ({ office }) => {
    await openCompany(office);
    const applicationId = await addApplication(office, '陳家欣', 'shortlisted');
    const wish = { applicationId, organizerId: 'carmen', startAt: THURSDAY, busy };

    const refused = await office.run('staff:carmen', (unit) => scheduleInterview(unit, wish));
    expect(refused).toMatchObject({ outcome: 'conflict', conflicts: [{ staffId: 'gloria', interviewId: null }] });
    expect(await office.models.interviews.countDocuments()).toBe(0);
    expect(await stageOf(office)).toBe('shortlisted');

    const accepted = await office.run('staff:carmen', (unit) =>
      scheduleInterview(unit, { ...wish, despiteConflicts: true }),
    );
    expect(accepted.outcome).toBe('scheduled');
  });

  test('our own appointments count, for interviewers and for the candidate; the calendar does not repeat them', async ({
    office,
  }) => {
    const id = await scheduled(office);
    const other = await addApplication(office, '李小明', 'shortlisted', { ref: 'A1004' });
    const own = { staffId: 'gloria', startAt: THURSDAY, endAt: at('2026-11-26T16:00') };
    const ask = (startAt: Date, interviewerIds: string[]) =>
      office.run('staff:carmen', (unit) =>
        scheduleInterview(unit, { applicationId: other, organizerId: 'carmen', startAt, interviewerIds, busy: [own] }),
      );

    const overlap = await ask(at('2026-11-26T15:45'), ['gloria']);
    expect(overlap).toMatchObject({ outcome: 'conflict', conflicts: [{ staffId: 'gloria', interviewId: id }] });
    expect(overlap.conflicts).toHaveLength(1);

    await office.models.interviews.updateOne({ _id: id }, { candidateId: 'cand_A1004' }); // the same person, elsewhere
    const twoPlaces = await ask(at('2026-11-26T15:45'), ['ivan']);
    expect(twoPlaces).toMatchObject({ outcome: 'conflict', conflicts: [{ staffId: null, interviewId: id }] });

    expect((await ask(at('2026-11-26T16:00'), ['gloria'])).outcome).toBe('scheduled'); // one begins as the other ends
  });

  test('a moved appointment does not stand in its own way', async ({ office }) => {
    const interviewId = await scheduled(office);
    const own = { staffId: 'gloria', startAt: THURSDAY, endAt: at('2026-11-26T16:00') };
    const moved = await office.run('staff:carmen', (unit) =>
      rescheduleInterview(unit, {
        interviewId,
        startAt: at('2026-11-26T15:45'),
        wishedBy: 'candidate',
        busy: [own],
      }),
    );
    expect(moved.outcome).toBe('rescheduled');
  });
});

describe('moving', () => {
  const move = (office: TestOffice, interviewId: string, startAt: Date) =>
    office.run('staff:carmen', (unit) =>
      rescheduleInterview(unit, { interviewId, startAt, wishedBy: 'us', reason: 'interviewer_busy' }),
    );

  test('names the old time, and what was said about it falls away', async ({ office }) => {
    const id = await scheduled(office);
    office.clock.moveTo('2026-11-24T10:00+08:00');
    await everythingLeft(office);

    await move(office, id, at('2026-11-27T11:00'));

    expect(await interviewOf(office, id)).toMatchObject({ version: 2, candidateReply: null });
    const [notice] = await messagesOf(office, 'rescheduled');
    expect(notice).toMatchObject({
      occasion: `interview:${id}:v2`,
      payload: { extra: { old_dt: THURSDAY.toISOString(), by: 'us', reason: '接見同事臨時有要務' } },
    });
    // Of the four reminders only those of the new time would leave.
    expect(await stillTrue(office)).toEqual(['rescheduled', 'reminder_day_before', 'reminder_2h']);
    expect(await office.models.outbox.countDocuments({ kind: 'calendar_change' })).toBe(1);
  });

  test('before anything has left simply invites to the new time', async ({ office }) => {
    const id = await scheduled(office);
    office.clock.moveBy(60_000);
    await move(office, id, at('2026-11-27T11:00'));

    expect(await messagesOf(office, 'rescheduled')).toEqual([]);
    expect(await stillTrue(office)).toEqual(['interview_invitation', 'reminder_day_before', 'reminder_2h']);
  });

  test('twice in a row: the notice names the time the candidate knows, not one they never heard of', async ({
    office,
  }) => {
    const id = await scheduled(office);
    office.clock.moveTo('2026-11-24T10:00+08:00');
    await everythingLeft(office);
    await move(office, id, at('2026-11-27T11:00'));
    office.clock.moveBy(30_000);
    await move(office, id, at('2026-11-27T14:00'));

    const notices = await messagesOf(office, 'rescheduled');
    expect(notices.map(({ payload }) => (payload.extra as { old_dt: string }).old_dt)).toEqual([
      THURSDAY.toISOString(),
      THURSDAY.toISOString(),
    ]);
    expect((await stillTrue(office)).filter((what) => what === 'rescheduled')).toHaveLength(1);
  });

  test('to the same time is refused', async ({ office }) => {
    const id = await scheduled(office);
    await expect(move(office, id, THURSDAY)).rejects.toMatchObject({ code: 'same_time' });
  });
});

describe('calling off', () => {
  const cancel = (office: TestOffice, interviewId: string, reason: Parameters<typeof cancelInterview>[1]['reason']) =>
    office.run('staff:carmen', (unit) => cancelInterview(unit, { interviewId, reason }));

  test('tells the candidate not to come and by when they hear more', async ({ office }) => {
    const id = await scheduled(office);
    office.clock.moveTo('2026-11-24T10:00+08:00');
    await everythingLeft(office);

    const outcome = await cancel(office, id, 'place_changed');

    expect(outcome).toMatchObject({ message: 'interview_cancelled', phoneToo: false });
    expect(await stageOf(office)).toBe('shortlisted');
    expect(await stillTrue(office)).toEqual(['interview_cancelled']);
    expect((await messagesOf(office, 'interview_cancelled'))[0]!.payload.extra).toMatchObject({
      old_dt: THURSDAY.toISOString(),
      closed: 'no',
      reason: '場地調動',
      reply_by: at('2026-11-27T00:00').toISOString(),
    });
    expect(await office.models.outbox.countDocuments({ kind: 'calendar_delete' })).toBe(1);
  });

  test('less than three hours ahead somebody must phone as well', async ({ office }) => {
    const id = await scheduled(office);
    office.clock.moveTo('2026-11-26T13:00+08:00');
    await everythingLeft(office);
    expect(await cancel(office, id, 'interviewer_busy')).toMatchObject({ phoneToo: true });
  });

  test('who has not been told of the appointment is not told of its end', async ({ office }) => {
    const id = await scheduled(office);
    expect(await cancel(office, id, 'interviewer_busy')).toMatchObject({ message: null });
    expect(await stillTrue(office)).toEqual([]);
  });

  test('a closed vacancy ends the application, with the day on which the data go', async ({ office }) => {
    const id = await scheduled(office);
    office.clock.moveTo('2026-11-24T10:00+08:00');
    await everythingLeft(office);
    await cancel(office, id, 'vacancy_closed');
    expect(await stageOf(office)).toBe('rejected');
    expect((await messagesOf(office, 'interview_cancelled'))[0]!.payload.extra).toMatchObject({ closed: 'yes' });
  });

  test('on the wish of the candidate nothing is sent: they know', async ({ office }) => {
    const id = await scheduled(office);
    office.clock.moveTo('2026-11-24T10:00+08:00');
    await everythingLeft(office);
    expect(await cancel(office, id, 'candidate_wish')).toMatchObject({ message: null });
  });
});

describe("the candidate's answer", () => {
  const reply = (office: TestOffice, interviewId: string, answer: 'attend' | 'reschedule' | 'decline', version = 1) =>
    office.run('candidate:cand_A1003', (unit) => replyToInterview(unit, { interviewId, version, reply: answer }));

  test('attend: confirmed at once, once; the reminders stay', async ({ office }) => {
    const id = await scheduled(office);
    await reply(office, id, 'attend');
    await reply(office, id, 'attend');

    expect(await interviewOf(office, id)).toMatchObject({ candidateReply: 'attend', version: 1 });
    expect(await messagesOf(office, 'interview_confirmed')).toHaveLength(1);
    expect(await stillTrue(office)).toEqual([
      'interview_confirmed',
      'interview_invitation',
      'reminder_day_before',
      'reminder_2h',
    ]);
  });

  test('another time: the appointment stands, the recruiter hears it', async ({ office }) => {
    const id = await scheduled(office);
    await office.run('candidate:cand_A1003', (unit) =>
      replyToInterview(unit, { interviewId: id, version: 1, reply: 'reschedule', wish: '星期五下午可以，A123456(3)' }),
    );
    expect((await interviewOf(office, id)).state).toBe('scheduled');
    const told = await office.models.outbox.findOne({ kind: 'direct_message', recipient: 'staff:carmen' }).lean();
    const { text } = told!.payload.body as { text: string };
    expect(text).toContain('星期五下午可以');
    expect(text).not.toContain('123456');
  });

  test('does not come: called off, the application goes on, the recruiter hears it', async ({ office }) => {
    const id = await scheduled(office);
    await reply(office, id, 'decline');
    expect(await interviewOf(office, id)).toMatchObject({ state: 'cancelled', candidateReply: 'decline' });
    expect(await stageOf(office)).toBe('shortlisted');
    expect(await office.models.outbox.countDocuments({ kind: 'direct_message', recipient: 'staff:carmen' })).toBe(1);
  });

  test('to an earlier time of a moved appointment is not taken', async ({ office }) => {
    const id = await scheduled(office);
    await office.run('staff:carmen', (unit) =>
      rescheduleInterview(unit, { interviewId: id, startAt: at('2026-11-27T11:00'), wishedBy: 'candidate' }),
    );
    await expect(reply(office, id, 'attend', 1)).rejects.toMatchObject({ code: 'interview_changed' });
  });

  test('late: interviewers and candidate are told at once', async ({ office }) => {
    const id = await scheduled(office);
    office.clock.moveTo('2026-11-26T15:20+08:00');
    await office.run('candidate:cand_A1003', (unit) =>
      reportLate(unit, { interviewId: id, version: 1, etaAt: at('2026-11-26T15:45') }),
    );
    const told = await office.models.outbox.findOne({ what: 'candidate_late', recipient: 'staff:gloria' }).lean();
    expect((told!.payload.body as { text: string }).text).toContain('下午3時45分');
    expect((await messagesOf(office, 'late_reply'))[0]!.payload).toMatchObject({ atOnce: true });
  });
});

describe('after the interview', () => {
  const finish = (office: TestOffice, interviewId: string) =>
    office.run('job:finish-interviews', (unit) => finishInterview(unit, { interviewId }));
  const noShow = (office: TestOffice, interviewId: string) =>
    office.run('staff:gloria', (unit) => markNoShow(unit, { interviewId }));

  test('it is closed when its end has passed, not before; thanks follow two hours later', async ({ office }) => {
    const id = await scheduled(office);
    office.clock.moveTo('2026-11-26T15:59+08:00');
    expect(await interviewsToFinish(office.models, office.clock.now())).toEqual([]);
    office.clock.moveTo('2026-11-26T16:00+08:00');
    expect(await interviewsToFinish(office.models, office.clock.now())).toEqual([id]);

    const { resultBy } = await finish(office, id);

    expect(resultBy).toEqual(at('2026-12-01T00:00')); // Thursday + 3 working days = Tuesday
    expect(await stageOf(office)).toBe('interviewed');
    expect((await messagesOf(office, 'thank_you_after_interview'))[0]!.dueAt).toEqual(at('2026-11-26T18:00'));
    expect(await office.models.cards.find({ kind: 'decision' }).lean()).toMatchObject([{ staffId: 'gloria' }]);
  });

  test('cannot be closed before it began', async ({ office }) => {
    const id = await scheduled(office);
    await expect(finish(office, id)).rejects.toMatchObject({ code: 'interview_ahead' });
  });

  test('a no-show is asked an hour later; nothing is thanked for, nobody has to decide', async ({ office }) => {
    const id = await scheduled(office);
    office.clock.moveTo('2026-11-26T16:00+08:00');
    await finish(office, id); // the clock was faster than the manager
    office.clock.moveTo('2026-11-26T16:10+08:00');

    const { followUpAt } = await noShow(office, id);

    expect(followUpAt).toEqual(at('2026-11-26T17:10'));
    expect(await stageOf(office)).toBe('no_show');
    expect(await stillTrue(office)).toContain('no_show_followup');
    expect(await stillTrue(office)).not.toContain('thank_you_after_interview');
    expect(await office.models.decisionRequests.find().lean()).toMatchObject([{ state: 'closed' }]);
  });

  test('a no-show that was none is repaired: thanked after all, and the manager is asked', async ({ office }) => {
    const id = await scheduled(office);
    office.clock.moveTo('2026-11-26T16:00+08:00');
    await finish(office, id);
    await noShow(office, id);
    await finish(office, id);
    expect(await stageOf(office)).toBe('interviewed');
    expect(await stillTrue(office)).toEqual(['thank_you_after_interview']);
    expect(await office.models.decisionRequests.countDocuments({ state: 'open' })).toBe(1);
  });

  test('who has the result already is not promised it once more', async ({ office }) => {
    const id = await scheduled(office);
    office.clock.moveTo('2026-11-26T16:00+08:00');
    const { request } = await finish(office, id);
    expect(await stillTrue(office)).toContain('thank_you_after_interview');
    await office.run('staff:gloria', (unit) =>
      decide(unit, { requestId: request!._id, staffId: 'gloria', choice: 'hire' }),
    );
    expect(await stillTrue(office)).not.toContain('thank_you_after_interview');
  });

  test('who withdraws has no appointment any more', async ({ office }) => {
    const id = await scheduled(office);
    await office.run('candidate:cand_A1003', (unit) => withdrawApplication(unit, { applicationId: 'app_A1003' }));
    expect((await interviewOf(office, id)).state).toBe('cancelled');
    expect(await office.models.outbox.countDocuments({ kind: 'calendar_delete' })).toBe(1);
  });
});
