import { addWorkingDays } from '../../hongkong/working-time.ts';
import { hongKongDate, momentAt } from '../../hongkong/zone.ts';
import type { PressScope } from '../portal/take-press.ts';
import type { WrittenBy } from '../portal/write-to-hr.ts';
import type { Unit } from '../unit/unit.ts';

/** What was done with a candidate's words, as `words_received` says it; `told` = a person will answer. */
export type ReceivedAct = 'attend' | 'decline' | 'reschedule' | 'late' | 'call' | 'told';

/**
 * Tells somebody who wrote by e-mail or SMS, on the same way, what was done with their words and who gets in touch by
 * when. On the page and in DingTalk they read it at once. That a person will answer is said once a day at most, so that
 * two machines never talk to each other.
 */
export function tellReceived(
  unit: Unit,
  { candidate, application }: PressScope,
  { act, via, id }: { act: ReceivedAct; via: WrittenBy; id: string },
): void {
  if (via !== 'email' && via !== 'sms') return;
  const today = hongKongDate(unit.now);
  const by = momentAt(addWorkingDays(today, unit.settings.wordsWorkingDays));
  unit.effect({
    kind: 'candidate_message',
    candidateId: candidate._id,
    applicationId: application?._id ?? null,
    template: 'words_received',
    occasion: act === 'told' ? `words:told:${via}:${today}` : `words:${id}:${act}`,
    extra: { act, followup_by: by.toISOString() },
    via,
    atOnce: true,
  });
}
