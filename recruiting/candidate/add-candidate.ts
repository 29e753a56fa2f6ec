import { foldName } from '../../hongkong/names.ts';
import { addMonths, hongKongDate, momentAt } from '../../hongkong/zone.ts';
import { RuleBroken } from '../../lib/errors.ts';
import type { ApplicationRecord } from '../../models/application.model.ts';
import type { CandidateRecord } from '../../models/candidate.model.ts';
import type { RequisitionRecord } from '../../models/requisition.model.ts';
import { promiseDay } from '../application/date-promise.ts';
import type { Reader } from '../unit/reader.ts';
import type { Unit } from '../unit/unit.ts';
import { aliasesOf, candidateName, nameKeys, personNameOf } from './person-name.ts';

/** A person as somebody types or imports them. */
export interface NewCandidate {
  /** As typed: 陳家欣, Kelly Ng, CHAN Tai Man, Peter. */
  name: string;
  /** E.164. */
  phone: string | null;
  email: string | null;
  source: string | null;
  /** 先生, 小姐, 女士, 太太, 同學: the person's own choice. */
  title: string | null;
  preferredName?: string | null;
}

/** What is known about somebody who is to be added. */
export type Familiarity =
  | { kind: 'new' }
  /** The same telephone or e-mail: the same person, who has not applied for this job yet. */
  | { kind: 'known'; candidate: CandidateRecord }
  /** The same person has applied for this job already. */
  | { kind: 'applied'; candidate: CandidateRecord; application: ApplicationRecord }
  /** Somebody of the same name has applied for this job with other contact data: a person must say who it is. */
  | { kind: 'namesake'; candidate: CandidateRecord; application: ApplicationRecord };

/** Compares somebody with everybody there is: by telephone, by e-mail, by name and job. */
export async function familiarity(reader: Reader, person: NewCandidate, requisitionId: string): Promise<Familiarity> {
  const byPhone = person.phone ? await reader.list('candidates', { phone: person.phone }) : [];
  const byEmail = person.email ? await reader.list('candidates', { email: person.email }) : [];
  const key = foldName(candidateName(person.name).display);
  const same = [...byPhone, ...byEmail];
  for (const candidate of same) {
    const application = await reader.one('applications', { candidateId: candidate._id, requisitionId });
    if (application) return { kind: 'applied', candidate, application };
  }
  const [known] = same;
  if (known) return { kind: 'known', candidate: known };
  const namesakes = await reader.list('candidates', { foldedNames: key }, { limit: 50 });
  for (const candidate of namesakes.filter((other) => foldName(other.name.display) === key)) {
    const application = await reader.one('applications', { candidateId: candidate._id, requisitionId });
    if (application) return { kind: 'namesake', candidate, application };
  }
  return { kind: 'new' };
}

/**
 * Stores a person and their application; the candidate is told that it has arrived (`application_received`), with the
 * day by which they hear again. Somebody known by telephone or e-mail gets a further application, not a second record.
 * @param options.sameNameIsAnother staff have said that a namesake for the same job is somebody else
 * @throws RuleBroken `requisition_not_open`, `candidate_duplicate`, `candidate_namesake`
 */
export async function addCandidate(
  unit: Unit,
  person: NewCandidate,
  requisition: RequisitionRecord,
  options: { sameNameIsAnother?: boolean } = {},
): Promise<{ candidate: CandidateRecord; application: ApplicationRecord; isNew: boolean }> {
  if (requisition.state !== 'open') {
    throw new RuleBroken('requisition_not_open', { job: requisition.jobTitle, ref: requisition.ref });
  }
  const known = await familiarity(unit, person, requisition._id);
  if (known.kind === 'applied') {
    throw new RuleBroken('candidate_duplicate', {
      name: known.candidate.name.display,
      ref: known.application.ref,
      job: requisition.jobTitle,
    });
  }
  if (known.kind === 'namesake' && !options.sameNameIsAnother) {
    throw new RuleBroken('candidate_namesake', {
      name: known.candidate.name.display,
      ref: known.application.ref,
      job: requisition.jobTitle,
    });
  }
  const candidate = known.kind === 'known' ? known.candidate : await insertCandidate(unit, person);
  const application = await receiveApplication(unit, candidate, requisition);
  return { candidate, application, isNew: known.kind !== 'known' };
}

/** Stores a person; whether there is one already is the caller's question (`familiarity`). */
export async function insertCandidate(unit: Unit, person: NewCandidate): Promise<CandidateRecord> {
  const name = candidateName(person.name, {
    preferredTitle: person.title,
    preferredName: person.preferredName ?? null,
  });
  const candidate: CandidateRecord = {
    _id: unit.newId('cand'),
    ref: `C${await unit.nextNumber('candidate', 1001)}`,
    name,
    foldedNames: nameKeys(personNameOf(name), aliasesOf({ name })),
    phone: person.phone,
    email: person.email?.toLowerCase() ?? null,
    staffId: null,
    wrongAddresses: [],
    source: person.source,
    choices: { newsConsentAt: null, nudgesStoppedAt: null, allStoppedAt: null },
    picsVersion: null,
    picsShownAt: null,
    // Counted from the end of the application once there is one; until then from today.
    purgeAfter: momentAt(addMonths(hongKongDate(unit.now), unit.settings.retentionMonths)),
    lastActivityAt: null,
    pageSeenAt: null,
    noticedAt: null,
    createdAt: unit.now,
    createdBy: unit.by,
  };
  unit.audit(`candidate:${candidate._id}`, 'add', ['name', 'phone', 'email', 'source']);
  return unit.insert('candidates', candidate);
}

/** Stores an application and acknowledges it to the person. */
async function receiveApplication(
  unit: Unit,
  candidate: CandidateRecord,
  requisition: RequisitionRecord,
): Promise<ApplicationRecord> {
  const promise = promiseDay('初步甄選結果', unit.now, unit.settings);
  const application: ApplicationRecord = {
    _id: unit.newId('app'),
    ref: `A${await unit.nextNumber('application', 1001)}`,
    candidateId: candidate._id,
    requisitionId: requisition._id,
    stage: 'applied',
    stageSince: unit.now,
    history: [{ at: unit.now, from: null, to: 'applied', by: unit.by, reason: null }],
    version: 1,
    holdUntil: null,
    holdReason: null,
    branchId: null,
    intakeId: null,
    startAt: null,
    offerReplyBy: null,
    promise,
    appliedAt: unit.now,
  };
  unit.audit(`application:${application._id}`, 'receive', ['stage', 'requisitionId']);
  // The vacancy has gone on from here: opening it can no longer simply be taken back.
  unit.audit(`requisition:${requisition._id}`, 'application_received', []);
  await unit.insert('applications', application);
  unit.effect({
    kind: 'candidate_message',
    candidateId: candidate._id,
    applicationId: application._id,
    template: 'application_received',
    occasion: `application:${application._id}:received`,
    extra: { reply_by: promise.by.toISOString() },
  });
  return application;
}
