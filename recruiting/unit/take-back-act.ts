import type { QueryFilter } from 'mongoose';
import { RuleBroken } from '../../lib/errors.ts';
import type { ActRecord } from '../../models/act.model.ts';
import type { CollectionName, Records } from '../../models/index.ts';
import type { OutboxItemRecord } from '../../models/outbox-item.model.ts';
import type { Unit } from './unit.ts';

/** What taking an act back came to. */
export type TakeBack =
  | {
      outcome: 'undone';
      act: ActRecord;
      /** Documents as they were while the act stood. */
      undone: { collection: string; id: string; document: Record<string, unknown> }[];
      /** Messages that will not leave now. */
      dropped: OutboxItemRecord[];
    }
  /** Too late, or a message has left: nothing changed. */
  | { outcome: 'too_late'; act: ActRecord; gone: OutboxItemRecord[] };

/** What is shown to people stays shown: cards and questions are closed by the act's own command, never reopened. */
const NOT_RESTORED: readonly string[] = ['cards', 'dialogues'];

/**
 * Takes back an act of a person, the last one unless another is named, as long as nothing has left: every document becomes as it was (its version moves on,
 * so that a later message about it is a new one), messages still waiting are dropped, the audit keeps both.
 * @throws RuleBroken `nothing_to_undo`; `undo_overtaken` when somebody has gone on from there
 */
export async function takeBackAct(unit: Unit, staffId: string, earlier?: ActRecord): Promise<TakeBack> {
  const [last] = await unit.list('acts', { staffId, state: 'done' }, { sort: { number: -1 }, limit: 1 });
  const act = earlier ?? last;
  if (!act) throw new RuleBroken('nothing_to_undo');
  const items = await unit.list('outbox', { actId: act._id });
  const messages = items.filter((item) => item.kind === 'candidate_message');
  const gone = messages.filter((item) => item.state !== 'pending' && item.state !== 'dropped');
  if (unit.now >= act.undoUntil || gone.length > 0) return { outcome: 'too_late', act, gone };
  if (last && last._id !== act._id && (await isBuiltUpon(unit, staffId, act))) {
    throw new RuleBroken('undo_overtaken', { summary: act.summary });
  }
  for (const { subject, number } of act.subjects) {
    if (await hasGoneOn(unit, subject, number)) throw new RuleBroken('undo_overtaken', { summary: act.summary });
  }
  const undone: { collection: string; id: string; document: Record<string, unknown> }[] = [];
  for (const before of [...act.before].reverse()) {
    if (NOT_RESTORED.includes(before.collection)) {
      const shown = await unit.one(before.collection as CollectionName, { _id: before.id } as never);
      if (shown) undone.push({ collection: before.collection, id: before.id, document: { ...shown } });
      continue;
    }
    const stood = await restore(unit, before.collection as CollectionName, before.id, before.document);
    if (stood) undone.push({ collection: before.collection, id: before.id, document: stood });
  }
  const dropped = messages.filter((item) => item.state === 'pending');
  for (const item of dropped) {
    // The key is given free: done again, the same occasion is a new message.
    const changed = { state: 'dropped' as const, reason: 'undone', doneAt: unit.now, key: `${item.key}#${act._id}` };
    const written = await unit.models.outbox.updateOne(
      { _id: item._id, state: 'pending' },
      { $set: changed },
      { session: unit.session },
    );
    // Claimed between reading and writing: the database repeats the unit, which then sees it as gone.
    if (written.matchedCount === 0) throw new Error(`outbox item ${item._id} was claimed while being taken back`);
  }
  await unit.models.acts.updateOne({ _id: act._id }, { $set: { state: 'undone' } }, { session: unit.session });
  for (const { subject } of act.subjects) unit.audit(subject, `undo:${act.name}`, []);
  return { outcome: 'undone', act, undone, dropped };
}

/** How a message was read is kept with the act it led to; it is no part of what the act changed. */
const BESIDE_THE_ACT: readonly string[] = [...NOT_RESTORED, 'readings'];

/** Whether a later act of the same person changed a document that this one changed: then the later one goes first. */
async function isBuiltUpon(unit: Unit, staffId: string, act: ActRecord): Promise<boolean> {
  const changed = new Set(
    act.before
      .filter(({ collection }) => !BESIDE_THE_ACT.includes(collection))
      .map(({ collection, id }) => `${collection}|${id}`),
  );
  const later = await unit.list('acts', { staffId, state: 'done', number: { $gt: act.number } });
  return later.some(({ before }) => before.some(({ collection, id }) => changed.has(`${collection}|${id}`)));
}

/** Whether something happened to a subject after an act, apart from acts that were themselves taken back. */
async function hasGoneOn(unit: Unit, subject: string, number: number): Promise<boolean> {
  const later = await unit.list('auditEntries', { subject, number: { $gt: number } });
  const open = later.filter((entry) => !entry.act.startsWith('undo:'));
  if (open.length === 0) return false;
  const undone = await unit.models.acts
    .find({ state: 'undone', 'subjects.subject': subject }, { subjects: 1 })
    .session(unit.session)
    .lean();
  const spans = undone.flatMap((one) => one.subjects.filter((span) => span.subject === subject));
  return open.some((entry) => !spans.some((span) => entry.number >= span.from && entry.number <= span.number));
}

/** Makes a document what it was. @returns the document as it stood, null when it is gone already */
async function restore<Name extends CollectionName>(
  unit: Unit,
  collection: Name,
  id: string,
  document: Record<string, unknown> | null,
): Promise<Record<string, unknown> | null> {
  const current = await unit.one(collection, { _id: id } as QueryFilter<Records[Name]>);
  if (document === null) {
    if (current) await unit.remove(collection, current);
  } else if (current) {
    // Without its version, which moves on.
    const { _id: _, version: _version, ...fields } = document;
    await unit.change(collection, current, fields as Partial<Records[Name]>);
  } else {
    await unit.insert(collection, document as unknown as Records[Name]);
  }
  return current as unknown as Record<string, unknown> | null;
}
