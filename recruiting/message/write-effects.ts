import type { OutboxItemRecord } from '../../models/outbox-item.model.ts';
import type { Unit } from '../unit/unit.ts';
import { type Effect, effectKey } from './effect.ts';
import { freshItem } from './fresh-item.ts';

/**
 * Puts effects into the outbox inside the unit's transaction. An effect whose key is known is left alone: nobody gets
 * the same thing twice. @returns the earliest due moment, null when there are none
 */
export async function writeEffects(unit: Unit, effects: readonly Effect[], actId: string | null): Promise<Date | null> {
  if (effects.length === 0) return null;
  const items = effects.map((effect, order) => outboxItem(unit, effect, actId, order));
  await unit.models.outbox.bulkWrite(
    items.map((item) => ({
      updateOne: { filter: { key: item.key }, update: { $setOnInsert: item }, upsert: true },
    })),
    { session: unit.session, ordered: true },
  );
  return new Date(Math.min(...items.map((item) => item.dueAt.getTime())));
}

/** The outbox item of an effect. What staff's undoable acts send to candidates waits until it can no longer be undone. */
function outboxItem(unit: Unit, effect: Effect, actId: string | null, order: number): OutboxItemRecord {
  const { recipient, what, key } = effectKey(effect);
  const { occasion, applicationId, dueAt, callClass, ...payload } = effect;
  let due = dueAt ?? unit.now;
  if (effect.kind === 'candidate_message' && unit.by.startsWith('staff:') && !effect.atOnce) {
    const undoEnds = new Date(unit.now.getTime() + unit.settings.undoSeconds * 1000);
    if (due < undoEnds) due = undoEnds;
  }
  const chosenClass = callClass ?? defaultClass(effect);
  return {
    _id: unit.newId('out'),
    key,
    kind: effect.kind,
    recipient,
    what,
    occasion,
    applicationId: applicationId ?? null,
    payload,
    callClass: chosenClass,
    lane: chosenClass === 'normal' || chosenClass === 'bulk' ? 'slow' : 'fast',
    ...freshItem(unit.now, due),
    actId,
    order,
  };
}

function defaultClass(effect: Effect): OutboxItemRecord['callClass'] {
  if (effect.kind === 'reply') return 'reply';
  // Cards are made and changed in one lane, or a change could overtake the making.
  if (effect.kind === 'card_create' || effect.kind === 'card_update') return 'urgent';
  return 'normal';
}
