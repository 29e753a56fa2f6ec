import type { ApplicationRecord } from '../../models/application.model.ts';
import type { CandidateRecord } from '../../models/candidate.model.ts';
import type { StaffRecord } from '../../models/staff.model.ts';
import type { Permission } from '../../recruiting/access/permissions.ts';
import { mayReach } from '../../recruiting/access/reach.ts';
import { findCandidates, findNearCandidates } from '../../recruiting/candidate/find-candidates.ts';
import type { Reader } from '../../recruiting/unit/reader.ts';
import type { ApplicationInfo, Argument } from '../command.ts';
import { applicationLabel } from '../replies/labels.ts';
import { inLanguage, type Lang, type Said, say } from '../replies/said.ts';
import type { Piece } from './frame.ts';
import type { PieceResult } from './resolution.ts';

/** What finding people depends on. */
export interface PeopleContext {
  reader: Reader;
  asker: StaffRecord;
  permission: Permission;
  lang: Lang;
  /** Ids of vacancies that the line named besides. */
  jobIds: readonly string[];
}

/** The application a piece means, among those the asker may reach; asks when there are several. */
export async function resolveApplication(
  piece: Piece,
  argument: Argument,
  context: PeopleContext,
): Promise<PieceResult> {
  const { reader } = context;
  if ('id' in piece) {
    const application = await reader.get('applications', piece.id);
    const info = application ? await completed(reader, application) : undefined;
    return info && (await mayReach(reader, context.asker, context.permission, info))
      ? { found: piece }
      : { refuse: await nobody(piece.id, context) };
  }
  if ('value' in piece) return { refuse: await nobody(String(piece.value), context) };
  const applications = await applicationsOf(piece, reader);
  const within: ApplicationInfo[] = [];
  for (const application of applications) {
    const info = await completed(reader, application);
    if (info && (await mayReach(reader, context.asker, context.permission, info))) within.push(info);
  }
  const meant = narrowed(within, argument, context.jobIds);
  const only = meant[0];
  if (!only) return 'ids' in piece ? { refuse: await nobody(piece.typed, context) } : nearest(piece.typed, context);
  if (meant.length === 1) return { found: { id: only.application._id } };
  return {
    choose: ranked(meant, piece)
      .slice(0, 8)
      .map((info) => ({ id: info.application._id, label: applicationLabel(info, context.lang) })),
  };
}

/** A candidate whom a piece means, whatever became of their applications. */
export async function resolveCandidate(piece: Piece, context: PeopleContext): Promise<PieceResult> {
  const { reader, lang } = context;
  if ('id' in piece) return { found: piece };
  if ('value' in piece) return { refuse: await nobody(String(piece.value), context) };
  const people = await candidatesOf(piece, reader);
  const [only] = people;
  if (!only) return { refuse: await nobody(piece.typed, context) };
  if (people.length === 1) return { found: { id: only._id } };
  return {
    choose: people.slice(0, 8).map((person) => ({
      id: person._id,
      label: lang === 'en' ? `${person.name.display} (${person.ref})` : `${person.name.display}（${person.ref}）`,
    })),
  };
}

async function candidatesOf(
  piece: Exclude<Piece, { id: string } | { value: unknown }>,
  reader: Reader,
): Promise<CandidateRecord[]> {
  if ('ids' in piece) return reader.list('candidates', { _id: { $in: piece.ids } });
  if (/^C\d+$/.test(piece.typed)) return reader.list('candidates', { ref: piece.typed });
  return findCandidates(reader, piece.typed);
}

async function applicationsOf(
  piece: Exclude<Piece, { id: string } | { value: unknown }>,
  reader: Reader,
): Promise<ApplicationRecord[]> {
  if (!('ids' in piece) && /^A\d+$/.test(piece.typed)) return reader.list('applications', { ref: piece.typed });
  const people = await candidatesOf(piece, reader);
  if (people.length === 0) return [];
  return reader.list(
    'applications',
    { candidateId: { $in: people.map((person) => person._id) } },
    { sort: { ref: 1 } },
  );
}

async function completed(reader: Reader, application: ApplicationRecord): Promise<ApplicationInfo | undefined> {
  const candidate = await reader.get('candidates', application.candidateId);
  const requisition = await reader.get('requisitions', application.requisitionId);
  return candidate && requisition ? { application, candidate, requisition } : undefined;
}

const OVER = ['rejected', 'withdrawn', 'declined', 'arrived'];

/** Those of the named job; among them those in the command's stages, else those still alive, else all. */
function narrowed(all: ApplicationInfo[], argument: Argument, jobIds: readonly string[]): ApplicationInfo[] {
  const ofJob = jobIds.length > 0 ? all.filter((info) => jobIds.includes(info.requisition._id)) : all;
  const { stages } = argument;
  const inStages = stages ? ofJob.filter((info) => stages.includes(info.application.stage)) : [];
  if (inStages.length > 0) return inStages;
  const alive = ofJob.filter((info) => !OVER.includes(info.application.stage));
  return alive.length > 0 ? alive : ofJob;
}

/** Of people who may be meant the most plausible first, as the understanding put them. */
function ranked(meant: ApplicationInfo[], piece: Piece): ApplicationInfo[] {
  if (!('ids' in piece)) return meant;
  const rank = ({ candidate }: ApplicationInfo): number => piece.ids.indexOf(candidate._id);
  return [...meant].sort((a, b) => rank(a) - rank(b));
}

/** Nobody bears a name: who is near may be picked. */
async function nearest(typed: string, context: PeopleContext): Promise<PieceResult> {
  const near = await nearApplications(typed, context);
  const text = await nobody(typed, context);
  if (near.length === 0) return { refuse: text };
  return {
    choose: near.map((info) => ({ id: info.application._id, label: applicationLabel(info, context.lang) })),
    text,
  };
}

/** One application each of people with a name near a typed one, within the asker's reach. */
async function nearApplications(typed: string, context: PeopleContext): Promise<ApplicationInfo[]> {
  const near: ApplicationInfo[] = [];
  for (const person of await findNearCandidates(context.reader, typed)) {
    const applications = await context.reader.list('applications', { candidateId: person._id });
    for (const application of applications) {
      const info = await completed(context.reader, application);
      if (!info || !(await mayReach(context.reader, context.asker, context.permission, info))) continue;
      near.push(info);
      break;
    }
  }
  return near;
}

async function nobody(typed: string, context: PeopleContext): Promise<Said> {
  const shown = (await nearApplications(typed, context)).map((info) => applicationLabel(info, context.lang));
  const none = say(
    `找不到應徵者「${typed}」，未有作出任何更改。`,
    `I cannot find a candidate "${typed}". Nothing has been changed.`,
  );
  if (shown.length === 0) return none;
  return (lang) =>
    `${inLanguage(none, lang)}\n${inLanguage(say(`會否是：${shown.join('、')}？`, `Did you mean: ${shown.join(', ')}?`), lang)}`;
}
