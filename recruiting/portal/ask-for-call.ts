import type { CallTaskRecord } from '../../models/call-task.model.ts';
import { openCallTask } from '../call-task/open-call-task.ts';
import type { Unit } from '../unit/unit.ts';
import { tellResponsible } from './responsible-person.ts';
import type { PressScope } from './take-press.ts';

/** When the person would like to be phoned. */
export interface CallWish {
  /** Names the time: `2026-11-24:pm`; the same wish twice is one. */
  slot: string;
  /** In words: 「明天下午」. */
  label: string;
  /** What made them ask, when it was not the button 「請致電我」: 「按了「接受」」, 「表示受傷」. */
  about?: string;
}

/** A candidate asks to be phoned: a call task, and the wished time for its owner. @returns null without an application */
export async function askForCall(unit: Unit, scope: PressScope, wish: CallWish): Promise<CallTaskRecord | null> {
  const { application, candidate } = scope;
  const task = application
    ? await openCallTask(unit, {
        applicationId: application._id,
        reason: 'asked_for_call',
        occasion: `asked:${wish.slot}`,
      })
    : null;
  await tellResponsible(unit, {
    application,
    candidate,
    what: 'asked_for_call',
    occasion: `asked:${application?._id ?? candidate._id}:${wish.slot}:${wish.about ?? ''}`,
    happened: `${wish.about ? `${wish.about}，` : ''}請我們致電（${wish.label}）`,
    urgent: true,
  });
  unit.audit(`candidate:${candidate._id}`, 'asked_for_call', []);
  return task;
}
