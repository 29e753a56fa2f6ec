import type { ApplicationRecord, ApplicationStage } from '../../models/application.model.ts';
import type { CandidateRecord } from '../../models/candidate.model.ts';
import { hongKongText } from '../fixtures/world.ts';
import type { ConversationOffice, Phone } from './office.ts';

/** Puts people with their applications into the records, in the order given: A1003, A1004 … */
export async function peopleOf(
  office: ConversationOffice,
  stages: Readonly<Record<string, ApplicationStage>>,
): Promise<void> {
  for (const [at, [name, stage]] of Object.entries(stages).entries()) {
    await office.hasApplication(name, stage, { ref: `A${1003 + at}` });
  }
}

/** Somebody's application as the records hold it. */
export async function applicationOf(office: ConversationOffice, name: string): Promise<ApplicationRecord> {
  const { candidates, applications } = office.office.models;
  const candidate = await candidates.findOne({ 'name.display': name }).lean<CandidateRecord>();
  const application = await applications.findOne({ candidateId: candidate?._id ?? '' }).lean<ApplicationRecord>();
  if (!application) throw new Error(`${name} has no application`);
  return application;
}

/** When somebody is to be interviewed (`11-27 16:00`); undefined when no interview stands. */
export async function interviewOf(office: ConversationOffice, name: string): Promise<string | undefined> {
  const { _id } = await applicationOf(office, name);
  const found = await office.office.models.interviews.findOne({ applicationId: _id, state: 'scheduled' }).lean();
  return found ? hongKongText(found.startAt) : undefined;
}

/** What has been noted, as `A1003 識日文`. */
export async function notesIn(office: ConversationOffice): Promise<string[]> {
  const notes = await office.office.models.activities.find({ kind: 'noted' }).lean();
  return notes.map(({ candidateId, text }) => `${candidateId.replace('cand_', '')} ${text}`).sort();
}

/** Everything that can be tapped in what has just reached a person. */
export function canTap(office: ConversationOffice, { id }: Phone): string[] {
  return office
    .newFor(id)
    .flatMap(({ card, buttons }) => [
      ...(card?.buttons ?? []).map((button) => ('label' in button ? String(button.label) : '')),
      ...buttons.map(({ label }) => label),
    ]);
}

/** Messages that wait to leave for candidates, by template. */
export async function waitingMessages(office: ConversationOffice): Promise<string[]> {
  const items = await office.office.models.outbox.find({ kind: 'candidate_message', state: 'pending' }).lean();
  return items.map(({ what }) => what).sort();
}
