import { redactHkids } from '../../hongkong/hkid.ts';
import { addWorkingDays } from '../../hongkong/working-time.ts';
import { addDays, hongKongDate, momentAt } from '../../hongkong/zone.ts';
import { RuleBroken } from '../../lib/errors.ts';
import type { CallAttempt, CallOutcome, CallTaskRecord } from '../../models/call-task.model.ts';
import { withdrawApplication } from '../application/withdraw-application.ts';
import type { Unit } from '../unit/unit.ts';
import { recordActivity } from '../waiting/record-activity.ts';
import { wakeNudges } from '../waiting/rest-nudges.ts';
import { openTask } from './claim-call-task.ts';

/** What a caller says about a call. */
export interface CallReport {
  staffId: string;
  outcome: CallOutcome;
  concern?: string | null | undefined;
  /** What was agreed, checked by the caller; goes to the candidate, at most 60 characters. */
  summary?: string | null | undefined;
  /** What the caller will do next; goes to the candidate with the summary. */
  action?: string | null | undefined;
  /** When to phone again. */
  nextAt?: Date | null | undefined;
}

const REACHED: readonly CallOutcome[] = ['reached_accepted', 'reached_declined', 'reached_undecided'];

/**
 * Records a call for a task. Reaching the person is the human contact of the waiting period; not reaching them keeps the
 * task open and tells them who phoned. A person who withdraws is withdrawn.
 * @throws RuleBroken call_task_closed, call_task_unknown, summary_too_long
 */
export async function recordCallForTask(unit: Unit, taskId: string, report: CallReport): Promise<CallTaskRecord> {
  const before = await openTask(unit, taskId);
  const attempt = attemptOf(unit, report);
  const reached = REACHED.includes(report.outcome);
  const goesOn = !reached || (report.outcome === 'reached_undecided' && report.nextAt != null);
  const task = await unit.change('callTasks', before, {
    attempts: [...before.attempts, attempt],
    claimedBy: before.claimedBy ?? report.staffId,
    claimedAt: before.claimedAt ?? unit.now,
    state: goesOn ? 'claimed' : 'done',
    dueAt: goesOn ? nextCall(unit, report) : before.dueAt,
    closedAt: goesOn ? null : unit.now,
  });
  await recordCall(
    unit,
    { applicationId: task.applicationId, occasion: `${task._id}:${task.attempts.length}` },
    report,
  );
  if (task.state === 'done') await wakeNudges(unit, task.candidateId);
  return task;
}

/** Records a call that no task asked for, or the part of one that concerns the candidate. */
export async function recordCall(
  unit: Unit,
  about: { applicationId: string; occasion: string },
  report: CallReport,
): Promise<void> {
  const application = await unit.get('applications', about.applicationId);
  const candidate = application ? await unit.get('candidates', application.candidateId) : null;
  if (!application || !candidate) throw new RuleBroken('application_unknown');
  if ((report.summary?.length ?? 0) > 60) throw new RuleBroken('summary_too_long', { most: 60 });
  const reached = REACHED.includes(report.outcome);
  unit.audit(`application:${application._id}`, `call:${report.outcome}`, ['activities']);
  const plan = await unit.get('waitingPlans', application._id);
  if (reached && plan && plan.humanContactAt === null) {
    await unit.change('waitingPlans', plan, { humanContactAt: unit.now });
  }
  await recordActivity(unit, candidate, {
    candidateId: candidate._id,
    applicationId: application._id,
    kind: 'called',
    detail: report.outcome,
    text: report.concern ?? null,
    signOfLife: reached,
  });
  // Who was reached by telephone has that number after all.
  const { phone, wrongAddresses = [] } = candidate;
  if (reached && phone && wrongAddresses.includes(phone)) {
    const fresh = await unit.get('candidates', candidate._id);
    if (fresh)
      await unit.change('candidates', fresh, { wrongAddresses: wrongAddresses.filter((one) => one !== phone) });
  }
  tellCandidate(unit, { ...about, candidateId: candidate._id }, report);
  if (report.outcome === 'wrong_number') {
    unit.effect({
      kind: 'direct_message',
      staffId: report.staffId,
      what: 'wrong_number',
      occasion: `${about.occasion}:wrong_number`,
      applicationId: application._id,
      body: { format: 'text', content: `請核對${candidate.name.display}（${candidate.ref}）的電話，改好後再致電。` },
    });
  }
  if (report.outcome === 'reached_declined') {
    await withdrawApplication(unit, { applicationId: application._id, reason: report.concern ?? '致電時表示退出' });
  }
}

/** The note after the call (message 28): a summary only when the caller wrote one; a hint when nobody answered. */
function tellCandidate(
  unit: Unit,
  about: { applicationId: string; candidateId: string; occasion: string },
  report: CallReport,
): void {
  const called = { called_at: unit.now.toISOString() };
  const message = {
    kind: 'candidate_message' as const,
    candidateId: about.candidateId,
    applicationId: about.applicationId,
    template: 'human_call_followup',
    occasion: `call:${about.occasion}`,
  };
  if (report.outcome === 'no_answer' || report.outcome === 'voicemail') {
    unit.effect({ ...message, extra: { ...called, reached: 'no' } });
    return;
  }
  const reached = report.outcome === 'reached_accepted' || report.outcome === 'reached_undecided';
  if (!reached || !report.summary || !report.action) return;
  const followUp = momentAt(addWorkingDays(hongKongDate(unit.now), unit.settings.resultWorkingDays));
  unit.effect({
    ...message,
    extra: {
      ...called,
      reached: 'yes',
      call_summary: withoutStop(report.summary),
      action: withoutStop(report.action),
      followup_by: followUp.toISOString(),
    },
  });
}

/** The text behind it brings its own full stop. */
function withoutStop(text: string): string {
  return redactHkids(text)
    .trim()
    .replace(/[。！？.!?]+$/, '');
}

function attemptOf(unit: Unit, report: CallReport): CallAttempt {
  return {
    at: unit.now,
    by: report.staffId,
    outcome: report.outcome,
    concern: report.concern ?? null,
    note: report.summary ? redactHkids(report.summary) : null,
    nextAt: report.nextAt ?? null,
  };
}

/** When to try again: as said, else tomorrow morning when the office opens. */
function nextCall(unit: Unit, report: CallReport): Date {
  if (report.nextAt && report.nextAt > unit.now) return report.nextAt;
  const tomorrow = addDays(hongKongDate(unit.now), 1);
  return momentAt(addWorkingDays(addDays(tomorrow, -1), 1), unit.settings.workdayStart);
}
