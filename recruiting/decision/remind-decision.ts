import { dateTimeShort } from '../../hongkong/date-texts.ts';
import { escapeMarkdown } from '../../lib/escape-markdown.ts';
import { DECISION_CHOICES, type DecisionRequestRecord } from '../../models/decision-request.model.ts';
import type { Models } from '../../models/index.ts';
import { type ApplicationScope, applicationScope } from '../application/application-scope.ts';
import type { ChatBody } from '../message/effect.ts';
import type { Unit } from '../unit/unit.ts';
import { decisionSummary, showDecisionCard } from './decision-cards.ts';
import { CHOICE_WORDS, decisionCommand, quickReplyLink } from './decision-words.ts';
import { letterCommand } from './rejection-letter-card.ts';

/** Questions whose reminder is due, earliest first. @returns ids of decision requests */
export async function dueDecisionReminders(models: Models, now: Date, limit = 100): Promise<string[]> {
  return dueBy(models, 'remindAt', now, limit);
}

/** Questions that must go up, earliest first. @returns ids of decision requests */
export async function dueDecisionEscalations(models: Models, now: Date, limit = 100): Promise<string[]> {
  return dueBy(models, 'escalateAt', now, limit);
}

/** The next moment at which a question is reminded or goes up; null when nothing waits. */
export async function nextDecisionDue(models: Models): Promise<Date | null> {
  let next: Date | null = null;
  for (const field of ['remindAt', 'escalateAt'] as const) {
    for (const state of ['open', 'decided'] as const) {
      const first = await models.decisionRequests
        .findOne({ state, [field]: { $type: 'date' } })
        .sort({ [field]: 1 })
        .lean();
      const at = first?.[field] ?? null;
      if (at && (next === null || at < next)) next = at;
    }
  }
  return next;
}

async function dueBy(models: Models, field: 'remindAt' | 'escalateAt', now: Date, limit: number): Promise<string[]> {
  const due = await models.decisionRequests
    .find({ state: { $in: ['open', 'decided'] }, [field]: { $lte: now } })
    .limit(limit)
    .lean();
  return due.sort((a, b) => (a[field]?.getTime() ?? 0) - (b[field]?.getTime() ?? 0)).map((request) => request._id);
}

/**
 * Reminds once: the managers of an open question, or HR of the letter after a rejection. Does nothing when it is no longer
 * due. @returns whether somebody was reminded
 */
export async function remindDecision(unit: Unit, { requestId }: { requestId: string }): Promise<boolean> {
  const before = await unit.get('decisionRequests', requestId);
  if (!before?.remindAt || before.remindAt > unit.now || before.state === 'closed') return false;
  const request = await unit.change('decisionRequests', before, { version: before.version, remindAt: null });
  const scope = await applicationScope(unit, request.applicationId);
  const owesLetter = request.state === 'decided';
  const people = owesLetter ? [scope.requisition.recruiterId] : request.askedOf;
  for (const staffId of people) {
    unit.effect({
      kind: 'direct_message',
      staffId,
      what: owesLetter ? 'letter_reminder' : 'decision_reminder',
      occasion: `decision:${request._id}:v${request.version}:remind`,
      applicationId: request.applicationId,
      body: reminderBody(scope, request),
    });
  }
  return true;
}

/**
 * Takes an unanswered question up: the managers' superiors get it as a card of their own and may decide, and the HR group
 * sees who owes it. A letter that is owed goes to the HR group only. @returns whether it went up
 */
export async function escalateDecision(unit: Unit, { requestId }: { requestId: string }): Promise<boolean> {
  const before = await unit.get('decisionRequests', requestId);
  if (!before?.escalateAt || before.escalateAt > unit.now || before.state === 'closed') return false;
  const scope = await applicationScope(unit, before.applicationId);
  const owesLetter = before.state === 'decided';
  const owing = owesLetter ? [scope.requisition.recruiterId] : before.askedOf;
  const people = await unit.list('staff', { _id: { $in: [...owing] } });
  const superiors = owesLetter
    ? []
    : [...new Set(people.map((person) => person.superiorStaffId))].filter(
        (id): id is string => id !== null && !before.askedOf.includes(id),
      );
  const request = await unit.change('decisionRequests', before, {
    version: before.version,
    remindAt: null,
    escalateAt: null,
    askedOf: [...before.askedOf, ...superiors],
  });
  unit.audit(`application:${request.applicationId}`, owesLetter ? 'letter_escalated' : 'decision_escalated', []);
  if (superiors.length > 0) {
    const summary = await decisionSummary(unit, scope, request);
    for (const staffId of superiors) await showDecisionCard(unit, summary, staffId);
  }
  unit.effect({
    kind: 'group_message',
    conversationId: 'hr',
    what: owesLetter ? 'letter_overdue' : 'decision_overdue',
    occasion: `decision:${request._id}:v${request.version}:escalate`,
    applicationId: request.applicationId,
    body: overdueBody(scope, request, people.map((person) => person.name).sort()),
  });
  return true;
}

function reminderBody(scope: ApplicationScope, request: DecisionRequestRecord): ChatBody {
  const { application, candidate, requisition } = scope;
  const who = `**${escapeMarkdown(candidate.name.display)}**（${application.ref}，${escapeMarkdown(requisition.jobTitle)}）`;
  if (request.state === 'decided') {
    return {
      format: 'markdown',
      title: `提示：${candidate.name.display} 的婉拒信尚未確認`,
      text: `${who}的婉拒信，正等待您寫一句讚賞並確認。\n\n${quickReplyLink('寫婉拒信', letterCommand(application.ref))}`,
    };
  }
  const links = DECISION_CHOICES.map((choice) =>
    quickReplyLink(CHOICE_WORDS[choice], decisionCommand(application.ref, choice, request.ref)),
  );
  return {
    format: 'markdown',
    title: `提示：${candidate.name.display} 等待您的決定`,
    text: `${who}等待您的決定（${dateTimeShort(request.askedAt)}發出）。請在卡片上選擇，或直接按：\n\n${links.join('　')}`,
  };
}

function overdueBody(scope: ApplicationScope, request: DecisionRequestRecord, owing: readonly string[]): ChatBody {
  const { application, candidate, requisition } = scope;
  const what = request.state === 'decided' ? '婉拒信尚未確認' : '尚未有決定';
  return {
    format: 'markdown',
    title: `${what}：${candidate.name.display}`,
    text:
      `**${escapeMarkdown(candidate.name.display)}**（${application.ref}，${escapeMarkdown(requisition.jobTitle)}）` +
      `${what}，由${owing.map(escapeMarkdown).join('、')}負責（${dateTimeShort(request.decidedAt ?? request.askedAt)}起）。`,
  };
}
