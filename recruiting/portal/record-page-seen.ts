import { RuleBroken } from '../../lib/errors.ts';
import type { Unit } from '../unit/unit.ts';
import { recordActivity } from '../waiting/record-activity.ts';

/** Which page a browser reports. Only `page` shows messages. */
export type PageView = 'page' | 'pics' | 'story' | 'news' | 'stop' | 'withdraw';

/** What a browser says it has shown. */
export interface PageSeen {
  candidateId: string;
  applicationId: string | null;
  view: PageView;
  /** Messages that were on the screen. */
  messageIds: readonly string[];
}

/**
 * A browser has shown a page: a sign of life. Within `pageInUseMinutes` a page that stays in use is written down once.
 * Messages that were on the screen count as read; the statement counts as shown in the version in force.
 * @throws RuleBroken `candidate_unknown`
 */
export async function recordPageSeen(unit: Unit, seen: PageSeen): Promise<void> {
  const candidate = await unit.get('candidates', seen.candidateId);
  if (!candidate) throw new RuleBroken('candidate_unknown');
  const onPage = seen.view === 'page';
  const justBefore = new Date(unit.now.getTime() - unit.settings.pageInUseMinutes * 60_000);
  const known = await unit.one('activities', {
    candidateId: candidate._id,
    kind: 'page_opened',
    detail: seen.view,
    at: { $gt: justBefore },
  });
  if (!known) {
    await recordActivity(unit, candidate, {
      candidateId: candidate._id,
      applicationId: seen.applicationId,
      kind: 'page_opened',
      detail: seen.view,
      signOfLife: true,
      onPage,
    });
  } else if (onPage) {
    await unit.change('candidates', candidate, { pageSeenAt: unit.now, lastActivityAt: unit.now });
  }
  if (seen.view === 'pics') await recordPicsShown(unit, candidate._id);
  if (onPage) await markRead(unit, candidate._id, seen.messageIds);
}

/** The statement was shown: when, and in which version. The first showing of a version counts. */
export async function recordPicsShown(unit: Unit, candidateId: string): Promise<void> {
  const candidate = await unit.get('candidates', candidateId);
  if (!candidate) throw new RuleBroken('candidate_unknown');
  if (candidate.picsVersion === unit.settings.picsVersion && candidate.picsShownAt !== null) return;
  await unit.change('candidates', candidate, { picsVersion: unit.settings.picsVersion, picsShownAt: unit.now });
  unit.audit(`candidate:${candidate._id}`, 'pics_shown', ['picsVersion', 'picsShownAt']);
}

/** Messages of this person that stand on the page become read; others are left alone. */
export async function markRead(unit: Unit, candidateId: string, messageIds: readonly string[]): Promise<void> {
  if (messageIds.length === 0) return;
  const items = await unit.list('outbox', {
    _id: { $in: [...messageIds] },
    recipient: `candidate:${candidateId}`,
    kind: 'candidate_message',
  });
  for (const item of items) {
    const unread = item.deliveries.some(({ channel, state }) => channel === 'portal' && state === 'accepted');
    if (!unread) continue;
    await unit.change('outbox', item, {
      deliveries: item.deliveries.map((delivery) =>
        delivery.channel === 'portal' && delivery.state === 'accepted'
          ? { ...delivery, state: 'read', readAt: unit.now }
          : delivery,
      ),
    });
  }
}
