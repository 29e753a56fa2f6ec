import type { CardRecord } from '../../models/card.model.ts';
import type { DecisionRequestRecord } from '../../models/decision-request.model.ts';
import { applicationScope } from '../application/application-scope.ts';
import type { Unit } from '../unit/unit.ts';
import { decisionSummary, showDecisionCard } from './decision-cards.ts';
import { closedFace } from './decision-face.ts';
import { reminderTimes } from './decision-reminders.ts';

/**
 * Asks again after a decision was taken back: the old cards are closed for good, every manager gets a new one, and links
 * in old texts no longer answer (the question has a new reference).
 * @param staleCards cards that the decision itself had brought (the letter's), which are gone from the records
 * @returns the question as it is open again; null when it is not open (somebody went on)
 */
export async function reopenDecision(
  unit: Unit,
  { requestId, staleCards = [] }: { requestId: string; staleCards?: readonly CardRecord[] },
): Promise<DecisionRequestRecord | null> {
  const before = await unit.get('decisionRequests', requestId);
  if (before?.state !== 'open') return null;
  const scope = await applicationScope(unit, before.applicationId);
  const request = await unit.change('decisionRequests', before, {
    ref: `D${await unit.nextNumber('decision', 101)}`,
    askedAt: unit.now,
    ...reminderTimes(unit.now, unit.settings),
    letterDraft: null,
  });
  const name = scope.candidate.name.display;
  const open = await unit.list('cards', { subjectId: requestId, closedAt: null });
  for (const card of open) await unit.change('cards', card, { closedAt: unit.now });
  for (const card of [...open, ...staleCards]) {
    unit.effect({
      kind: 'card_update',
      staffId: card.staffId,
      cardId: card._id,
      occasion: `decision:${requestId}:v${request.version}:taken_back`,
      applicationId: request.applicationId,
      face: closedFace('決定已收回，請看新的卡片', card.staffId),
      fallback: { format: 'text', content: `${name} 的決定已收回，將再詢問一次。` },
    });
  }
  unit.audit(`application:${request.applicationId}`, 'decision_reopened', ['decisionRequest']);
  const summary = await decisionSummary(unit, scope, request);
  for (const staffId of request.askedOf) await showDecisionCard(unit, summary, staffId);
  return request;
}
