import type { CardRecord } from '../../models/card.model.ts';
import type { DecisionRequestRecord } from '../../models/decision-request.model.ts';
import type { ApplicationScope } from '../application/application-scope.ts';
import { newestCv } from '../candidate/newest-cv.ts';
import type { Unit } from '../unit/unit.ts';
import {
  closedFace,
  type DecisionSummary,
  decisionFallback,
  decisionTitle,
  openDecisionFace,
} from './decision-face.ts';

/** Everything a decision card shows, read in one unit. */
export async function decisionSummary(
  unit: Unit,
  scope: ApplicationScope,
  request: DecisionRequestRecord,
): Promise<DecisionSummary> {
  const interviews = await unit.list(
    'interviews',
    { applicationId: scope.application._id, state: 'done' },
    { sort: { round: 1, startAt: 1 } },
  );
  const ids = [...new Set(interviews.flatMap((interview) => interview.interviewerIds))];
  const interviewers = ids.length > 0 ? await unit.list('staff', { _id: { $in: ids } }) : [];
  const branchId = scope.application.branchId ?? scope.requisition.branchId;
  const branch = await unit.get('branches', branchId);
  const cv = await newestCv(unit, scope.candidate._id);
  return { scope, request, interviews, interviewers, branch, hasCv: cv !== null };
}

/** Shows the question to one manager as a card of their own. Its id is new for ever: no card answers for another. */
export async function showDecisionCard(unit: Unit, summary: DecisionSummary, staffId: string): Promise<CardRecord> {
  const { request } = summary;
  const card = await unit.insert('cards', {
    _id: unit.newId('card'),
    kind: 'decision',
    subjectId: request._id,
    staffId,
    createdAt: unit.now,
    closedAt: null,
  });
  unit.effect({
    kind: 'card_create',
    staffId,
    cardId: card._id,
    occasion: `decision:${request._id}:v${request.version}`,
    applicationId: request.applicationId,
    face: openDecisionFace(summary),
    summary: decisionTitle(summary),
    fallback: decisionFallback(summary),
  });
  return card;
}

/**
 * Closes every card of a question: each shows the end, and where a card cannot be changed its person is told in words.
 * A card that nobody could have seen yet is updated all the same: creating and updating keep their order.
 */
export async function closeDecisionCards(
  unit: Unit,
  request: DecisionRequestRecord,
  end: { status: string; words: string; occasion: string; pressedCardId?: string | undefined },
): Promise<void> {
  const cards = await unit.list('cards', { subjectId: request._id, closedAt: null });
  for (const card of cards) {
    await unit.change('cards', card, { closedAt: unit.now });
    if (card._id === end.pressedCardId) continue;
    unit.effect({
      kind: 'card_update',
      staffId: card.staffId,
      cardId: card._id,
      occasion: end.occasion,
      applicationId: request.applicationId,
      face: closedFace(end.status, card.staffId),
      fallback: { format: 'text', content: end.words },
    });
  }
}
