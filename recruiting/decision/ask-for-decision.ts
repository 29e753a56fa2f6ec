import type { DecisionRequestRecord } from '../../models/decision-request.model.ts';
import type { InterviewRecord } from '../../models/interview.model.ts';
import type { ApplicationScope } from '../application/application-scope.ts';
import type { Unit } from '../unit/unit.ts';
import { decisionSummary, showDecisionCard } from './decision-cards.ts';
import { reminderTimes } from './decision-reminders.ts';

/**
 * Asks managers to decide: each gets a card of their own; the first valid answer of any of them wins. A question that is
 * open already is put to those who have not been asked yet.
 * @param askedOf the hiring manager when left out
 */
export async function askForDecision(
  unit: Unit,
  input: { scope: ApplicationScope; interview: InterviewRecord | null; askedOf?: readonly string[] | undefined },
): Promise<DecisionRequestRecord> {
  const { scope } = input;
  const { application, requisition } = scope;
  const wanted = [...new Set(input.askedOf?.length ? input.askedOf : [requisition.hiringManagerId])];
  const open = await unit.one('decisionRequests', { applicationId: application._id, state: 'open' });
  if (open) return askFurther(unit, scope, open, wanted);
  const round = input.interview?.round ?? 0;
  const earlier = await unit.list('decisionRequests', { applicationId: application._id, round });
  const request = await unit.insert('decisionRequests', {
    _id: unit.newId('dec'),
    ref: `D${await unit.nextNumber('decision', 101)}`,
    applicationId: application._id,
    round,
    version: Math.max(0, ...earlier.map(({ version }) => version)) + 1,
    askedOf: wanted,
    state: 'open',
    choice: null,
    reason: null,
    decidedBy: null,
    decidedAt: null,
    askedAt: unit.now,
    ...reminderTimes(unit.now, unit.settings),
    letterDraft: null,
  });
  unit.audit(`application:${application._id}`, 'decision_asked', ['decisionRequest']);
  const summary = await decisionSummary(unit, scope, request);
  for (const staffId of wanted) await showDecisionCard(unit, summary, staffId);
  return request;
}

async function askFurther(
  unit: Unit,
  scope: ApplicationScope,
  open: DecisionRequestRecord,
  wanted: readonly string[],
): Promise<DecisionRequestRecord> {
  const further = wanted.filter((staffId) => !open.askedOf.includes(staffId));
  if (further.length === 0) return open;
  const request = await unit.change('decisionRequests', open, {
    version: open.version,
    askedOf: [...open.askedOf, ...further],
  });
  const summary = await decisionSummary(unit, scope, request);
  for (const staffId of further) await showDecisionCard(unit, summary, staffId);
  return request;
}
