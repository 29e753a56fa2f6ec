import { redactHkids } from '../../hongkong/hkid.ts';
import { RuleBroken } from '../../lib/errors.ts';
import type { DecisionChoice, DecisionRequestRecord } from '../../models/decision-request.model.ts';
import { applicationScope } from '../application/application-scope.ts';
import { requireStep } from '../application/move-stage.ts';
import { passApplication } from '../application/pass-application.ts';
import type { CardFace } from '../message/effect.ts';
import type { Unit } from '../unit/unit.ts';
import { AFTER_ANSWER_MS, closedFace, decidedStatus } from './decision-face.ts';
import { reminderTimes } from './decision-reminders.ts';
import { askForLetter } from './rejection-letter-card.ts';
import { tellRecruiterOfDecision } from './tell-recruiter.ts';

/** One person's answer to a question. */
export interface DecisionAnswer {
  requestId: string;
  /** Who decides. Rights are checked by the caller. */
  staffId: string;
  choice: DecisionChoice;
  /** Needed for another interview and for a rejection; only for staff. */
  reason?: string | undefined;
  /** The card that was pressed, when it was one: its answer travels with the press. */
  pressedCardId?: string | undefined;
}

/**
 * What an answer came to. Only `decided` changed anything; `repeated` is the same answer of the same person again, `late`
 * somebody was faster, `closed` nobody needs to decide any more.
 */
export interface DecisionOutcome {
  outcome: 'decided' | 'repeated' | 'late' | 'closed';
  request: DecisionRequestRecord;
  /** Name of who decided; null when closed without a decision. */
  decidedBy: string | null;
  /** The pressed card's new face, when a press decided. */
  face?: CardFace;
}

/**
 * Decides. The first valid answer wins in one atomic step: two at the same moment change the same record, one of them
 * runs again and finds the decision taken. Everybody's card then says who decided.
 * @throws RuleBroken `decision_unknown`, `reason_missing` and the obstacles of `stage.ts`
 */
export async function decide(unit: Unit, answer: DecisionAnswer): Promise<DecisionOutcome> {
  const before = await unit.get('decisionRequests', answer.requestId);
  if (!before) throw new RuleBroken('decision_unknown', { ref: answer.requestId });
  if (before.state !== 'open') return settledOutcome(unit, before, answer);
  const scope = await applicationScope(unit, before.applicationId);
  const reason = answer.reason?.trim() ? redactHkids(answer.reason.trim()) : null;
  if (answer.choice !== 'hire' && reason === null) {
    throw new RuleBroken('reason_missing', { name: scope.candidate.name.display, ref: scope.application.ref });
  }
  if (answer.choice === 'hire') requireStep(scope, 'passed');
  const request = await unit.change('decisionRequests', before, {
    version: before.version,
    state: 'decided',
    choice: answer.choice,
    reason,
    decidedBy: answer.staffId,
    decidedAt: unit.now,
    remindAt: null,
    escalateAt: null,
    // A letter is owed now; it is reminded like a decision.
    ...(answer.choice === 'reject' ? reminderTimes(unit.now, unit.settings) : {}),
  });
  unit.audit(`application:${request.applicationId}`, `decided:${answer.choice}`, ['decisionRequest']);
  const decider = await deciderName(unit, answer.staffId);
  const face = await showDecision(unit, request, decider, answer.pressedCardId);
  if (answer.choice === 'hire') await passApplication(unit, scope, reason);
  else await unit.change('applications', scope.application, {});
  if (answer.choice === 'reject') await askForLetter(unit, scope, request, decider);
  else tellRecruiterOfDecision(unit, scope, request, decider);
  return { outcome: 'decided', request, decidedBy: decider, ...(face ? { face } : {}) };
}

async function settledOutcome(
  unit: Unit,
  request: DecisionRequestRecord,
  answer: DecisionAnswer,
): Promise<DecisionOutcome> {
  if (request.state === 'closed' || !request.decidedBy) return { outcome: 'closed', request, decidedBy: null };
  const decidedBy = await deciderName(unit, request.decidedBy);
  const same = request.decidedBy === answer.staffId && request.choice === answer.choice;
  return { outcome: same ? 'repeated' : 'late', request, decidedBy };
}

/** The name under which a decision is shown. */
export async function deciderName(unit: Unit, staffId: string): Promise<string> {
  const person = await unit.get('staff', staffId);
  return person ? person.name : staffId;
}

async function showDecision(
  unit: Unit,
  request: DecisionRequestRecord,
  decider: string,
  pressedCardId: string | undefined,
): Promise<CardFace | undefined> {
  const status = decidedStatus(request, decider);
  const undo = `${status}。${Math.round(unit.settings.undoSeconds / 60)}分鐘內可輸入「復原」收回。`;
  let pressedFace: CardFace | undefined;
  for (const card of await unit.list('cards', { subjectId: request._id, closedAt: null })) {
    await unit.change('cards', card, { closedAt: unit.now });
    const pressed = card._id === pressedCardId;
    const face = closedFace(status, card.staffId, pressed ? undo : status);
    if (pressed) pressedFace = face;
    unit.effect({
      kind: 'card_update',
      staffId: card.staffId,
      cardId: card._id,
      occasion: `decision:${request._id}:v${request.version}:decided`,
      applicationId: request.applicationId,
      // An answer in time makes this a repeat.
      ...(pressed ? { dueAt: new Date(unit.now.getTime() + AFTER_ANSWER_MS) } : {}),
      face,
      fallback: { format: 'text', content: `${status}。` },
    });
  }
  return pressedFace;
}
