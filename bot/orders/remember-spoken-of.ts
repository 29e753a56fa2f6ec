import type { Unit } from '../../recruiting/unit/unit.ts';
import type { AnyCommand } from '../command.ts';
import type { Frame } from '../understand/frame.ts';
import { spokenOfId } from './reading.ts';

/** How many people a conversation keeps in mind. */
const MOST_PEOPLE = 6;

/**
 * Keeps of whom somebody has just spoken with the robot. Written past the unit's before-images: taking an act back does not
 * take back that it was spoken about.
 */
export async function rememberSpokenOf(
  unit: Unit,
  where: { conversationId: string; staffId: string },
  command: AnyCommand,
  frame: Frame,
): Promise<void> {
  const now: string[] = [];
  for (const [name, argument] of Object.entries(command.takes)) {
    if (argument.kind !== 'application' && argument.kind !== 'candidate') continue;
    for (const piece of frame.args[name] ?? []) {
      if ('id' in piece) {
        const id = argument.kind === 'candidate' ? piece.id : (await unit.get('applications', piece.id))?.candidateId;
        if (id) now.push(id);
      } else if ('ids' in piece && piece.ids.length === 1) now.push(...piece.ids);
    }
  }
  await rememberPeople(unit, where, now);
}

/** The same for people by their ids. */
export async function rememberPeople(
  unit: Unit,
  where: { conversationId: string; staffId: string },
  candidateIdsNow: readonly string[],
): Promise<void> {
  const together = [...new Set(candidateIdsNow)].slice(0, MOST_PEOPLE);
  if (together.length === 0) return;
  const _id = spokenOfId(where.conversationId, where.staffId);
  const before = await unit.get('spokenOf', _id);
  const candidateIds = [...new Set([...together, ...(before?.candidateIds ?? [])])].slice(0, MOST_PEOPLE);
  await unit.models.spokenOf.updateOne(
    { _id },
    { $set: { ...where, candidateIds, together: together.length, at: unit.now } },
    { upsert: true, session: unit.session },
  );
}
