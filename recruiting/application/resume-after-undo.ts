import type { CardRecord } from '../../models/card.model.ts';
import type { DecisionRequestRecord } from '../../models/decision-request.model.ts';
import type { InterviewRecord } from '../../models/interview.model.ts';
import { deciderName } from '../decision/decide.ts';
import { closedFace } from '../decision/decision-face.ts';
import { askForLetter } from '../decision/rejection-letter-card.ts';
import { reopenDecision } from '../decision/reopen-decision.ts';
import { restoreInterview } from '../interview/restore-interview.ts';
import type { Unit } from '../unit/unit.ts';
import { applicationScope } from './application-scope.ts';

/** A document of an act that was taken back, as it was while the act stood. */
export interface UndoneDocument {
  collection: string;
  id: string;
  document: Record<string, unknown>;
}

/**
 * What the records alone cannot take back: appointments return to calendars and reminders, cards that the act had brought
 * close, and questions that it had closed are asked again with new cards.
 */
export async function resumeAfterUndo(unit: Unit, undone: readonly UndoneDocument[]): Promise<void> {
  const of = <R>(collection: string): R[] =>
    undone.filter((one) => one.collection === collection).map((one) => one.document as unknown as R);
  for (const interview of of<InterviewRecord>('interviews')) await restoreInterview(unit, interview);
  const cards = of<CardRecord>('cards');
  for (const request of of<DecisionRequestRecord>('decisionRequests')) {
    const own = cards.filter((card) => card.subjectId === request._id);
    await resumeRequest(unit, request, own);
  }
}

async function resumeRequest(unit: Unit, undone: DecisionRequestRecord, cards: readonly CardRecord[]): Promise<void> {
  const request = await unit.get('decisionRequests', undone._id);
  if (request?.state === 'open') {
    const staleCards = cards.filter((card) => card.closedAt !== null);
    await reopenDecision(unit, { requestId: request._id, staleCards });
    await tellTakenBack(unit, undone);
    return;
  }
  for (const card of await unit.list('cards', { subjectId: undone._id, closedAt: null })) {
    await unit.change('cards', card, { closedAt: unit.now });
    unit.effect({
      kind: 'card_update',
      staffId: card.staffId,
      cardId: card._id,
      occasion: `decision:${undone._id}:v${undone.version}:retracted`,
      applicationId: undone.applicationId,
      face: closedFace('已收回', card.staffId),
      fallback: { format: 'text', content: '之前的卡片已收回，毋須處理。' },
    });
  }
  if (request?.state !== 'decided' || request.choice !== 'reject' || !request.decidedBy) return;
  const scope = await applicationScope(unit, request.applicationId);
  await askForLetter(unit, scope, request, await deciderName(unit, request.decidedBy));
}

/** The recruiter has read of a decision that stands no more. */
async function tellTakenBack(unit: Unit, undone: DecisionRequestRecord): Promise<void> {
  if (undone.state !== 'decided' || !undone.decidedBy) return;
  const { application, candidate, requisition } = await applicationScope(unit, undone.applicationId);
  if (undone.decidedBy === requisition.recruiterId) return;
  const decider = await deciderName(unit, undone.decidedBy);
  unit.effect({
    kind: 'direct_message',
    staffId: requisition.recruiterId,
    what: 'decision_taken_back',
    occasion: `decision:${undone._id}:v${undone.version}:taken_back`,
    applicationId: application._id,
    callClass: 'urgent',
    body: {
      format: 'text',
      content: `${decider} 收回了對 ${candidate.name.display}（${application.ref}）的決定，正重新考慮。`,
    },
  });
}
