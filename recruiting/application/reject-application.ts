import { redactHkids } from '../../hongkong/hkid.ts';
import { clampToSendWindow, REJECTION_WINDOW } from '../../hongkong/send-window.ts';
import { RuleBroken } from '../../lib/errors.ts';
import type { ApplicationRecord } from '../../models/application.model.ts';
import type { Settings } from '../settings.ts';
import type { Unit } from '../unit/unit.ts';
import { type ApplicationScope, applicationScope } from './application-scope.ts';
import { closeOpenBusiness } from './close-open-business.ts';
import { extendRetention } from './extend-retention.ts';
import { applicationOccasion, moveStage } from './move-stage.ts';
import { positiveSentence } from './positive-sentence.ts';
import { purgeDay } from './retention.ts';
import { mayMove } from './stage.ts';

/** The letter of refusal as it would leave: its own words, and when. */
export interface RejectionLetter {
  interviewed: boolean;
  /** Human-written; only for people who were interviewed. */
  positive: string | null;
  /** Monday to Thursday in the daytime, not around Lunar New Year. */
  dueAt: Date;
  purgeDay: Date;
}

/** When a letter of refusal leaves that is confirmed now: after the time to undo, inside its window. */
export function rejectionLetterAt(now: Date, settings: Settings): Date {
  return clampToSendWindow(new Date(now.getTime() + settings.undoSeconds * 1000), {
    ...REJECTION_WINDOW,
    start: settings.rejectionWindowStart,
    end: settings.rejectionWindowEnd,
  });
}

/**
 * Checks that somebody can be refused and puts the letter together; changes nothing.
 * @throws RuleBroken `positive_missing` (interviewed, and nobody has written the sentence), `interview_ahead` (it must be
 * called off first: a letter in its window would come too late), those of `positiveSentence` and of `stage.ts`
 */
export async function draftRejection(
  unit: Unit,
  input: { applicationId: string; positive?: string | undefined },
): Promise<{ scope: ApplicationScope; letter: RejectionLetter }> {
  const scope = await applicationScope(unit, input.applicationId);
  const { application, candidate, requisition } = scope;
  const names = { name: candidate.name.display, ref: application.ref };
  const verdict = mayMove(requisition.stageTemplate, application.stage, 'rejected');
  if (!verdict.allowed) throw new RuleBroken(verdict.obstacle, { ...names, from: application.stage, to: 'rejected' });
  const ahead = await unit.one('interviews', { applicationId: application._id, state: 'scheduled' });
  if (ahead && ahead.startAt > unit.now) {
    throw new RuleBroken('interview_ahead', { ...names, at: ahead.startAt.toISOString() });
  }
  const held = await unit.one('interviews', { applicationId: application._id, state: 'done' });
  const interviewed = held !== null || ahead !== null;
  if (interviewed && !input.positive?.trim()) throw new RuleBroken('positive_missing', names);
  const reasons = (await unit.list('decisionRequests', { applicationId: application._id }))
    .map((request) => request.reason)
    .filter((reason) => reason !== null);
  return {
    scope,
    letter: {
      interviewed,
      positive: interviewed && input.positive ? positiveSentence(input.positive, reasons) : null,
      dueAt: rejectionLetterAt(unit.now, unit.settings),
      purgeDay: purgeDay(unit.now, unit.settings.retentionMonths),
    },
  };
}

/** Slots of the letter that no record holds. */
export function rejectionExtra(letter: RejectionLetter): Record<string, string> {
  return {
    interviewed: letter.interviewed ? 'yes' : 'no',
    purge_date: letter.purgeDay.toISOString(),
    ...(letter.positive ? { positive: letter.positive } : {}),
  };
}

/**
 * Refuses an application: confirmed by a human, with the letter they have seen. The internal reason stays in the history
 * and never enters the letter. @throws RuleBroken as `draftRejection`
 */
export async function rejectApplication(
  unit: Unit,
  input: {
    applicationId: string;
    positive?: string | undefined;
    reason?: string | undefined;
    /** The card that was pressed, when it was one: its answer travels with the press. */
    pressedCardId?: string | undefined;
  },
): Promise<{ application: ApplicationRecord; letter: RejectionLetter }> {
  const { scope, letter } = await draftRejection(unit, input);
  const reason = input.reason?.trim() ? redactHkids(input.reason.trim()) : null;
  const application = await moveStage(unit, scope, 'rejected', reason, { promise: null, offerReplyBy: null });
  // An interview that nobody has closed yet has taken place: it is no cancelled one.
  const begun = await unit.one('interviews', { applicationId: application._id, state: 'scheduled' });
  if (begun) await unit.change('interviews', begun, { state: 'done', version: begun.version });
  await closeOpenBusiness(unit, application, 'rejected', input.pressedCardId);
  await extendRetention(unit, application);
  unit.effect({
    kind: 'candidate_message',
    candidateId: application.candidateId,
    applicationId: application._id,
    template: 'rejection',
    occasion: applicationOccasion(application),
    dueAt: letter.dueAt,
    extra: rejectionExtra(letter),
  });
  return { application, letter };
}
