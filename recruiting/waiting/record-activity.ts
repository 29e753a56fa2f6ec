import type { CandidateRecord } from '../../models/candidate.model.ts';
import type { Unit } from '../unit/unit.ts';
import { advanceWaitingPlan } from './advance-waiting-plan.ts';

/** A sign of life of a candidate, or something done with them. */
export interface Activity {
  /** Where the act brings an id of its own, so that it is written down once. */
  id?: string;
  candidateId: string;
  applicationId: string | null;
  /** page_opened, pressed, wrote, called, noted … */
  kind: string;
  detail?: string | null;
  text?: string | null;
  /** True when the person themselves did something: silence ends. */
  signOfLife: boolean;
  /** True when the person's page was used. */
  onPage?: boolean;
}

/** Writes an activity down. A sign of life starts the silence ladder of all the person's waiting periods anew. */
export async function recordActivity(unit: Unit, candidate: CandidateRecord, activity: Activity): Promise<void> {
  await unit.insert('activities', {
    _id: activity.id ?? unit.newId('activity'),
    candidateId: activity.candidateId,
    applicationId: activity.applicationId,
    at: unit.now,
    kind: activity.kind,
    detail: activity.detail ?? null,
    text: activity.text ?? null,
    by: unit.by,
  });
  if (!activity.signOfLife) return;
  await unit.change('candidates', candidate, {
    lastActivityAt: unit.now,
    ...(activity.onPage ? { pageSeenAt: unit.now } : {}),
  });
  for (const plan of await unit.list('waitingPlans', { candidateId: candidate._id, state: 'active' })) {
    await unit.change('waitingPlans', plan, { lastActivityAt: unit.now });
    await advanceWaitingPlan(unit, plan._id);
  }
}
