import { RuleBroken } from '../../lib/errors.ts';
import type { InterviewRecord } from '../../models/interview.model.ts';
import type { Reader } from '../../recruiting/unit/reader.ts';
import type { ApplicationInfo } from '../command.ts';

/** The appointment of an application that has not been closed. @throws RuleBroken `interview_unknown` */
export async function appointmentOf(
  reader: Reader,
  { application, candidate }: ApplicationInfo,
): Promise<InterviewRecord> {
  const interview = await reader.one('interviews', { applicationId: application._id, state: 'scheduled' });
  if (!interview) throw new RuleBroken('interview_unknown', { name: candidate.name.display });
  return interview;
}

/** The last interview of an application that was not called off, closed or not. @throws RuleBroken `interview_unknown` */
export async function lastInterviewOf(
  reader: Reader,
  { application, candidate }: ApplicationInfo,
): Promise<InterviewRecord> {
  const [interview] = await reader.list(
    'interviews',
    { applicationId: application._id, state: { $ne: 'cancelled' } },
    { sort: { round: -1, startAt: -1 }, limit: 1 },
  );
  if (!interview) throw new RuleBroken('interview_unknown', { name: candidate.name.display });
  return interview;
}
