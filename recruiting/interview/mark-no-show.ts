import { RuleBroken } from '../../lib/errors.ts';
import type { InterviewRecord } from '../../models/interview.model.ts';
import { applicationScope } from '../application/application-scope.ts';
import { moveStage } from '../application/move-stage.ts';
import { closeOpenDecisions } from '../decision/close-decisions.ts';
import type { Unit } from '../unit/unit.ts';
import { tellCandidate } from './interview-effects.ts';
import { replyDay } from './interview-times.ts';

/**
 * Somebody did not come to their interview. An hour later they are asked, without blame, whether they want another time.
 * Also when the clock had already closed the interview and nobody has decided yet: the thank-you note then falls away.
 * @throws RuleBroken `interview_unknown`, `interview_ahead`, `interview_over`
 */
export async function markNoShow(
  unit: Unit,
  { interviewId }: { interviewId: string },
): Promise<{ interview: InterviewRecord; followUpAt: Date }> {
  const before = await unit.get('interviews', interviewId);
  if (!before) throw new RuleBroken('interview_unknown', { id: interviewId });
  const scope = await applicationScope(unit, before.applicationId);
  const name = scope.candidate.name.display;
  if (before.state === 'cancelled' || before.state === 'no_show') throw new RuleBroken('interview_over', { name });
  if (before.startAt > unit.now) {
    throw new RuleBroken('interview_ahead', { name, ref: scope.application.ref, at: before.startAt.toISOString() });
  }
  // A new version where the clock had closed it, so that what is sent afterwards counts as new.
  const version = before.version + (before.state === 'done' ? 1 : 0);
  const interview = await unit.change('interviews', before, { state: 'no_show', version });
  await closeOpenDecisions(unit, before.applicationId, 'no_show');
  await moveStage(unit, scope, 'no_show', null, { promise: null });
  const followUpAt = new Date(unit.now.getTime() + unit.settings.noShowAfterMinutes * 60_000);
  tellCandidate(unit, interview, 'no_show_followup', {
    dueAt: followUpAt,
    occasionEnd: 'no_show',
    extra: { reply_by: replyDay(followUpAt, unit.settings).toISOString() },
  });
  return { interview, followUpAt };
}
