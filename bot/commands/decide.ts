import { RuleBroken } from '../../lib/errors.ts';
import type { DecisionChoice, DecisionRequestRecord } from '../../models/decision-request.model.ts';
import { resumeAfterUndo } from '../../recruiting/application/resume-after-undo.ts';
import { decide as decideRequest } from '../../recruiting/decision/decide.ts';
import { CHOICE_WORDS } from '../../recruiting/decision/decision-words.ts';
import type { Reader } from '../../recruiting/unit/reader.ts';
import { ArgumentNeeded } from '../argument-needed.ts';
import { type ApplicationInfo, defineCommand } from '../command.ts';
import type { Reply } from '../replies/reply.ts';
import { say } from '../replies/said.ts';

/** The three answers, as people type them. */
const CHOICES = [
  { id: 'hire', title: say(CHOICE_WORDS.hire, 'hire'), aliases: ['聘用', '請佢', '錄用', 'hire'] },
  {
    id: 'another_interview',
    title: say(CHOICE_WORDS.another_interview, 'another interview'),
    aliases: ['再面試', '再見一次', '二面', 'another interview', 'another'],
  },
  {
    id: 'reject',
    title: say(CHOICE_WORDS.reject, 'not suitable'),
    aliases: ['不合適', '唔合適', '唔啱', 'not suitable', 'reject'],
  },
] as const;

/** The reference of a question in a text: `D101`. */
const REQUEST_REF = /(?<![A-Za-z0-9])D\d{3,}(?!\d)/i;

/**
 * Answers the question on a decision card in words: what a quick-reply link sends, and what managers may type. Without
 * confirmation, like the press on the card that it stands for.
 */
export const decide = defineCommand({
  name: 'decide',
  aliases: { hant: ['決定'], en: ['decide'] },
  summary: say(
    '回答決定卡：聘用、再面試或不合適。',
    'Answer a decision card: hire, another interview or not suitable.',
  ),
  usage: say(
    '決定 〈應徵者〉 〈聘用／再面試／不合適〉 〔原因〕',
    'decide <candidate> <hire|another interview|reject> [reason]',
  ),
  examples: ['決定 家欣 聘用', '決定 A1003 不合適 當值時間未能配合', 'decide Kelly hire'],
  changes:
    'The first valid answer wins. Hire: the application moves to passed and the waiting period begins. Not suitable: HR is asked for the letter.',
  permission: 'decide',
  surface: 'any',
  takes: {
    who: { kind: 'application', title: say('應徵者', 'candidate'), stages: ['interviewed'] },
    choice: { kind: 'choice', title: say('決定', 'decision'), choices: CHOICES },
    question: {
      kind: 'text',
      title: say('決定編號', 'number of the question'),
      labels: ['編號', 'no.'],
      labelled: true,
      optional: true,
    },
    reason: {
      kind: 'text',
      title: say('原因（只供內部）', 'reason (internal)'),
      labels: ['原因', 'reason', 'because'],
      optional: true,
    },
  },
  async action({ unit, asker }, { who, choice, question, reason }): Promise<Reply> {
    const ref = REQUEST_REF.exec(question ?? '')?.[0].toUpperCase();
    const words = [question?.replace(REQUEST_REF, ''), reason]
      .map((part) => part?.trim())
      .filter(Boolean)
      .join(' ');
    const request = await questionAbout(unit, who, ref);
    const name = who.candidate.name.display;
    if (choice !== 'hire' && !words && request.state === 'open') {
      throw new ArgumentNeeded(
        'reason',
        say(
          `請寫下對 ${name} 選「${CHOICE_WORDS[choice as DecisionChoice]}」的原因（只供內部，請只寫與工作有關的）。`,
          `Please give the reason for your decision about ${name} (for staff only, about the work only).`,
        ),
      );
    }
    const result = await decideRequest(unit, {
      requestId: request._id,
      staffId: asker._id,
      choice: choice as DecisionChoice,
      reason: words,
    });
    const chosen = result.request.choice ? CHOICE_WORDS[result.request.choice] : '';
    switch (result.outcome) {
      case 'late':
        throw new RuleBroken('decision_made', { name, by: result.decidedBy ?? '', choice: chosen });
      case 'closed':
        throw new RuleBroken('decision_closed', { name });
      case 'repeated':
        return { text: say(`您之前已決定 ${name}：${chosen}。`, `You decided about ${name} before: ${chosen}.`) };
      default:
        return {
          text: say(`已記錄您對 ${name} 的決定：${chosen}。`, `Your decision about ${name} is recorded: ${chosen}.`),
          did: `決定 ${name} ${chosen}`,
        };
    }
  },
  async undone({ unit, undone }) {
    await resumeAfterUndo(unit, undone);
    return { text: say('決定已收回，並已發出新的決定卡。', 'The decision is taken back; new cards have been sent.') };
  },
  remedy: say('請聯絡 HR 同事商量補救方法。', 'Please talk to HR about what can still be done.'),
});

/** The question meant: by its reference, else the newest one about the application. @throws RuleBroken `decision_unknown` */
async function questionAbout(
  reader: Reader,
  who: ApplicationInfo,
  ref: string | undefined,
): Promise<DecisionRequestRecord> {
  const [request] = await reader.list(
    'decisionRequests',
    { applicationId: who.application._id, ...(ref ? { ref } : {}) },
    { sort: { askedAt: -1 }, limit: 1 },
  );
  if (!request) throw new RuleBroken('decision_unknown', { ref: ref ?? who.application.ref });
  return request;
}
