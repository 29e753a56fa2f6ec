import type { CandidateRecord, MessageChoices } from '../../models/candidate.model.ts';
import type { StopScope } from '../candidate/stop-words.ts';
import type { Unit } from '../unit/unit.ts';
import { tellResponsible } from './responsible-person.ts';
import type { PressScope } from './take-press.ts';

/**
 * Stops messages at once and confirms it on the channel it was asked on. `nudges` stops whatever nobody needs for a date,
 * stories and news too. What is stopped already stays as it is and is not confirmed again.
 * @returns false when nothing had to change
 */
export async function stopMessages(
  unit: Unit,
  { candidate, application }: PressScope,
  stop: { scope: StopScope; via?: 'portal' | 'email' | 'sms' | 'dingtalk' },
): Promise<boolean> {
  const { choices } = candidate;
  const after: MessageChoices = { ...choices, newsConsentAt: null };
  if (stop.scope !== 'news') after.nudgesStoppedAt ??= unit.now;
  if (stop.scope === 'all') after.allStoppedAt ??= unit.now;
  const changed = changedFields(choices, after);
  // A stop of news by somebody who never asked for any is still a stop, and is confirmed once.
  if (changed.length === 0 && !(stop.scope === 'news' && !(await isConfirmed(unit, candidate)))) return false;
  await unit.change('candidates', candidate, { choices: after });
  unit.audit(`candidate:${candidate._id}`, `stop:${stop.scope}`, changed);
  unit.effect({
    kind: 'candidate_message',
    candidateId: candidate._id,
    applicationId: application?._id ?? null,
    template: 'opt_out_confirmation',
    occasion: `stop:${stop.scope}:${unit.now.getTime()}`,
    extra: { scope: stop.scope },
    via: stop.via ?? 'portal',
    atOnce: true,
  });
  if (stop.scope === 'all') {
    await tellResponsible(unit, {
      application,
      candidate,
      what: 'stopped_all',
      occasion: `stop:all:${candidate._id}:${unit.now.getTime()}`,
      happened: '已停止接收所有訊息；如有必須告知的安排，請致電',
    });
  }
  return true;
}

/** Switches stories and news on or off, or takes a stop back. The person's own choice each time. */
export async function chooseMessages(
  unit: Unit,
  { candidate }: PressScope,
  choice: 'news_on' | 'news_off' | 'nudges_on' | 'resume_all',
): Promise<void> {
  const { choices } = candidate;
  const after: MessageChoices = { ...choices };
  if (choice === 'news_on') after.newsConsentAt ??= unit.now;
  if (choice === 'news_off') after.newsConsentAt = null;
  if (choice === 'nudges_on') after.nudgesStoppedAt = null;
  // Whoever wants news or reminders again wants messages again.
  if (choice !== 'news_off') after.allStoppedAt = null;
  const changed = changedFields(choices, after);
  if (changed.length === 0) return;
  await unit.change('candidates', candidate, { choices: after });
  unit.audit(`candidate:${candidate._id}`, choice, changed);
}

async function isConfirmed(unit: Unit, candidate: CandidateRecord): Promise<boolean> {
  const last = await unit.one('outbox', { recipient: `candidate:${candidate._id}`, what: 'opt_out_confirmation' });
  return last !== null;
}

function changedFields(before: MessageChoices, after: MessageChoices): string[] {
  return (['newsConsentAt', 'nudgesStoppedAt', 'allStoppedAt'] as const)
    .filter((field) => before[field]?.getTime() !== after[field]?.getTime())
    .map((field) => `choices.${field}`);
}
