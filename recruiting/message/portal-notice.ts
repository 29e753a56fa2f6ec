import type { CandidateRecord } from '../../models/candidate.model.ts';
import type { DeliveryRecord, OutboxItemRecord } from '../../models/outbox-item.model.ts';
import type { Settings } from '../settings.ts';
import type { Office } from '../unit/office.ts';
import { freshItem } from './fresh-item.ts';

const HALF_HOUR_MS = 1_800_000;

/**
 * A page cannot push. Whoever gets a message on the page, has not used the page just now, gets the same message by no
 * other channel and was not given a notice in this half hour, gets one.
 */
export function needsNotice(question: {
  item: Pick<OutboxItemRecord, 'what'>;
  candidate: Pick<CandidateRecord, 'pageSeenAt' | 'noticedAt' | 'phone' | 'email' | 'choices'>;
  deliveries: readonly DeliveryRecord[];
  now: Date;
  settings: Settings;
}): boolean {
  const { item, candidate, deliveries, now, settings } = question;
  const justPut = deliveries.some(
    (delivery) => delivery.channel === 'portal' && delivery.sentAt?.getTime() === now.getTime(),
  );
  if (item.what === 'portal_notice' || !justPut) return false;
  if (candidate.phone === null && candidate.email === null) return false;
  const goesOutToo = deliveries.some((delivery) => delivery.channel !== 'portal' && delivery.state === 'sending');
  if (goesOutToo) return false;
  const within = (moment: Date | null, minutes: number): boolean =>
    moment !== null && now.getTime() - moment.getTime() < minutes * 60_000;
  return (
    !within(candidate.pageSeenAt, settings.pageInUseMinutes) &&
    !within(candidate.noticedAt, settings.noticeEveryMinutes)
  );
}

/** The outbox item of a notice. Its key is the person and the half hour. */
export function noticeItem(office: Office, about: OutboxItemRecord, now: Date): OutboxItemRecord {
  const occasion = `halfhour:${Math.floor(now.getTime() / HALF_HOUR_MS)}`;
  return {
    ...about,
    _id: office.ids.next('out'),
    key: `${about.recipient}|portal_notice|${occasion}`,
    what: 'portal_notice',
    occasion,
    payload: {
      kind: 'candidate_message',
      candidateId: about.payload.candidateId,
      template: 'portal_notice',
      ...(about.payload.atOnce ? { atOnce: true } : {}),
    },
    ...freshItem(now, now),
    actId: null,
    order: 0,
  };
}
