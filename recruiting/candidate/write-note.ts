import { redactHkids } from '../../hongkong/hkid.ts';
import { RuleBroken } from '../../lib/errors.ts';
import type { ActivityRecord } from '../../models/activity.model.ts';
import type { Unit } from '../unit/unit.ts';

/** A candidate may ask to read what is kept about them (data access request): notes stay short and to the point. */
const LONGEST_NOTE = 500;

/** Keeps a note of staff with a candidate. @throws RuleBroken `note_empty`, `note_too_long` (slot `limit`) */
export async function writeNote(
  unit: Unit,
  input: { candidateId: string; applicationId: string | null; text: string },
): Promise<ActivityRecord> {
  const text = redactHkids(input.text).trim();
  if (text === '') throw new RuleBroken('note_empty');
  if (text.length > LONGEST_NOTE) throw new RuleBroken('note_too_long', { limit: LONGEST_NOTE });
  unit.audit(`candidate:${input.candidateId}`, 'note', ['activities']);
  return unit.insert('activities', {
    _id: unit.newId('activity'),
    candidateId: input.candidateId,
    applicationId: input.applicationId,
    at: unit.now,
    kind: 'noted',
    detail: null,
    text,
    by: unit.by,
  });
}
