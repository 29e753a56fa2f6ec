import type { InterviewRecord } from '../../models/interview.model.ts';
import type { Unit } from '../unit/unit.ts';
import { interviewEnd, overlaps } from './interview-times.ts';

/** A stretch in which somebody's calendar says busy, as asked from outside before the unit began. */
export interface BusyStretch {
  staffId: string;
  startAt: Date;
  endAt: Date;
}

/** Something else at the same time: of an interviewer (`staffId`) or of the candidate (`staffId` null). */
export interface Conflict {
  staffId: string | null;
  startAt: Date;
  endAt: Date;
  /** Our own interview, when it is one; a calendar gives no titles. */
  interviewId: string | null;
}

/** No interview is longer; bounds the search in our own records. */
const LONGEST_INTERVIEW_MS = 8 * 3_600_000;

/**
 * What stands against a time: our own interviews of the interviewers and of the candidate, and the interviewers' busy
 * times. An interview that is being moved does not stand in its own way.
 */
export async function findConflicts(
  unit: Unit,
  wish: { startAt: Date; minutes: number; interviewerIds: readonly string[]; candidateId: string },
  busy: readonly BusyStretch[],
  moved: InterviewRecord | null = null,
): Promise<Conflict[]> {
  const span = { startAt: wish.startAt, endAt: interviewEnd(wish) };
  const near = { $gt: new Date(span.startAt.getTime() - LONGEST_INTERVIEW_MS), $lt: span.endAt };
  const ofStaff = await unit.list('interviews', {
    interviewerIds: { $in: [...wish.interviewerIds] },
    startAt: near,
    state: 'scheduled',
  });
  const ofCandidate = await unit.list('interviews', {
    candidateId: wish.candidateId,
    startAt: near,
    state: 'scheduled',
  });
  const conflicts: Conflict[] = [];
  for (const own of ofStaff) {
    if (own._id === moved?._id || !overlaps(span, spanOf(own))) continue;
    for (const staffId of wish.interviewerIds.filter((id) => own.interviewerIds.includes(id)))
      conflicts.push({ staffId, ...spanOf(own), interviewId: own._id });
  }
  for (const own of ofCandidate) {
    if (own._id === moved?._id || !overlaps(span, spanOf(own))) continue;
    conflicts.push({ staffId: null, ...spanOf(own), interviewId: own._id });
  }
  for (const stretch of busy) {
    if (!wish.interviewerIds.includes(stretch.staffId) || !overlaps(span, stretch)) continue;
    if (moved?.interviewerIds.includes(stretch.staffId) && isSame(stretch, spanOf(moved))) continue;
    // The calendar also holds what we put there ourselves.
    if (conflicts.some((known) => known.staffId === stretch.staffId && isSame(known, stretch))) continue;
    conflicts.push({ ...stretch, interviewId: null });
  }
  return conflicts;
}

const spanOf = (interview: InterviewRecord) => ({ startAt: interview.startAt, endAt: interviewEnd(interview) });

const isSame = (a: { startAt: Date; endAt: Date }, b: { startAt: Date; endAt: Date }): boolean =>
  a.startAt.getTime() === b.startAt.getTime() && a.endAt.getTime() === b.endAt.getTime();
