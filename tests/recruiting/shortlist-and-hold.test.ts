import { describe, expect } from 'vitest';
import { putOnHold, resumeApplication } from '../../recruiting/application/hold-application.ts';
import { shortlistApplications } from '../../recruiting/application/shortlist-applications.ts';
import { withdrawApplication } from '../../recruiting/application/withdraw-application.ts';
import { scheduleInterview } from '../../recruiting/interview/schedule-interview.ts';
import { test } from '../fixtures/office.ts';
import { addApplication, hongKongText, openCompany, outgoing } from '../fixtures/world.ts';

describe('shortlisting', () => {
  test('tells the candidate by when an interview is arranged, and keeps that promise in the record', async ({
    office,
  }) => {
    await openCompany(office);
    const id = await addApplication(office, '陳家欣');

    const results = await office.run('staff:carmen', (unit) => shortlistApplications(unit, { applicationIds: [id] }));

    expect(results.map(({ outcome }) => outcome)).toEqual(['shortlisted']);
    const application = await office.models.applications.findById(id).lean();
    expect(application).toMatchObject({ stage: 'shortlisted', promise: { what: '面試安排', delays: 0 } });
    expect(hongKongText(application!.promise!.by)).toBe('11-26 00:00'); // Monday + 3 working days = Thursday
    expect(application!.history).toMatchObject([{ from: 'applied', to: 'shortlisted', by: 'staff:carmen' }]);
    expect(await outgoing(office)).toEqual(['shortlisted @ 11-23 10:02']); // after the time to undo
  });

  test('several at once: who cannot be shortlisted does not hold up the others, twice changes nothing', async ({
    office,
  }) => {
    await openCompany(office);
    const first = await addApplication(office, '陳家欣');
    const passed = await addApplication(office, '李小明', 'passed', { ref: 'A1004' });
    const applicationIds = [first, passed, first];

    const once = await office.run('staff:carmen', (unit) => shortlistApplications(unit, { applicationIds }));
    const twice = await office.run('staff:carmen', (unit) => shortlistApplications(unit, { applicationIds: [first] }));

    expect(once.map(({ outcome }) => outcome)).toEqual(['shortlisted', 'refused']);
    expect(once[1]).toMatchObject({ obstacle: { code: 'already_passed', slots: { name: '李小明' } } });
    expect(twice.map(({ outcome }) => outcome)).toEqual(['already']);
    expect(await outgoing(office)).toHaveLength(1);
  });
});

describe('on hold', () => {
  test('until a day with a reason that carries no identity card number; a further step ends it', async ({ office }) => {
    await openCompany(office);
    const applicationId = await addApplication(office, '陳家欣');
    await office.run('staff:carmen', (unit) =>
      putOnHold(unit, { applicationId, until: '2026-11-30', reason: '等佢補A123456(3)文件' }),
    );
    const held = await office.models.applications.findById(applicationId).lean();
    expect(hongKongText(held!.holdUntil!)).toBe('11-30 09:00');
    expect(held!.holdReason).not.toContain('123456');

    await office.run('staff:carmen', (unit) => shortlistApplications(unit, { applicationIds: [applicationId] }));
    expect(await office.models.applications.findById(applicationId).lean()).toMatchObject({ holdUntil: null });
  });

  test('a week when no day was named; never into the past; taken up again only who was on hold', async ({ office }) => {
    await openCompany(office);
    const applicationId = await addApplication(office, '陳家欣');
    const hold = (until?: string) => office.run('staff:carmen', (unit) => putOnHold(unit, { applicationId, until }));
    const resume = () => office.run('staff:carmen', (unit) => resumeApplication(unit, { applicationId }));

    expect(hongKongText((await hold()).holdUntil!)).toBe('11-30 09:00');
    await expect(hold('2026-11-23')).rejects.toMatchObject({ code: 'hold_in_past' });
    expect((await resume()).holdUntil).toBeNull();
    await expect(resume()).rejects.toMatchObject({ code: 'not_on_hold' });
  });
});

describe('withdrawing', () => {
  test('by the candidate: acknowledged at once, and the data go two years later', async ({ office }) => {
    await openCompany(office);
    const applicationId = await addApplication(office, '陳家欣', 'shortlisted');

    const { purgeDay } = await office.run('candidate:cand_A1003', (unit) =>
      withdrawApplication(unit, { applicationId }),
    );

    expect(hongKongText(purgeDay)).toBe('11-23 00:00');
    expect((await office.models.candidates.findById('cand_A1003').lean())!.purgeAfter).toEqual(purgeDay);
    expect(await outgoing(office)).toEqual(['withdrawal_ack @ 11-23 10:00']);
  });

  test('data that another application still needs stay for it', async ({ office }) => {
    await openCompany(office);
    const applicationId = await addApplication(office, '陳家欣', 'shortlisted');
    const purgeAfter = new Date('2029-01-31T00:00+08:00');
    await office.models.candidates.updateOne({ _id: 'cand_A1003' }, { purgeAfter });
    await office.models.requisitions.create({
      ...(await office.models.requisitions.findById('req_102').lean())!,
      _id: 'req_2',
      ref: 'R103',
    });
    await office.models.applications.create({
      ...(await office.models.applications.findById(applicationId).lean())!,
      _id: 'app_other',
      ref: 'A1009',
      requisitionId: 'req_2',
    });

    await office.run('staff:carmen', (unit) => withdrawApplication(unit, { applicationId }));

    expect((await office.models.candidates.findById('cand_A1003').lean())!.purgeAfter).toEqual(purgeAfter);
  });
});

test('a frozen vacancy takes nobody further: neither shortlist nor appointment', async ({ office }) => {
  await openCompany(office, { state: 'frozen' });
  const applicationId = await addApplication(office, '陳家欣');
  const [result] = await office.run('staff:carmen', (unit) =>
    shortlistApplications(unit, { applicationIds: [applicationId] }),
  );
  expect(result).toMatchObject({ outcome: 'refused', obstacle: { code: 'vacancy_not_open' } });
  const startAt = new Date('2026-11-25T11:00+08:00');
  await expect(
    office.run('staff:carmen', (unit) => scheduleInterview(unit, { applicationId, organizerId: 'carmen', startAt })),
  ).rejects.toMatchObject({ code: 'vacancy_not_open' });
});
