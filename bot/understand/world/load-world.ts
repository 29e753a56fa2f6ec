import { addDays, daysBetween, hongKongDate, type LocalDate, momentAt } from '../../../hongkong/zone.ts';
import type { ApplicationRecord } from '../../../models/application.model.ts';
import type { CandidateRecord } from '../../../models/candidate.model.ts';
import type { InterviewRecord } from '../../../models/interview.model.ts';
import type { StaffRecord } from '../../../models/staff.model.ts';
import { reachOf } from '../../../recruiting/access/permissions.ts';
import { mayReach } from '../../../recruiting/access/reach.ts';
import { findCandidatesForReading } from '../../../recruiting/candidate/find-candidates.ts';
import { aliasesOf, personNameOf } from '../../../recruiting/candidate/person-name.ts';
import type { Reader } from '../../../recruiting/unit/reader.ts';
import { foldedPattern, foldLine } from '../text/marked-text.ts';
import { readTimes } from '../time/read-times.ts';
import { branchForms } from '../vocabulary.ts';
import { type References, readReferences } from './references.ts';
import type { World } from './world.ts';

/** The part of the company that one message of one person can mean. */
export interface LoadedWorld {
  world: World;
  references: References;
}

/** Most people one message is read against: more bear no name that helps anybody. */
const MOST_PEOPLE = 120;
/** Days looked at for 「11點嗰個」; nobody describes somebody by a longer stretch. */
const MOST_DAYS = 14;
/** Words by which somebody is described instead of named. */
const DESCRIBES = foldedPattern('嗰|那|果|呢|這|嘅|的|邊個|(?<![a-z])(?:the|that|who|whoever|one)(?![a-z])', 'u');

/**
 * Reads what a message can mean from the database: people whose name may stand in it (through the index of name keys, never
 * by a scan), who has an interview in the days it names when it describes somebody, who was just spoken of, active staff,
 * branches, vacancies. Only people whom the asker may reach.
 */
export async function loadWorld(
  reader: Reader,
  input: { text: string; asker: StaffRecord; now: Date; recentCandidateIds: readonly string[] },
): Promise<LoadedWorld> {
  const { asker, now } = input;
  const references = await readReferences(reader, input.text);
  const described = await interviewsDescribed(reader, input.text, now);
  const named = await findCandidatesForReading(reader, input.text);
  const others = new Set([
    ...input.recentCandidateIds,
    ...references.people.map(({ candidateId }) => candidateId),
    ...described.map(({ candidateId }) => candidateId),
  ]);
  for (const { _id } of named) others.delete(_id);
  const more = others.size > 0 ? await reader.list('candidates', { _id: { $in: [...others] } }) : [];
  const people = [...more, ...named].slice(0, MOST_PEOPLE);
  const ids = people.map(({ _id }) => _id);
  const applications =
    ids.length > 0 ? await reader.list('applications', { candidateId: { $in: ids } }, { sort: { ref: -1 } }) : [];
  const reached = await withinReach(reader, asker, applications);
  const seen = people.filter(({ _id }) => reached === 'all' || reached.has(_id));
  const seenIds = seen.map(({ _id }) => _id);
  const own =
    seenIds.length > 0
      ? await reader.list('interviews', { candidateId: { $in: seenIds }, state: 'scheduled' }, { limit: 300 })
      : [];
  const interviews = [...new Map([...described, ...own].map((each) => [each._id, each])).values()];
  const staff = await reader.list('staff', { active: true });
  const branches = await reader.list('branches', {});
  const requisitions = await reader.list('requisitions', { state: { $in: ['open', 'frozen'] } });
  const stageOf = new Map(applications.map(({ candidateId, stage }) => [candidateId, stage]));
  const world: World = {
    now: now.toISOString(),
    candidates: seen.map((candidate) => {
      const stage = stageOf.get(candidate._id);
      const words = references.people.filter(({ candidateId }) => candidateId === candidate._id);
      return {
        id: candidate._id,
        names: [...candidateNames(candidate), ...words.map(({ word }) => word)],
        ...(stage ? { stage } : {}),
        facts: [],
      };
    }),
    staff: staff.map((person) => ({
      id: person._id,
      names: [...new Set([person.name, ...(person.englishName ? [person.englishName] : [])])],
      ...(person.title ? { title: person.title } : {}),
    })),
    branches: branches.map((branch) => ({
      id: branch._id,
      names: [...new Set([branch.name, branch.shortName, ...branchForms(branch)])],
    })),
    requisitions: [
      ...requisitions.map(({ _id, jobTitle, branchId }) => ({ id: _id, job: jobTitle, branchId })),
      ...references.vacancies.map(({ requisitionId, word }) => ({ id: requisitionId, job: word })),
    ],
    interviews: interviews
      .filter(({ candidateId }) => seenIds.includes(candidateId))
      .map(({ _id, candidateId, startAt, round, kind, interviewerIds }) => ({
        id: _id,
        candidateId,
        startAt: startAt.toISOString(),
        round,
        mode: kind,
        interviewerIds,
      })),
  };
  return { world, references };
}

/** Every form staff may know a candidate by, as they see them first. */
function candidateNames(candidate: CandidateRecord): string[] {
  const { surnameZh, givenZh, surnameEn, givenEn, englishName } = personNameOf(candidate.name);
  const together = (...parts: (string | undefined)[]): string[] =>
    parts.every(Boolean) ? [parts.join(parts[0] === surnameZh ? '' : ' ')] : [];
  return [
    ...new Set([
      candidate.name.display,
      ...together(surnameZh, givenZh),
      ...together(surnameEn, givenEn),
      ...together(englishName, surnameEn),
      ...(surnameEn ? [] : together(englishName)),
      ...together(englishName, surnameZh),
      ...aliasesOf(candidate),
    ]),
  ].filter(Boolean);
}

/** Interviews in the days a text names, when it describes somebody. A clock alone is today's. */
async function interviewsDescribed(reader: Reader, text: string, now: Date): Promise<InterviewRecord[]> {
  const folded = foldLine(text);
  if (!DESCRIBES.test(folded)) return [];
  const today = hongKongDate(now);
  const days = new Set<LocalDate>();
  for (const { from, to, kind } of readTimes(folded, now)) {
    if (kind === 'length' || kind === 'vague') continue;
    const first = from ?? today;
    const length = Math.min(daysBetween(first, to ?? first), MOST_DAYS);
    for (let at = 0; at <= length && days.size < MOST_DAYS; at += 1) days.add(addDays(first, at));
  }
  const found: InterviewRecord[] = [];
  for (const day of days) {
    const startAt = { $gte: momentAt(day), $lt: momentAt(addDays(day, 1)) };
    found.push(
      ...(await reader.list(
        'interviews',
        { state: { $in: ['scheduled', 'done', 'no_show'] }, startAt },
        { limit: MOST_PEOPLE },
      )),
    );
  }
  return found;
}

/** Candidates with an application that the asker may reach; `all` for those who see everybody. */
async function withinReach(
  reader: Reader,
  asker: StaffRecord,
  applications: readonly ApplicationRecord[],
): Promise<ReadonlySet<string> | 'all'> {
  if (reachOf(asker.roles, 'see_applications') === 'all') return 'all';
  const reached = new Set<string>();
  for (const application of applications) {
    if (reached.has(application.candidateId)) continue;
    const requisition = await reader.get('requisitions', application.requisitionId);
    if (requisition && (await mayReach(reader, asker, 'see_applications', { application, requisition }))) {
      reached.add(application.candidateId);
    }
  }
  return reached;
}
