import type { CalendarDraft, SendAnswer, StaffChannel } from '../../channels/channel.ts';
import type { InterviewRecord } from '../../models/interview.model.ts';
import type { OutboxItemRecord } from '../../models/outbox-item.model.ts';
import type { Office } from '../../recruiting/unit/office.ts';

/**
 * Makes the calendar look like the interview's record as it is now. A change of an interview that has no entry yet waits
 * for the creation in front of it; a cancelled interview needs no entry any more.
 */
export async function sendCalendarEffect(
  office: Office,
  staff: StaffChannel,
  item: OutboxItemRecord,
): Promise<SendAnswer> {
  const interviewId = String(item.payload.interviewId);
  const interview = (await office.models.interviews.findOne({ _id: interviewId }).lean()) as InterviewRecord | null;
  if (interview === null) return { outcome: 'accepted' };
  if (item.kind === 'calendar_delete' || interview.state === 'cancelled') {
    if (interview.calendarEntryId === null) return { outcome: 'accepted' };
    const answer = await staff.deleteCalendarEntry(interview.calendarEntryId, interview.organizerId);
    if (answer.outcome === 'accepted') await rememberEntry(office, interviewId, null);
    return answer;
  }
  const draft = await draftOf(office, interview);
  if (interview.calendarEntryId !== null) return staff.changeCalendarEntry(interview.calendarEntryId, draft);
  const answer = await staff.createCalendarEntry(draft, item.key);
  if (answer.outcome === 'accepted' && answer.providerId) await rememberEntry(office, interviewId, answer.providerId);
  return answer;
}

async function rememberEntry(office: Office, interviewId: string, entryId: string | null): Promise<void> {
  await office.models.interviews.updateOne({ _id: interviewId }, { $set: { calendarEntryId: entryId } });
}

async function draftOf(office: Office, interview: InterviewRecord): Promise<CalendarDraft> {
  const { models } = office;
  const candidate = await models.candidates.findOne({ _id: interview.candidateId }).lean();
  const application = await models.applications.findOne({ _id: interview.applicationId }).lean();
  const requisition = await models.requisitions.findOne({ _id: application?.requisitionId ?? '' }).lean();
  const branch = interview.branchId ? await models.branches.findOne({ _id: interview.branchId }).lean() : null;
  const kinds = { in_person: '面試', video: '視像面試', phone: '電話面試', trial: '試工' } as const;
  return {
    organizerStaffId: interview.organizerId,
    attendeeStaffIds: interview.interviewerIds,
    title: `${kinds[interview.kind]}：${candidate?.name.display ?? ''}（${requisition?.jobTitle ?? ''}）`,
    description: `第${interview.round}次面試　申請編號 ${application?.ref ?? ''}`,
    location: branch ? `${branch.name}　${branch.address}` : kinds[interview.kind],
    startAt: interview.startAt,
    endAt: new Date(interview.startAt.getTime() + interview.minutes * 60_000),
  };
}
