import { momentAt } from '../../hongkong/zone.ts';
import type { IntakeRecord } from '../../models/intake.model.ts';
import { scheduleInterview } from '../../recruiting/interview/schedule-interview.ts';
import { advanceWaitingPlan } from '../../recruiting/waiting/advance-waiting-plan.ts';
import { startWaitingPeriod } from '../../recruiting/waiting/start-waiting-period.ts';
import type { TestOffice } from '../fixtures/office.ts';
import { addApplication, openCompany, requisition } from '../fixtures/world.ts';
import type { TestPortal } from './open-portal.ts';

export const CANDIDATE = 'cand_A1003';
export const APPLICATION = 'app_A1003';

const intake: IntakeRecord = {
  _id: 'int_t2612',
  ref: 'T2612',
  firstDayAt: momentAt('2026-12-14', '09:30'),
  lastDayAt: momentAt('2026-12-16', '18:00'),
  branchId: 'br_mk',
  place: '旺角彌敦道688號5樓培訓室',
  placeShort: '旺角店',
  outline: '樓面服務、食物安全、收銀系統、團隊實習',
  payNote: '培訓時數按時薪計算，於發薪日支付',
  capacity: 12,
  state: 'fixed',
  version: 1,
  createdAt: momentAt('2026-11-20'),
  createdBy: 'staff:carmen',
};

/** 陳家欣 is invited to an interview on Thursday 26 November, 15:30; the invitation has gone out. */
export async function invited(office: TestOffice, portal: TestPortal, email: string | null = null): Promise<string> {
  await openCompany(office);
  await addApplication(office, '陳家欣', 'shortlisted');
  await office.models.candidates.updateOne({ _id: CANDIDATE }, { email });
  const made = await office.run('staff:carmen', (unit) =>
    scheduleInterview(unit, {
      applicationId: APPLICATION,
      organizerId: 'carmen',
      startAt: momentAt('2026-11-26', '15:30'),
    }),
  );
  if (made.outcome !== 'scheduled') throw new Error('expected an appointment');
  office.clock.moveBy(5 * 60_000);
  await portal.dispatch();
  return made.interview._id;
}

/** 陳家欣 passed on Monday; in the waiting period, welcome pack sent. With `withTraining` the notice has gone out too. */
export async function waiting(office: TestOffice, portal: TestPortal, withTraining = true): Promise<void> {
  await openCompany(office);
  const at = (day: string, time: string) => momentAt(day, time);
  await addApplication(office, '陳家欣', 'passed', {
    history: [
      { at: at('2026-11-16', '11:20'), from: null, to: 'applied', by: 'staff:carmen', reason: null },
      { at: at('2026-11-17', '10:05'), from: 'applied', to: 'shortlisted', by: 'staff:gloria', reason: null },
      { at: at('2026-11-18', '15:12'), from: 'shortlisted', to: 'interview', by: 'staff:carmen', reason: null },
      {
        at: at('2026-11-20', '16:10'),
        from: 'interview',
        to: 'interviewed',
        by: 'job:finish-interviews',
        reason: null,
      },
      { at: at('2026-11-23', '09:50'), from: 'interviewed', to: 'passed', by: 'staff:gloria', reason: null },
    ],
    appliedAt: at('2026-11-16', '11:20'),
    branchId: 'br_mk',
  });
  if (withTraining) {
    await office.models.intakes.create(intake);
    await office.models.applications.updateOne({ _id: APPLICATION }, { intakeId: intake._id });
  }
  await office.run('job:test', async (unit) => {
    const application = await unit.get('applications', APPLICATION);
    if (application) await startWaitingPeriod(unit, { application, requisition });
  });
  office.clock.moveBy(70 * 60_000);
  await office.run('job:test', (unit) => advanceWaitingPlan(unit, APPLICATION));
  await portal.dispatch();
}
