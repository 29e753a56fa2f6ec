import type { InterviewRecord } from '../../models/interview.model.ts';
import type { DeliveryRecord, OutboxItemRecord } from '../../models/outbox-item.model.ts';
import type { Unit } from '../unit/unit.ts';
import { parseInterviewOccasion } from './interview-occasion.ts';

/** Messages that tell somebody a time. */
const TELLING: readonly string[] = ['interview_invitation', 'rescheduled'];

/**
 * Which time the candidate knows: `null` when nothing has left yet (the appointment was made moments ago), else the
 * start that the last message on its way or delivered named.
 */
export async function toldAppointment(unit: Unit, interview: InterviewRecord): Promise<Date | null> {
  const items = await unit.list('outbox', {
    applicationId: interview.applicationId,
    kind: 'candidate_message',
    what: { $in: [...TELLING] },
  });
  const versions = items
    .map((item) => ({ item, version: versionOf(item, interview._id) }))
    .filter((found): found is { item: OutboxItemRecord; version: number } => found.version !== undefined)
    .sort((a, b) => b.version - a.version);
  const waiting = versions.filter(({ item }) => item.state === 'pending' && !hasLeft(item));
  const left = versions.find(({ item }) => hasLeft(item));
  if (!left) return null;
  // The oldest notice still waiting says which time it replaces: the one people have been told.
  const oldest = waiting.filter(({ version }) => version > left.version).at(-1)?.item;
  const oldTime = oldest && extraOf(oldest).old_dt;
  return typeof oldTime === 'string' ? new Date(oldTime) : interview.startAt;
}

/**
 * True when a message is on its way, may be, or was handed to a person: the candidate may know it. A message whose page
 * entry or e-mail has left may still be pending for a later channel.
 */
export function hasLeft(item: OutboxItemRecord): boolean {
  if (item.state === 'dropped' || item.state === 'failed') return item.deliveries.some(wentOut);
  return item.state !== 'pending' || item.deliveries.some(wentOut);
}

const wentOut = (delivery: DeliveryRecord): boolean => !['waiting', 'refused', 'skipped'].includes(delivery.state);

function versionOf(item: OutboxItemRecord, interviewId: string): number | undefined {
  const parsed = parseInterviewOccasion(item.occasion);
  return parsed?.interviewId === interviewId ? parsed.version : undefined;
}

function extraOf(item: OutboxItemRecord): Record<string, unknown> {
  const { extra } = item.payload;
  return typeof extra === 'object' && extra !== null ? (extra as Record<string, unknown>) : {};
}
