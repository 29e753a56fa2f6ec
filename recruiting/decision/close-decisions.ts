import { RuleBroken } from '../../lib/errors.ts';
import type { ApplicationRecord } from '../../models/application.model.ts';
import type { Unit } from '../unit/unit.ts';
import { closeDecisionCards } from './decision-cards.ts';

/** Why nobody needs to decide any more. */
export type DecisionEnd = 'interview_scheduled' | 'no_show' | 'withdrawn' | 'rejected' | 'declined' | 'moved_on';

const END_WORDS: Readonly<Record<DecisionEnd, string>> = {
  interview_scheduled: '毋須決定：已另約面試',
  no_show: '毋須決定：應徵者缺席面試',
  withdrawn: '毋須決定：應徵者已退出申請',
  rejected: '毋須決定：人力資源部已婉拒申請',
  declined: '毋須決定：應徵者已婉拒聘書',
  moved_on: '毋須決定：申請已到下一階段',
};

/**
 * Closes the questions to managers about an application, and the letter that HR still owed after a rejection: their
 * cards say why.
 * @param pressedCardId the card whose press is being worked off: its answer says how it ended
 */
export async function closeOpenDecisions(
  unit: Unit,
  applicationId: string,
  end: DecisionEnd,
  pressedCardId?: string,
): Promise<void> {
  const requests = await unit.list('decisionRequests', { applicationId, state: { $in: ['open', 'decided'] } });
  for (const request of requests) {
    const owesLetter = request.state === 'decided' && request.choice === 'reject';
    if (request.state === 'decided' && !owesLetter) continue;
    const closed = await unit.change('decisionRequests', request, {
      version: request.version,
      // A rejection whose letter is confirmed stays the decision that it was.
      ...(owesLetter && end === 'rejected' ? {} : { state: 'closed' as const }),
      remindAt: null,
      escalateAt: null,
      letterDraft: null,
    });
    const words = owesLetter && end === 'rejected' ? '婉拒信已確認' : END_WORDS[end];
    await closeDecisionCards(unit, closed, {
      status: words,
      words,
      occasion: `decision:${request._id}:v${request.version}:${end}`,
      pressedCardId,
    });
  }
}

/**
 * Nothing else is arranged with somebody whom a manager has turned down and who waits for HR's letter.
 * @throws RuleBroken `rejected_by_manager`
 */
export async function refuseAfterRejection(unit: Unit, application: ApplicationRecord): Promise<void> {
  const rejected = await unit.one('decisionRequests', {
    applicationId: application._id,
    state: 'decided',
    choice: 'reject',
  });
  if (rejected) throw new RuleBroken('rejected_by_manager', { ref: application.ref });
}
