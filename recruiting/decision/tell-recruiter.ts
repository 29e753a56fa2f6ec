import { escapeMarkdown } from '../../lib/escape-markdown.ts';
import type { DecisionRequestRecord } from '../../models/decision-request.model.ts';
import type { ApplicationScope } from '../application/application-scope.ts';
import type { Unit } from '../unit/unit.ts';
import { CHOICE_WORDS } from './decision-words.ts';

/** The HR person who answers for the vacancy hears of a decision at once, unless they took it themselves. */
export function tellRecruiterOfDecision(
  unit: Unit,
  { application, candidate, requisition }: ApplicationScope,
  request: DecisionRequestRecord,
  decider: string,
): void {
  if (!request.choice || request.decidedBy === requisition.recruiterId) return;
  const name = escapeMarkdown(candidate.name.display);
  const next =
    request.choice === 'hire'
      ? `歡迎訊息會在${unit.settings.welcomeAfterHours}小時後發出（在發送時段內）。`
      : `請輸入「約 ${application.ref} 日期時間」安排下一次面試。`;
  unit.effect({
    kind: 'direct_message',
    staffId: requisition.recruiterId,
    what: 'decision_taken',
    occasion: `decision:${request._id}:v${request.version}:decided`,
    applicationId: application._id,
    callClass: 'urgent',
    body: {
      format: 'markdown',
      title: `${candidate.name.display}：${CHOICE_WORDS[request.choice]}`,
      text: [
        `**${escapeMarkdown(decider)}** 決定 **${name}**（${application.ref}，${escapeMarkdown(requisition.jobTitle)}）：${CHOICE_WORDS[request.choice]}`,
        ...(request.reason ? [`原因：${escapeMarkdown(request.reason)}`] : []),
        next,
      ].join('\n\n'),
    },
  });
}
