import { addWorkingDays } from '../../hongkong/working-time.ts';
import { hongKongDate, momentAt } from '../../hongkong/zone.ts';
import type { DatePromise } from '../../models/application.model.ts';
import type { Settings } from '../settings.ts';

/** What was promised, in the words of the message that puts it off when it cannot be kept. */
export type PromisedThing = '初步甄選結果' | '面試安排' | '面試結果' | '背景查核結果' | '聘用安排';

/**
 * A promise made now: HR's deadlines are counted in working days of the office. `by` is the last day, as its first
 * moment in Hong Kong.
 */
export function promiseDay(what: PromisedThing, now: Date, settings: Settings): DatePromise {
  const days = what === '初步甄選結果' ? settings.firstReplyWorkingDays : settings.resultWorkingDays;
  return { what, by: momentAt(addWorkingDays(hongKongDate(now), days)), delays: 0 };
}
