import type { CallTaskRecord } from '../../models/call-task.model.ts';
import type { CardFace } from '../message/effect.ts';
import type { Unit } from '../unit/unit.ts';
import { callTaskFace } from './call-task-face.ts';

/** How many of the latest activities a caller sees. */
const ACTIVITIES_SHOWN = 6;

/** The card's face as the records are now; null when the candidate is gone. */
export async function faceOfCallTask(unit: Unit, task: CallTaskRecord): Promise<CardFace | null> {
  const candidate = await unit.get('candidates', task.candidateId);
  const application = await unit.get('applications', task.applicationId);
  if (!candidate || !application) return null;
  const requisition = await unit.get('requisitions', application.requisitionId);
  const plan = await unit.get('waitingPlans', application._id);
  const activities = await unit.list(
    'activities',
    { candidateId: candidate._id },
    { sort: { at: -1 }, limit: ACTIVITIES_SHOWN },
  );
  const people = new Set([task.claimedBy, ...task.attempts.map((one) => one.by)].filter((id) => id !== null));
  const staff = await unit.list('staff', { _id: { $in: [...people] } });
  return callTaskFace({
    task,
    candidate,
    application,
    requisition,
    activities,
    firstDayAt: plan?.firstDayAt ?? null,
    staffNames: new Map(staff.map((person) => [person._id, person.name])),
  });
}

/** Shows the task to one person, once. */
export async function showCallTask(unit: Unit, task: CallTaskRecord, staffId: string): Promise<void> {
  const cardId = `call-${task._id}-${staffId}`;
  if (await unit.get('cards', cardId)) return;
  const face = await faceOfCallTask(unit, task);
  if (!face) return;
  await unit.insert('cards', {
    _id: cardId,
    kind: 'call_task',
    subjectId: task._id,
    staffId,
    createdAt: unit.now,
    closedAt: null,
  });
  unit.effect({
    kind: 'card_create',
    staffId,
    cardId,
    occasion: cardId,
    applicationId: task.applicationId,
    face,
    summary: face.shared.title ?? '請致電',
    fallback: inWords(face, task),
  });
}

/** Brings every card of the task up to date, but for the one that is answered right now. */
export async function refreshCallCards(
  unit: Unit,
  task: CallTaskRecord,
  exceptCardId: string | null,
): Promise<CardFace | null> {
  const face = await faceOfCallTask(unit, task);
  if (!face) return null;
  for (const card of await unit.list('cards', { subjectId: task._id, kind: 'call_task' })) {
    // A card made just now shows how things are already.
    if (card._id === exceptCardId || card.createdAt >= unit.now) continue;
    unit.effect({
      kind: 'card_update',
      staffId: card.staffId,
      cardId: card._id,
      occasion: `${card._id}:${task.state}:${task.attempts.length}:${task.escalations}`,
      applicationId: task.applicationId,
      face,
      fallback: { format: 'text', content: `${face.shared.title}\n${face.shared.status}` },
    });
  }
  return face;
}

/** The same as text for organisations without a card template. */
function inWords(face: CardFace, task: CallTaskRecord) {
  const { title = '', text = '', status = '' } = face.shared;
  return {
    format: 'markdown' as const,
    title,
    text: `### ${title}\n\n${text}\n\n${status}\n\n回覆「認領 ${task._id}」或「致電結果 ${task._id} 會上班」`,
  };
}
