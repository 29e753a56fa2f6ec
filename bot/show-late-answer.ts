import type { CardFace, InboundPress } from '../channels/channel.ts';
import { describeError } from '../lib/errors.ts';
import { commit } from '../recruiting/unit/commit.ts';
import type { Office } from '../recruiting/unit/office.ts';

/**
 * Changes a card whose press could not be answered in time: what was done stands, and the card says so a moment later.
 * Where it cannot be changed, the presser reads it in words.
 */
export async function showLateAnswer(office: Office, press: InboundPress, face: CardFace): Promise<void> {
  const status = face.personal?.[press.staffId]?.status ?? face.shared.status ?? '';
  try {
    await commit(office, 'job:bot', async (unit) => {
      unit.effect({
        kind: 'card_update',
        staffId: press.staffId,
        cardId: press.cardId,
        occasion: `late:${press.eventId}`,
        callClass: 'urgent',
        face,
        fallback: { format: 'text', content: status || '已處理' },
      });
    });
  } catch (error) {
    office.log.error({ card: press.cardId, fault: describeError(error) }, 'a late answer could not be put on its card');
  }
}
