import { RuleBroken } from '../../lib/errors.ts';
import {
  DECISION_CHOICES,
  type DecisionChoice,
  type DecisionRequestRecord,
} from '../../models/decision-request.model.ts';
import { applicationScope } from '../../recruiting/application/application-scope.ts';
import { newestCv } from '../../recruiting/candidate/newest-cv.ts';
import { type DecisionOutcome, decide } from '../../recruiting/decision/decide.ts';
import { decisionSummary } from '../../recruiting/decision/decision-cards.ts';
import {
  AFTER_ANSWER_MS,
  CV_BUTTON,
  closedFace,
  decidedStatus,
  decisionText,
} from '../../recruiting/decision/decision-face.ts';
import { CHOICE_WORDS } from '../../recruiting/decision/decision-words.ts';
import { filePlaceholder } from '../../recruiting/message/file-links.ts';
import type { CardHandler, PressContext, PressOutcome } from '../card-handler.ts';
import { screenFormWords } from './screen-form-words.ts';

/**
 * The decision card: 聘用, 再面試, 不合適 and the CV. The press goes through the same use case as the typed command; the
 * answer is the card's new face, and it never says anything but what the record says.
 */
export const decisionCard: CardHandler = {
  kind: 'decision',
  async press(context) {
    const { unit, press, card } = context;
    const request = await unit.get('decisionRequests', card.subjectId);
    // A card of a question that is gone or was asked anew: its press decides nothing.
    if (!request) return { face: closedFace('此卡已失效', press.staffId) };
    if (card.staffId !== press.staffId) return personalNote(context, '這張卡只供收件人決定');
    if (press.button === CV_BUTTON) return showCv(context, request);
    const choice = DECISION_CHOICES.find((id) => id === press.button);
    if (!choice) return personalNote(context, '請按「聘用」、「再面試」或「不合適」');
    if (request.state === 'open' && card.closedAt !== null) {
      return { face: closedFace('決定已收回，請看新的卡片', press.staffId) };
    }
    return answerChoice(context, request, choice);
  },
};

async function answerChoice(
  context: PressContext,
  request: DecisionRequestRecord,
  choice: DecisionChoice,
): Promise<PressOutcome> {
  const { unit, press, card } = context;
  const typed = typeof press.values.reason === 'string' ? press.values.reason.trim() : '';
  const screened = await screenFormWords(context, choice === 'hire' ? 'approve' : 'reject', typed);
  const { words: reason } = screened;
  const told = screened.told ? { reply: { text: screened.told } } : {};
  if (screened.refused) return { ...personalNote(context, '這個原因不能用於取捨，請改寫與工作有關的原因'), ...told };
  if (request.state === 'open' && choice !== 'hire' && reason === '') {
    return { ...personalNote(context, `請先填寫原因，再按「${CHOICE_WORDS[choice]}」`), ...told };
  }
  let result: DecisionOutcome;
  try {
    result = await decide(unit, {
      requestId: request._id,
      staffId: press.staffId,
      choice,
      reason: reason || undefined,
      pressedCardId: card._id,
    });
  } catch (error) {
    // Rules are checked before anything is written. The card stays open and says that this did not work.
    if (!(error instanceof RuleBroken)) throw error;
    return personalNote(context, '目前不能這樣決定，申請的狀態已變，請聯絡 HR');
  }
  if (result.outcome === 'decided') {
    const { candidate } = await applicationScope(unit, request.applicationId);
    unit.undoable('decide', `決定 ${candidate.name.display} ${CHOICE_WORDS[choice]}`, null);
    return { ...(result.face ? { face: result.face } : {}), ...told };
  }
  return { face: endFace(result, press.staffId) };
}

/** The card of a question that is settled: who decided, and what became of this press. */
function endFace({ outcome, request, decidedBy }: DecisionOutcome, staffId: string) {
  if (outcome === 'closed' || decidedBy === null) return closedFace('已毋須決定', staffId);
  const status = decidedStatus(request, decidedBy);
  return closedFace(status, staffId, outcome === 'late' ? `${status}。您這次的選擇沒有計入。` : status);
}

/** Something only the presser reads; the card stays as it is. */
function personalNote({ press }: PressContext, status: string): PressOutcome {
  return { face: { shared: {}, personal: { [press.staffId]: { status } } } };
}

/**
 * Shows the manager a link to the CV on their own card. It is made when the change of the card is sent, so that its secret
 * is kept nowhere; until then the card says that it is on its way.
 */
async function showCv(context: PressContext, request: DecisionRequestRecord): Promise<PressOutcome> {
  const { unit, press, card } = context;
  const scope = await applicationScope(unit, request.applicationId);
  const file = await newestCv(unit, scope.candidate._id);
  if (!file) return personalNote(context, '沒有存檔的履歷');
  const minutes = unit.settings.fileLinkMinutes;
  const link = `[開啟履歷](${filePlaceholder(file._id)})（${minutes}分鐘內有效，只供您查看）`;
  const summary = await decisionSummary(unit, scope, request);
  unit.effect({
    kind: 'card_update',
    staffId: press.staffId,
    cardId: card._id,
    occasion: `cv:${press.eventId}`,
    applicationId: request.applicationId,
    dueAt: new Date(unit.now.getTime() + AFTER_ANSWER_MS),
    face: { shared: {}, personal: { [press.staffId]: { text: `${decisionText(summary)}\n\n${link}` } } },
    fallback: { format: 'markdown', title: `履歷：${scope.candidate.name.display}`, text: link },
  });
  unit.audit(`candidate:${scope.candidate._id}`, 'cv_link_asked', ['candidateFile']);
  return personalNote(context, '履歷連結會在數秒內顯示在卡上');
}
