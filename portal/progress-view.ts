import { dateTimeText, dateTimeTextWithoutYear } from '../hongkong/date-texts.ts';
import type { ApplicationStage } from '../models/application.model.ts';
import { interviewVisibility, toldHistory, wasTold } from '../recruiting/portal/told-facts.ts';
import { type PageQuestion, stageOnPage, toldQuestion, trainingOnPage } from './candidate-page.ts';
import { say } from './words.ts';

/** One step on the way, with its time stamp. */
export interface ProgressStep {
  id: string;
  title: string;
  /** When it happened; null when it did not yet. */
  at: string | null;
  /** What is known about it. */
  detail: string | null;
  state: 'done' | 'now' | 'next';
  stateText: string;
  isNow: boolean;
}

interface Draft {
  id: string;
  done: boolean;
  at: Date | null;
  detail: string | null;
}

/** The order in which stages are reached. */
const REACHED: readonly ApplicationStage[] = [
  'applied',
  'shortlisted',
  'interview',
  'interviewed',
  'passed',
  'offer_sent',
  'offer_accepted',
  'arrived',
];
const ENDED: readonly ApplicationStage[] = ['rejected', 'withdrawn', 'declined'];

/** The way from the application to day 1: what is behind, where it stands, what comes. */
export function progressSteps(question: PageQuestion): ProgressStep[] {
  const told = toldQuestion(question);
  const stage = stageOnPage(question);
  if (!told || !stage) return [];
  const history = toldHistory(told);
  const { application } = told;
  const seen = [stage, ...history.map((change) => change.to)].map((one) => REACHED.indexOf(one));
  const farthest = Math.max(0, ...seen);
  const reachedAt = (to: ApplicationStage): Date | null => history.findLast((change) => change.to === to)?.at ?? null;
  const has = (to: ApplicationStage): boolean => farthest >= REACHED.indexOf(to);
  const drafts: Draft[] = [{ id: 'applied', done: true, at: application.appliedAt, detail: null }];
  if (!has('interview') || reachedAt('shortlisted')) {
    drafts.push({ id: 'shortlisted', done: has('shortlisted'), at: reachedAt('shortlisted'), detail: null });
  }
  drafts.push({
    id: 'interview',
    done: has('interviewed'),
    at: reachedAt('interviewed'),
    detail: has('interviewed') ? null : interviewDetail(question),
  });
  drafts.push({ id: 'passed', done: has('passed'), at: reachedAt('passed'), detail: null });
  drafts.push(...waitingDrafts(question, has, reachedAt));
  if (ENDED.includes(stage)) {
    const ended = drafts.filter((draft) => draft.done);
    ended.push({ id: `ended.${stage}`, done: true, at: reachedAt(stage), detail: null });
    return finish(ended);
  }
  return finish(drafts);
}

/** From passing to day 1. */
function waitingDrafts(
  question: PageQuestion,
  has: (stage: ApplicationStage) => boolean,
  reachedAt: (stage: ApplicationStage) => Date | null,
): Draft[] {
  const { facts, now } = question;
  const { application, intake, plan, requisition } = facts;
  const drafts: Draft[] = [];
  const offered = has('offer_sent') && (reachedAt('offer_sent') !== null || reachedAt('offer_accepted') !== null);
  if (offered || requisition?.stageTemplate === 'office') {
    drafts.push({
      id: 'offer',
      done: has('offer_accepted'),
      at: reachedAt('offer_accepted') ?? reachedAt('offer_sent'),
      detail: offered ? offerDetail(question, has('offer_accepted')) : null,
    });
  }
  const training = trainingOnPage(question);
  if (application?.intakeId || !application?.startAt) {
    const notice = facts.messages.find(
      (item) =>
        item.applicationId === application?._id &&
        (item.what === 'training_notice' || item.what === 'training_changed') &&
        wasTold(item),
    );
    const firstDayAt = training === 'shown' ? (intake?.firstDayAt ?? null) : null;
    const reply = plan?.trainingReply ?? 'open';
    drafts.push({
      id: 'notice',
      done: training === 'shown',
      at: training === 'shown' ? (notice?.deliveries.find((one) => one.sentAt !== null)?.sentAt ?? null) : null,
      detail: training === 'shown' ? say(`detail.training.${reply}`) : null,
    });
    const dateDetail = firstDayAt
      ? dateTimeTextWithoutYear(firstDayAt)
      : say(training === 'changing' ? 'detail.changing' : 'detail.unfixed');
    const begun = firstDayAt !== null && firstDayAt <= now;
    drafts.push({
      id: 'training',
      done: begun || has('arrived'),
      at: null,
      detail: has('passed') ? dateDetail : null,
    });
  }
  const startAt = application?.startAt ?? null;
  const startDetail = startAt ? dateTimeTextWithoutYear(startAt) : has('passed') ? say('detail.unfixed') : null;
  drafts.push({
    id: 'day1',
    done: has('arrived'),
    at: has('arrived') ? (startAt ?? reachedAt('arrived')) : null,
    detail: has('arrived') ? null : startDetail,
  });
  return drafts;
}

function interviewDetail(question: PageQuestion): string | null {
  const next = question.facts.interviews.find((one) => one.state === 'scheduled');
  if (!next) return null;
  const visibility = interviewVisibility(next, question.facts.messages);
  if (visibility === 'hidden') return null;
  return visibility === 'changing' ? say('detail.changing') : dateTimeTextWithoutYear(next.startAt);
}

function offerDetail({ facts }: PageQuestion, accepted: boolean): string {
  if (accepted) return say('detail.offer.accepted');
  const replyBy = facts.application?.offerReplyBy;
  return replyBy ? say('detail.offer.sent.by', { date: dateTimeText(replyBy) }) : say('detail.offer.sent');
}

/** The step after the last one done is where the person stands. */
function finish(drafts: readonly Draft[]): ProgressStep[] {
  const lastDone = drafts.findLastIndex((draft) => draft.done);
  return drafts.map((draft, index) => {
    const state = draft.done ? 'done' : index === lastDone + 1 ? 'now' : 'next';
    return {
      id: draft.id,
      title: say(`step.${draft.id}`),
      at: draft.at ? dateTimeText(draft.at) : null,
      detail: draft.detail,
      state,
      stateText: say(`state.${state}`),
      isNow: state === 'now',
    };
  });
}
