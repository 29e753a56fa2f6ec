import type { ApplicationRecord } from '../../models/application.model.ts';
import { closeOpenDecisions, type DecisionEnd } from '../decision/close-decisions.ts';
import { callOff } from '../interview/cancel-interview.ts';
import type { Unit } from '../unit/unit.ts';
import { endWaitingPeriod, type WaitingEnd } from '../waiting/end-waiting-period.ts';

/**
 * An application ends: appointments ahead leave the calendars, managers are asked no more, the waiting period stops.
 * What the candidate is told is the caller's affair.
 */
export async function closeOpenBusiness(
  unit: Unit,
  application: ApplicationRecord,
  end: WaitingEnd,
  pressedCardId?: string,
): Promise<void> {
  for (const interview of await unit.list('interviews', { applicationId: application._id, state: 'scheduled' })) {
    await callOff(unit, interview);
  }
  const decisionEnd: DecisionEnd = end === 'arrived' ? 'moved_on' : end;
  await closeOpenDecisions(unit, application._id, decisionEnd, pressedCardId);
  await endWaitingPeriod(unit, application._id, end);
}
