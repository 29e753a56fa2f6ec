import { RuleBroken } from '../../lib/errors.ts';
import type { DecisionRequestRecord } from '../../models/decision-request.model.ts';
import { type ApplicationScope, applicationScope } from '../../recruiting/application/application-scope.ts';
import { draftRejection, rejectApplication } from '../../recruiting/application/reject-application.ts';
import { deciderName } from '../../recruiting/decision/decide.ts';
import { AFTER_ANSWER_MS, closedFace } from '../../recruiting/decision/decision-face.ts';
import {
  type LetterQuestion,
  letterPreviewFace,
  openLetterFace,
} from '../../recruiting/decision/rejection-letter-card.ts';
import type { CardHandler, PressContext, PressOutcome } from '../card-handler.ts';
import { letterText } from '../commands/letter-preview.ts';
import { ruleSentence, UNNAMED_RULE } from '../replies/rule-sentences.ts';
import { staffDateTime } from '../replies/staff-dates.ts';
import { screenFormWords } from './screen-form-words.ts';

/** HR writes the one sentence of a letter, sees the letter and when it leaves, and confirms. */
export const rejectionLetterCard: CardHandler = {
  kind: 'rejection_letter',
  async press(context) {
    const { unit, press, card } = context;
    if (card.staffId !== press.staffId)
      return { face: { shared: {}, personal: { [press.staffId]: { status: '這張卡只供收件人使用' } } } };
    const request = await unit.get('decisionRequests', card.subjectId);
    const owed = request?.state === 'decided' && request.choice === 'reject' && request.decidedBy !== null;
    if (!request || !owed || card.closedAt !== null) return { face: closedFace('已毋須處理', press.staffId) };
    const scope = await applicationScope(unit, request.applicationId);
    const decider = await deciderName(unit, request.decidedBy ?? '');
    const question = { scope, request, decider };
    try {
      if (press.button === 'confirm') return await confirm(context, question);
      if (press.button === 'cancel') return await startAgain(context, question);
      return await preview(context, question);
    } catch (error) {
      if (!(error instanceof RuleBroken)) throw error;
      return { face: openLetterFace(question, (ruleSentence(error) ?? UNNAMED_RULE).hant) };
    }
  },
};

async function preview(context: PressContext, question: LetterQuestion): Promise<PressOutcome> {
  const { unit, office, press } = context;
  const typed = typeof press.values.positive === 'string' ? press.values.positive : '';
  const { words: positive, told } = await screenFormWords(context, 'approve', typed.trim());
  // Praise goes into the letter: what may not be in it is asked for anew, never cut.
  if (told) return { face: openLetterFace(question, '請只寫與工作有關的欣賞之處'), reply: { text: told } };
  const { scope, letter } = await draftRejection(unit, {
    applicationId: question.request.applicationId,
    positive,
  });
  const { text, missing } = await letterText(office, scope, letter);
  await keepDraft(context, question.request, letter.positive);
  const due = staffDateTime(letter.dueAt, 'hant') + (missing.length > 0 ? `（尚欠：${missing.join('、')}）` : '');
  return { face: letterPreviewFace(question, text, due) };
}

async function confirm(context: PressContext, { request, scope }: LetterQuestion): Promise<PressOutcome> {
  const { unit, press } = context;
  const positive = request.letterDraft ?? undefined;
  const { letter } = await rejectApplication(unit, {
    applicationId: request.applicationId,
    positive,
    reason: request.reason ?? undefined,
    pressedCardId: press.cardId,
  });
  const name = nameOf(scope);
  unit.undoable('reject', `婉拒 ${name}`, null);
  const minutes = Math.round(unit.settings.undoSeconds / 60);
  const status = `信件將於${staffDateTime(letter.dueAt, 'hant')}發出`;
  const face = closedFace(status, press.staffId, `${status}。${minutes}分鐘內可輸入「復原」收回。`);
  // The same once more, for an answer that came too late for the platform.
  unit.effect({
    kind: 'card_update',
    staffId: press.staffId,
    cardId: press.cardId,
    occasion: `decision:${request._id}:v${request.version}:letter_confirmed:${unit.now.getTime()}`,
    applicationId: request.applicationId,
    dueAt: new Date(unit.now.getTime() + AFTER_ANSWER_MS),
    face,
    fallback: { format: 'text', content: `${name}：${status}。` },
  });
  return { face };
}

async function startAgain(context: PressContext, question: LetterQuestion): Promise<PressOutcome> {
  await keepDraft(context, question.request, null);
  return { face: openLetterFace(question) };
}

async function keepDraft(
  { unit }: PressContext,
  request: DecisionRequestRecord,
  letterDraft: string | null,
): Promise<void> {
  await unit.change('decisionRequests', request, { version: request.version, letterDraft });
}

const nameOf = ({ candidate }: ApplicationScope): string => candidate.name.display;
