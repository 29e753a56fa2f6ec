import { hongKongDate, hongKongTime } from '../../hongkong/zone.ts';

/** A moment as a person could type it, without any doubt: `2026-11-26 15:30`. */
export function typedMoment(moment: Date): string {
  return `${hongKongDate(moment)} ${hongKongTime(moment)}`;
}
