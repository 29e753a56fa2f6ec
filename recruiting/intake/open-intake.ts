import { RuleBroken } from '../../lib/errors.ts';
import type { IntakeRecord } from '../../models/intake.model.ts';
import type { Unit } from '../unit/unit.ts';
import { setIntakeDate } from './set-intake-date.ts';

/** What HR says about a new training group. */
export interface NewIntake {
  /** Like `T2612`; made from the date or a running number when left out. */
  ref?: string | undefined;
  place: string;
  /** At most 8 characters, for SMS. */
  placeShort: string;
  outline: string;
  payNote: string;
  capacity?: number | undefined;
  branchId?: string | undefined;
  /** Fixed at once when given. */
  firstDayAt?: Date | undefined;
  lastDayAt?: Date | undefined;
}

/** Opens a training group; without a date it is planned. @throws RuleBroken intake_ref_taken, intake_place_too_long */
export async function openIntake(unit: Unit, input: NewIntake): Promise<IntakeRecord> {
  const ref = (input.ref ?? `T${await unit.nextNumber('intake', 101)}`).toUpperCase();
  if (await unit.one('intakes', { ref })) throw new RuleBroken('intake_ref_taken', { ref });
  if (input.placeShort.length > 8) throw new RuleBroken('intake_place_too_long', { place: input.placeShort, most: 8 });
  const intake = await unit.insert('intakes', {
    _id: unit.newId('intake'),
    ref,
    firstDayAt: null,
    lastDayAt: null,
    branchId: input.branchId ?? null,
    place: input.place,
    placeShort: input.placeShort,
    outline: input.outline,
    payNote: input.payNote,
    capacity: input.capacity ?? null,
    state: 'planned',
    version: 0,
    createdAt: unit.now,
    createdBy: unit.by,
  });
  unit.audit(`intake:${intake._id}`, 'open', ['place', 'outline', 'payNote', 'capacity']);
  if (!input.firstDayAt) return intake;
  const { intake: fixed } = await setIntakeDate(unit, {
    intakeId: intake._id,
    firstDayAt: input.firstDayAt,
    lastDayAt: input.lastDayAt,
  });
  return fixed;
}
