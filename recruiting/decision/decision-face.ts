import { dateTextWithoutYear, dateTimeShort, dateTimeTextWithoutYear } from '../../hongkong/date-texts.ts';
import { escapeMarkdown } from '../../lib/escape-markdown.ts';
import type { BranchRecord } from '../../models/branch.model.ts';
import { DECISION_CHOICES, type DecisionRequestRecord } from '../../models/decision-request.model.ts';
import type { InterviewRecord } from '../../models/interview.model.ts';
import type { StaffRecord } from '../../models/staff.model.ts';
import type { ApplicationScope } from '../application/application-scope.ts';
import type { CardFace, ChatBody } from '../message/effect.ts';
import { CHOICE_WORDS, cvCommand, decisionCommand, quickReplyLink } from './decision-words.ts';

/** Ids of the card's buttons: the three choices and the CV. */
export const CV_BUTTON = 'cv';

/**
 * How long after a press its card may be changed by a call of its own: the platform forbids it while the press is being
 * answered, which takes two seconds at most.
 */
export const AFTER_ANSWER_MS = 3_000;

/** What a decision card shows. */
export interface DecisionSummary {
  scope: ApplicationScope;
  request: DecisionRequestRecord;
  /** Interviews that took place, earliest first. */
  interviews: readonly InterviewRecord[];
  interviewers: readonly StaffRecord[];
  branch: BranchRecord | null;
  hasCv: boolean;
}

const EMPTY_FORM = JSON.stringify({ fields: [] });

/** The card's heading, also the line in the conversation list. */
export function decisionTitle({ scope }: Pick<DecisionSummary, 'scope'>): string {
  return `請決定：${scope.candidate.name.display}（${scope.requisition.jobTitle}）`;
}

/** What a manager needs to decide, as markdown. */
export function decisionText({ scope, request, interviews, interviewers, branch }: DecisionSummary): string {
  const { candidate, application, requisition } = scope;
  const where = branch ? `　${escapeMarkdown(branch.name)}` : '';
  const rows = [
    `**${escapeMarkdown(candidate.name.display)}**（${application.ref}）`,
    `職位：${escapeMarkdown(requisition.jobTitle)}（${requisition.ref}）${where}`,
    `申請日期：${dateTextWithoutYear(application.appliedAt)}${candidate.source ? `　來源：${escapeMarkdown(candidate.source)}` : ''}`,
  ];
  for (const interview of interviews) {
    const names = interview.interviewerIds
      .map((id) => interviewers.find((person) => person._id === id)?.name)
      .filter((name) => name !== undefined)
      .map(escapeMarkdown);
    rows.push(
      `第${interview.round}次面試：${dateTimeTextWithoutYear(interview.startAt)}${names.length > 0 ? `（${names.join('、')}）` : ''}`,
    );
  }
  if (request.remindAt) rows.push(`請於${dateTimeTextWithoutYear(request.remindAt)}前決定。`);
  return rows.join('\n\n');
}

/** The card while the question is open. */
export function openDecisionFace(summary: DecisionSummary): CardFace {
  const buttons = [
    { id: 'hire', label: CHOICE_WORDS.hire, style: 'primary' },
    { id: 'another_interview', label: CHOICE_WORDS.another_interview },
    { id: 'reject', label: CHOICE_WORDS.reject, style: 'danger' },
    ...(summary.hasCv ? [{ id: CV_BUTTON, label: '睇履歷' }] : []),
  ];
  const reason = {
    name: 'reason',
    label: '原因（再面試或不合適時填寫，只供內部參考）',
    type: 'TEXT_AREA',
    placeholder: '只寫與工作有關的原因',
    minRows: 2,
  };
  return {
    shared: {
      title: decisionTitle(summary),
      text: decisionText(summary),
      status: '等待決定',
      buttons: JSON.stringify(buttons),
      form: JSON.stringify({ fields: [reason] }),
    },
  };
}

/** The same question as text with links that answer it. */
export function decisionFallback(summary: DecisionSummary): ChatBody {
  const { application } = summary.scope;
  const links = DECISION_CHOICES.map((choice) =>
    quickReplyLink(CHOICE_WORDS[choice], decisionCommand(application.ref, choice, summary.request.ref)),
  );
  const cv = summary.hasCv ? [quickReplyLink('睇履歷', cvCommand(application.ref))] : [];
  return {
    format: 'markdown',
    title: decisionTitle(summary),
    text: [`### ${escapeMarkdown(decisionTitle(summary))}`, decisionText(summary), [...links, ...cv].join('　')].join(
      '\n\n',
    ),
  };
}

/**
 * A card that takes no more answers and says why.
 * @param note what only its person reads instead. Personal values are always set: they would win over the shared ones.
 */
export function closedFace(status: string, seenBy: string, note: string = status): CardFace {
  const shared = { status, buttons: '[]', form: EMPTY_FORM };
  return { shared, personal: { [seenBy]: { ...shared, status: note } } };
}

/** Who decided what and when, as everybody sees it. */
export function decidedStatus(request: DecisionRequestRecord, decider: string): string {
  if (!request.choice || !request.decidedAt) return '已有決定';
  return `${decider} 已決定：${CHOICE_WORDS[request.choice]}（${dateTimeShort(request.decidedAt)}）`;
}
