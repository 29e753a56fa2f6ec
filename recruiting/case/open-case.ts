import { dateText } from '../../hongkong/date-texts.ts';
import { addWorkingDays } from '../../hongkong/working-time.ts';
import { addDays, hongKongDate, momentAt } from '../../hongkong/zone.ts';
import type { CandidateCaseRecord, CaseTopic } from '../../models/candidate-case.model.ts';
import { enumText } from '../../templates/slot-words.ts';
import type { CandidateMessageEffect } from '../message/effect.ts';
import { calledName } from '../message/slot-values.ts';
import { responsiblePerson, tellResponsible } from '../portal/responsible-person.ts';
import type { PressScope } from '../portal/take-press.ts';
import type { Unit } from '../unit/unit.ts';
import { restNudges } from '../waiting/rest-nudges.ts';

/** Why a case is opened. */
export interface CaseCause {
  topic: CaseTopic;
  /** Names the words that ask for it; told to the owner once. */
  occasion: string;
  /** What happened, in words of ours, for the owner: 「以短訊表示不滿」. */
  happened: string;
  /** The person's own words as far as they may be passed on. */
  words: string | null;
  /** The candidate hears of it on the way it was asked on. */
  via: NonNullable<CandidateMessageEffect['via']>;
}

/** What a case is about, in words. */
export function caseTopicText(topic: CaseTopic): string {
  return enumText('topic', topic) ?? topic;
}

/** Requests about one's own data, for which the law sets the day. */
export const DATA_TOPICS: readonly CaseTopic[] = ['data_access', 'erasure'];

/**
 * Opens a case with an owner and a day for the written answer, tells both sides, and lets nudges rest until it is closed.
 * While a case of the same person about the same thing is open, its owner reads the new words and nothing else is opened.
 * @returns null when there is nobody in HR yet
 */
export async function openCase(unit: Unit, scope: PressScope, cause: CaseCause): Promise<CandidateCaseRecord | null> {
  const { candidate, application } = scope;
  const owner = await responsiblePerson(unit, application);
  if (!owner) return null;
  const running = await unit.one('candidateCases', { candidateId: candidate._id, topic: cause.topic, state: 'open' });
  const found = running ?? (await insertCase(unit, scope, { topic: cause.topic, ownerStaffId: owner._id }));
  await restNudges(unit, candidate._id);
  await tellResponsible(unit, {
    ...scope,
    what: 'case_opened',
    occasion: `${found._id}:${cause.occasion}`,
    happened: `${cause.happened}${toldOfCase(found, running !== null)}`,
    words: cause.words,
    urgent: true,
  });
  unit.effect({
    kind: 'candidate_message',
    candidateId: candidate._id,
    applicationId: application?._id ?? null,
    template: 'case_received',
    occasion: `case:${found._id}`,
    extra: { topic: found.topic, case_no: found.ref, owner: calledName(owner), due: found.dueAt.toISOString() },
    via: cause.via,
    atOnce: true,
  });
  return found;
}

function toldOfCase({ ref, topic, dueAt }: CandidateCaseRecord, isRunning: boolean): string {
  const law = DATA_TOPICS.includes(topic) ? '（法例限期：收到後40日內）' : '';
  const what = isRunning
    ? `。個案${ref}（${caseTopicText(topic)}）仍在處理中`
    : `。已開個案${ref}（${caseTopicText(topic)}）`;
  return `${what}，請於${dateText(dueAt)}或之前書面回覆${law}。自動提示已暫停，完成後輸入「結案 ${ref}」。`;
}

async function insertCase(
  unit: Unit,
  { candidate, application }: PressScope,
  { topic, ownerStaffId }: Pick<CandidateCaseRecord, 'topic' | 'ownerStaffId'>,
): Promise<CandidateCaseRecord> {
  const today = hongKongDate(unit.now);
  const { settings } = unit;
  const isData = DATA_TOPICS.includes(topic);
  const dueDay = isData ? addDays(today, settings.dataRequestDays) : addWorkingDays(today, settings.caseWorkingDays);
  const remindDay = addDays(dueDay, isData ? -settings.dataRequestReminderDays : -1);
  const remindAt = momentAt(remindDay, settings.workdayStart);
  unit.audit(`candidate:${candidate._id}`, `case_opened:${topic}`, ['candidateCases']);
  return unit.insert('candidateCases', {
    _id: unit.newId('case'),
    ref: `K${await unit.nextNumber('case', 1001)}`,
    candidateId: candidate._id,
    applicationId: application?._id ?? null,
    topic,
    ownerStaffId,
    state: 'open',
    receivedAt: unit.now,
    dueAt: momentAt(dueDay),
    nextCheckAt: remindAt > unit.now ? remindAt : momentAt(dueDay, settings.workdayStart),
    reminders: 0,
    closedAt: null,
    closedBy: null,
  });
}
