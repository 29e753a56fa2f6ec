import type { OutboxItemRecord } from '../../models/outbox-item.model.ts';
import type { StaffRecord } from '../../models/staff.model.ts';
import { commit } from '../unit/commit.ts';
import type { Office } from '../unit/office.ts';
import type { Unit } from '../unit/unit.ts';
import { messageTitle, slotSupplier } from './compose-message.ts';
import type { CardFace, ChatBody } from './effect.ts';
import { messageCardFace, staffTextFace } from './message-card.ts';

/** Why a person must hear of a message. */
export type Concern = 'missing' | 'held' | 'uncertain' | 'failed' | 'stopped';

/** A message and what happened to it. */
export interface ConcernedMessage {
  item: OutboxItemRecord;
  change: { tell?: Concern; reason?: string | null };
}

/**
 * Tells the responsible person about messages that a machine cannot settle: something is missing, a text must be passed
 * on by hand, nobody knows whether it left, every channel refused, or the person has stopped all messages.
 */
export async function tellPeopleAboutMessages(office: Office, messages: readonly ConcernedMessage[]): Promise<void> {
  await commit(office, 'job:dispatch', async (unit) => {
    for (const message of messages) await tell(unit, message);
  });
}

async function tell(unit: Unit, { item, change }: ConcernedMessage): Promise<void> {
  if (!change.tell) return;
  const person = await responsibleFor(unit, item);
  if (!person) return;
  const who = await candidateName(unit, item);
  const title = messageTitle(item.what);
  if (change.tell === 'held' || change.tell === 'uncertain') {
    const face = item.kind === 'candidate_message' ? messageCardFace(change.tell, { who, title }) : staffTextFace(item);
    await showCard(unit, item, person, change.tell, face);
    return;
  }
  unit.effect({
    kind: 'direct_message',
    staffId: person._id,
    what: `message_${change.tell}`,
    occasion: `${item._id}:${change.reason ?? ''}`,
    applicationId: item.applicationId,
    body: words(change.tell, { who, title, reason: change.reason ?? '' }),
  });
}

async function showCard(
  unit: Unit,
  item: OutboxItemRecord,
  person: StaffRecord,
  concern: 'held' | 'uncertain',
  face: CardFace,
): Promise<void> {
  const cardId = `${concern}-${item._id}-${item.attempts}`;
  if (await unit.get('cards', cardId)) return;
  await unit.insert('cards', {
    _id: cardId,
    kind: concern === 'held' ? 'hand_forward' : 'uncertain_message',
    subjectId: item._id,
    staffId: person._id,
    createdAt: unit.now,
    closedAt: null,
  });
  unit.effect({
    kind: 'card_create',
    staffId: person._id,
    cardId,
    occasion: cardId,
    applicationId: item.applicationId,
    face,
    summary: face.shared.title ?? '',
    fallback: {
      format: 'markdown',
      title: face.shared.title ?? '',
      text: `${face.shared.text ?? ''}\n\n回覆「${concern === 'held' ? '已轉發' : '已送達'} ${item._id}」或「再發 ${item._id}」`,
    },
  });
}

function words(concern: Concern, { who, title, reason }: { who: string; title: string; reason: string }): ChatBody {
  const lines: Record<Concern, string> = {
    missing: `「${title}」未能發給${who}：欠${missingText(reason)}。補回後會自動發出。`,
    stopped: `${who}已停止接收所有訊息，「${title}」不會發出。請致電告訴對方。`,
    failed: `「${title}」發給${who}失敗：所有渠道都不通。請致電聯絡，並核對電話及電郵。`,
    held: '',
    uncertain: '',
  };
  return { format: 'text', content: lines[concern] };
}

/** `missing:place,landmark` in words: 地點（由HR補）. */
function missingText(reason: string): string {
  const slots = reason.replace(/^missing:/, '').split(',');
  return slots.map((slot) => slotSupplier(slot)).join('、');
}

/** The member of staff a text was for; of a candidate's message the HR person who answers for them; else HR's manager. */
export async function responsibleFor(unit: Unit, item: OutboxItemRecord): Promise<StaffRecord | null> {
  if (item.recipient.startsWith('staff:')) return unit.get('staff', item.recipient.slice('staff:'.length));
  const plan = item.applicationId ? await unit.get('waitingPlans', item.applicationId) : null;
  const application = item.applicationId ? await unit.get('applications', item.applicationId) : null;
  const requisition = application ? await unit.get('requisitions', application.requisitionId) : null;
  const id = plan?.ownerStaffId ?? requisition?.recruiterId;
  const owner = id ? await unit.get('staff', id) : null;
  if (owner?.active) return owner;
  const [manager] = await unit.list('staff', { roles: 'hr_manager', active: true }, { sort: { _id: 1 }, limit: 1 });
  return manager ?? null;
}

async function candidateName(unit: Unit, item: OutboxItemRecord): Promise<string> {
  if (!item.recipient.startsWith('candidate:')) return '同事';
  const candidate = await unit.get('candidates', item.recipient.slice('candidate:'.length));
  return candidate ? `${candidate.name.display}（${candidate.ref}）` : '應徵者';
}
