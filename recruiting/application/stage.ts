import type { ApplicationStage } from '../../models/application.model.ts';
import type { InterviewKind } from '../../models/interview.model.ts';
import type { StageTemplate } from '../../models/requisition.model.ts';

/** What a job's applicants go through. */
export interface StageRules {
  /** Stages that may follow each stage. */
  next: Readonly<Record<ApplicationStage, readonly ApplicationStage[]>>;
  /** Ways to meet. A trial shift is paid work in a shop or a kitchen; an office has none. */
  interviewKinds: readonly InterviewKind[];
}

/** Why a step is not possible; each has a sentence for staff (bot) that names the remedy. */
export type StageObstacle =
  | 'already_in_stage'
  | 'application_ended'
  | 'not_shortlisted_yet'
  | 'not_interviewed_yet'
  | 'not_passed_yet'
  | 'no_offer_sent'
  | 'offer_not_accepted'
  | 'already_passed'
  | 'stage_not_allowed';

export type StageVerdict = { allowed: true } | { allowed: false; obstacle: StageObstacle };

/** Stages in which an application is over unless somebody takes it up again. */
export const ENDED_STAGES: readonly ApplicationStage[] = ['arrived', 'rejected', 'withdrawn', 'declined'];

/** The waiting period: from passing the interview to day 1. */
export const WAITING_STAGES: readonly ApplicationStage[] = ['passed', 'offer_sent', 'offer_accepted'];

const LIVE_ENDS: readonly ApplicationStage[] = ['rejected', 'withdrawn'];

/** The common road; a job's template changes single steps of it. */
const ROAD: StageRules['next'] = {
  applied: ['shortlisted', ...LIVE_ENDS],
  shortlisted: ['interview', ...LIVE_ENDS],
  // Back to shortlisted: an interview was called off without a new time.
  interview: ['interviewed', 'shortlisted', 'no_show', ...LIVE_ENDS],
  // Again to interview: the manager wants another one. No-show: the interview had been closed by the clock.
  interviewed: ['passed', 'interview', 'no_show', ...LIVE_ENDS],
  passed: ['offer_sent', 'offer_accepted', ...LIVE_ENDS],
  offer_sent: ['offer_accepted', 'declined', ...LIVE_ENDS],
  offer_accepted: ['arrived', 'declined', ...LIVE_ENDS],
  no_show: ['interview', 'interviewed', ...LIVE_ENDS],
  arrived: [],
  // Who leaves before the letter has reached them has left; nobody needs to be refused who is gone.
  rejected: ['withdrawn'],
  // A wrong tap has a way back (the acknowledgement says so), and who declined may reconsider.
  withdrawn: ['shortlisted'],
  declined: ['offer_sent', 'withdrawn'],
};

/** Shops and kitchens meet people who walk in, and start the training before the papers are exchanged. */
const BRANCH_ROAD: StageRules['next'] = {
  ...ROAD,
  applied: ['shortlisted', 'interview', ...LIVE_ENDS],
  passed: [...ROAD.passed, 'arrived'],
  offer_sent: [...ROAD.offer_sent, 'arrived'],
};

/** The rules of each kind of job. */
export const STAGE_RULES: Readonly<Record<StageTemplate, StageRules>> = {
  shop: { next: BRANCH_ROAD, interviewKinds: ['in_person', 'video', 'phone', 'trial'] },
  kitchen: { next: BRANCH_ROAD, interviewKinds: ['in_person', 'phone', 'trial'] },
  office: { next: ROAD, interviewKinds: ['in_person', 'video', 'phone'] },
};

/** True when nothing more happens with the application by itself. */
export function hasEnded(stage: ApplicationStage): boolean {
  return ENDED_STAGES.includes(stage);
}

/** Whether a stage may follow another for this kind of job, and if not, what stands in the way. */
export function mayMove(template: StageTemplate, from: ApplicationStage, to: ApplicationStage): StageVerdict {
  if (STAGE_RULES[template].next[from].includes(to)) return { allowed: true };
  return { allowed: false, obstacle: obstacleOf(from, to) };
}

/** The obstacle a person can do something about, else that the step does not exist. */
function obstacleOf(from: ApplicationStage, to: ApplicationStage): StageObstacle {
  if (from === to) return 'already_in_stage';
  if (hasEnded(from)) return 'application_ended';
  const beforeInterview = from === 'applied' || from === 'shortlisted';
  const waiting = WAITING_STAGES.includes(from);
  switch (to) {
    case 'shortlisted':
    case 'interview':
      if (waiting) return 'already_passed';
      return from === 'applied' ? 'not_shortlisted_yet' : 'stage_not_allowed';
    case 'interviewed':
    case 'no_show':
      return waiting ? 'already_passed' : 'not_interviewed_yet';
    case 'passed':
      return waiting ? 'already_passed' : 'not_interviewed_yet';
    case 'offer_sent':
      if (from === 'offer_accepted') return 'stage_not_allowed';
      return beforeInterview || from === 'interview' ? 'not_interviewed_yet' : 'not_passed_yet';
    case 'offer_accepted':
    case 'declined':
      return waiting ? 'no_offer_sent' : 'not_passed_yet';
    case 'arrived':
      return waiting ? 'offer_not_accepted' : 'not_passed_yet';
    default:
      return 'stage_not_allowed';
  }
}
