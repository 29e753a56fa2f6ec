import { RuleBroken } from '../../lib/errors.ts';
import type { ApplicationRecord } from '../../models/application.model.ts';
import type { CandidateRecord } from '../../models/candidate.model.ts';
import type { Unit } from '../unit/unit.ts';
import { recordActivity } from '../waiting/record-activity.ts';

/** A press on a button of a candidate's page. */
export interface PagePress {
  candidateId: string;
  /** The application the page is about. */
  applicationId: string | null;
  /** `pressed` for buttons, `wrote` for the box. */
  kind: 'pressed' | 'wrote';
  /** Button id. */
  button: string | null;
  /** What the person wrote or chose, cleaned of identity card numbers. */
  text?: string | null;
  /** The form's own id, made when the page was written: the same form sent twice is one press. */
  once?: string | undefined;
  /** False on pages that show no messages (stories, the statement). */
  onPage: boolean;
  /** Somebody else answered in their place: no sign of life of the candidate. */
  bySomebodyElse?: boolean;
}

/** Whom a press concerns. */
export interface PressScope {
  candidate: CandidateRecord;
  application: ApplicationRecord | null;
  /** The activity under which the press is kept. */
  activityId?: string;
}

/**
 * Writes a press down as a sign of life and runs what it means, in one unit. The same form sent twice runs once.
 * @returns what `act` returned; undefined when the form had been taken in before
 * @throws RuleBroken `candidate_unknown` and whatever `act` throws
 */
export async function takePress<T>(
  unit: Unit,
  press: PagePress,
  act: (unit: Unit, scope: PressScope) => Promise<T>,
): Promise<T | undefined> {
  const id = press.once ? `press_${press.candidateId}_${press.once}` : undefined;
  if (id && (await unit.get('activities', id))) return undefined;
  const { candidate, application } = await pressScope(unit, press);
  const activityId = id ?? unit.newId('activity');
  await recordActivity(unit, candidate, {
    id: activityId,
    candidateId: candidate._id,
    applicationId: application?._id ?? null,
    kind: press.kind,
    detail: press.button,
    text: press.text ?? null,
    signOfLife: press.bySomebodyElse !== true,
    onPage: press.onPage,
  });
  // Read again: the sign of life has changed them.
  return act(unit, { ...(await pressScope(unit, press)), activityId });
}

async function pressScope(
  unit: Unit,
  about: { candidateId: string; applicationId: string | null },
): Promise<PressScope> {
  const candidate = await unit.get('candidates', about.candidateId);
  if (!candidate) throw new RuleBroken('candidate_unknown');
  const application = about.applicationId ? await unit.get('applications', about.applicationId) : null;
  return { candidate, application: application?.candidateId === candidate._id ? application : null };
}
