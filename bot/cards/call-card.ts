import { z } from 'zod';
import { momentAt } from '../../hongkong/zone.ts';
import { RuleBroken } from '../../lib/errors.ts';
import { CALL_OUTCOMES, type CallTaskRecord } from '../../models/call-task.model.ts';
import { requirePermission } from '../../recruiting/access/policy.ts';
import { CALL_BUTTONS } from '../../recruiting/call-task/call-task-face.ts';
import { claimCallTask } from '../../recruiting/call-task/claim-call-task.ts';
import { recordCallForTask } from '../../recruiting/call-task/record-call.ts';
import { faceOfCallTask, refreshCallCards } from '../../recruiting/call-task/show-call-task.ts';
import type { CardHandler, PressContext, PressOutcome } from '../card-handler.ts';
import { LEFT_OUT } from '../replies/compliance-sentences.ts';
import { ruleSentence } from '../replies/rule-sentences.ts';
import { say } from '../replies/said.ts';
import { screenFormWords } from './screen-form-words.ts';

const optionalText = z
  .string()
  .trim()
  .transform((text) => (text === '' ? null : text))
  .nullish();

/** The form of a call card as it comes back. */
const formSchema = z.object({
  outcome: z.enum(CALL_OUTCOMES),
  concern: optionalText,
  summary: optionalText,
  action: optionalText,
  nextAt: optionalText.transform((text) => {
    const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})/.exec(text ?? '');
    return match?.[1] && match[2] ? momentAt(match[1], match[2]) : null;
  }),
});

/** Answers presses on call cards: claim it, or record what the call came to. */
export const callCard: CardHandler = {
  kind: 'call_task',
  async press(context) {
    requirePermission(context.presser, 'record_call');
    try {
      return await take(context);
    } catch (error) {
      // Somebody was faster, or it is over: the card shows how things are and nothing changes.
      if (!(error instanceof RuleBroken)) throw error;
      return showAsIs(context, error);
    }
  },
};

async function take(context: PressContext): Promise<PressOutcome> {
  const { unit, presser, press, card } = context;
  if (press.button === CALL_BUTTONS.claim) {
    const task = await claimCallTask(unit, { taskId: card.subjectId, staffId: presser._id });
    return faceFor(await refreshCallCards(unit, task, card._id));
  }
  const form = formSchema.safeParse(press.values);
  if (!form.success) throw new RuleBroken('call_outcome_missing');
  const summary = await screenFormWords(context, 'call_outcome', form.data.summary ?? '');
  const action = await screenFormWords(context, 'call_outcome', form.data.action ?? '');
  const kept = { ...form.data, summary: summary.words || null, action: action.words || null };
  const task = await recordCallForTask(unit, card.subjectId, { staffId: presser._id, ...kept });
  const leftOut = (summary.told ?? action.told) ? { reply: { text: LEFT_OUT } } : {};
  return { ...faceFor(await refreshCallCards(unit, task, card._id)), ...leftOut };
}

async function showAsIs({ unit, card }: PressContext, broken: RuleBroken): Promise<PressOutcome> {
  const task: CallTaskRecord | null = await unit.get('callTasks', card.subjectId);
  const face = task ? await faceOfCallTask(unit, task) : null;
  return {
    ...faceFor(face),
    reply: { text: ruleSentence(broken) ?? say('這一步目前做不到。', 'This is not possible now.') },
  };
}

function faceFor(face: PressOutcome['face'] | null): PressOutcome {
  return face ? { face } : {};
}
