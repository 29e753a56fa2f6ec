import { addWorkingHours } from '../../hongkong/working-time.ts';
import type { Settings } from '../settings.ts';
import type { Unit } from '../unit/unit.ts';

/** When a decision (or the letter after a rejection) is reminded once, and when it goes up; in working hours. */
export function reminderTimes(from: Date, settings: Settings): { remindAt: Date; escalateAt: Date } {
  const hours = { dayStart: settings.workdayStart, dayEnd: settings.workdayEnd };
  return {
    remindAt: addWorkingHours(from, settings.decisionHours, hours),
    escalateAt: addWorkingHours(from, 2 * settings.decisionHours, hours),
  };
}

/** Counts the open decisions of an application anew from a later moment: it is on hold until then. */
export async function moveDecisionReminders(unit: Unit, applicationId: string, from: Date): Promise<void> {
  for (const request of await unit.list('decisionRequests', { applicationId, state: 'open' })) {
    const times = reminderTimes(from, unit.settings);
    await unit.change('decisionRequests', request, {
      version: request.version,
      remindAt: request.remindAt && times.remindAt,
      escalateAt: request.escalateAt && times.escalateAt,
    });
  }
}
