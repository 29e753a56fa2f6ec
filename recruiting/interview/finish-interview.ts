import { RuleBroken } from '../../lib/errors.ts';
import type { DecisionRequestRecord } from '../../models/decision-request.model.ts';
import type { Models } from '../../models/index.ts';
import type { InterviewRecord } from '../../models/interview.model.ts';
import { applicationScope } from '../application/application-scope.ts';
import { promiseDay } from '../application/date-promise.ts';
import { moveStage } from '../application/move-stage.ts';
import { askForDecision } from '../decision/ask-for-decision.ts';
import type { Unit } from '../unit/unit.ts';
import { tellCandidate } from './interview-effects.ts';
import { interviewEnd } from './interview-times.ts';

export interface FinishOutcome {
  interview: InterviewRecord;
  /** Null when the caller asks nobody (the decision is taken with the same order). */
  request: DecisionRequestRecord | null;
  resultBy: Date;
}

/**
 * An interview has taken place: the candidate is thanked two hours later and told by when the result comes; the managers
 * are asked to decide. Also repairs a no-show that was none.
 * @param askedOf who decides; the hiring manager when left out. `nobody`: the decision follows in the same unit.
 * @throws RuleBroken `interview_unknown`, `interview_ahead`, `interview_over`
 */
export async function finishInterview(
  unit: Unit,
  { interviewId, askedOf }: { interviewId: string; askedOf?: readonly string[] | 'nobody' },
): Promise<FinishOutcome> {
  const before = await unit.get('interviews', interviewId);
  if (!before) throw new RuleBroken('interview_unknown', { id: interviewId });
  const scope = await applicationScope(unit, before.applicationId);
  const name = scope.candidate.name.display;
  if (before.state === 'done' || before.state === 'cancelled') throw new RuleBroken('interview_over', { name });
  if (before.startAt > unit.now) {
    throw new RuleBroken('interview_ahead', { name, ref: scope.application.ref, at: before.startAt.toISOString() });
  }
  const version = before.version + (before.state === 'no_show' ? 1 : 0);
  const interview = await unit.change('interviews', before, { state: 'done', version });
  const promise = promiseDay('面試結果', unit.now, unit.settings);
  const application = await moveStage(unit, scope, 'interviewed', null, { promise });
  tellCandidate(unit, interview, 'thank_you_after_interview', {
    dueAt: new Date(unit.now.getTime() + unit.settings.thankYouAfterHours * 3_600_000),
    extra: { reply_by: promise.by.toISOString(), visit_at: interview.startAt.toISOString() },
  });
  const request =
    askedOf === 'nobody' ? null : await askForDecision(unit, { scope: { ...scope, application }, interview, askedOf });
  return { interview, request, resultBy: promise.by };
}

/**
 * Interviews whose end has passed, for the job that closes them when nobody did.
 * @returns ids, earliest first
 */
export async function interviewsToFinish(models: Models, now: Date, limit = 100): Promise<string[]> {
  const begun = await models.interviews
    .find({ state: 'scheduled', startAt: { $lte: now } }, { startAt: 1, minutes: 1 })
    .sort({ startAt: 1 })
    .limit(limit)
    .lean();
  return begun.filter((interview) => interviewEnd(interview) <= now).map((interview) => interview._id);
}

/** When the next interview is over that is still open; null when there is none. For the timetable's next due moment. */
export async function nextInterviewEnd(models: Models): Promise<Date | null> {
  const next = await models.interviews
    .find({ state: 'scheduled' }, { startAt: 1, minutes: 1 })
    .sort({ startAt: 1 })
    .limit(20)
    .lean();
  const ends = next.map(interviewEnd).sort((a, b) => a.getTime() - b.getTime());
  return ends[0] ?? null;
}
