import { addWorkingDays } from '../../hongkong/working-time.ts';
import { hongKongDate, momentAt } from '../../hongkong/zone.ts';
import { openCallTask } from '../call-task/open-call-task.ts';
import { commit } from '../unit/commit.ts';
import type { Office } from '../unit/office.ts';
import type { Unit } from '../unit/unit.ts';

/** Stages in which a promised answer is still owed. */
const OWING = ['applied', 'shortlisted', 'interview', 'interviewed', 'passed'] as const;

/**
 * Promises of a date that fall due within one working day without a result: the candidate hears the new date (message
 * 35, once per promise); the second time a human phones. @returns how many promises were put off
 */
export async function delayPromises(office: Office): Promise<number> {
  const tomorrow = momentAt(addWorkingDays(hongKongDate(office.clock.now()), 1));
  const due = await office.models.applications
    .find({ 'promise.by': { $lte: tomorrow }, stage: { $in: [...OWING] } }, { _id: 1 })
    .lean();
  for (const { _id } of due) await commit(office, 'job:watch-promises', (unit) => delayPromise(unit, _id, tomorrow));
  return due.length;
}

async function delayPromise(unit: Unit, applicationId: string, tomorrow: Date): Promise<void> {
  const application = await unit.get('applications', applicationId);
  const promise = application?.promise;
  if (!application || !promise || promise.by > tomorrow) return;
  const by = momentAt(addWorkingDays(hongKongDate(unit.now), unit.settings.resultWorkingDays));
  await unit.change('applications', application, { promise: { ...promise, by, delays: promise.delays + 1 } });
  unit.audit(`application:${application._id}`, 'promise_delayed', ['promise']);
  const occasion = `promise:${application._id}:${hongKongDate(promise.by)}`;
  if (promise.delays === 0) {
    unit.effect({
      kind: 'candidate_message',
      candidateId: application.candidateId,
      applicationId: application._id,
      template: 'decision_delayed',
      occasion,
      extra: { old_by: promise.by.toISOString(), what: promise.what, reply_by: by.toISOString() },
    });
    return;
  }
  await openCallTask(unit, { applicationId: application._id, reason: 'promise_missed', occasion });
}
