import { dateRangeText, dateTimeText, timeText } from '../hongkong/date-texts.ts';
import type { InterviewRecord } from '../models/interview.model.ts';
import { calledName } from '../recruiting/message/slot-values.ts';
import { interviewVisibility } from '../recruiting/portal/told-facts.ts';
import { type PageButton, type PageQuestion, stageOnPage, trainingOnPage } from './candidate-page.ts';
import { pageButton } from './page-button.ts';
import { say } from './words.ts';

/** A badge: the one word a worried person looks for. */
export interface Badge {
  text: string;
  tone: 'good' | 'wait' | 'stop';
}

/** One line of a card: 日期, 地點 … */
export interface CardLine {
  label: string;
  value: string;
}

/** An interview on the page. */
export interface InterviewCard {
  title: string;
  badge: Badge;
  lines: CardLine[];
  buttons: PageButton[];
  /** What to know beforehand; null when there is nothing ahead. */
  hint: string | null;
  /** Choices of 「遲到」: when they think they will arrive; empty when it is not the time for it. */
  late: { base: string; fields: { name: string; value: string }[]; etas: { value: string; text: string }[] } | null;
}

const HOUR_MS = 3_600_000;
/** 「遲到」 is offered from some hours before until the interview would be over. */
const LATE_FROM_HOURS = 3;
const LATE_MINUTES = [10, 15, 30, 45, 60] as const;

/** The appointments that still matter: those ahead or just gone, and one that was called off. */
export function interviewCards(question: PageQuestion): InterviewCard[] {
  const { facts, now } = question;
  return facts.interviews.flatMap((interview) => {
    const visibility = interviewVisibility(interview, facts.messages);
    const isAhead = interview.startAt.getTime() + interview.minutes * 60_000 > now.getTime();
    if (visibility === 'hidden') return [];
    if (interview.state === 'cancelled' && isAhead && visibility === 'shown') {
      return [card(question, interview, { text: say('badge.cancelled'), tone: 'stop' }, [], null)];
    }
    if (interview.state !== 'scheduled') return [];
    if (visibility === 'changing') {
      return [{ ...card(question, interview, { text: say('badge.changing'), tone: 'wait' }, [], null), lines: [] }];
    }
    if (!isAhead) return [card(question, interview, { text: say('badge.past'), tone: 'wait' }, [], null)];
    return [
      card(question, interview, replyBadge(interview), answerButtons(question, interview), late(question, interview)),
    ];
  });
}

function card(
  { facts }: PageQuestion,
  interview: InterviewRecord,
  badge: Badge,
  buttons: PageButton[],
  lateChoices: InterviewCard['late'],
): InterviewCard {
  const branch = interview.branchId ? facts.branches.get(interview.branchId) : undefined;
  const inPerson = interview.kind === 'in_person' || interview.kind === 'trial';
  const people = interview.interviewerIds.flatMap((id) => facts.staff.get(id) ?? []).map(calledName);
  const place = inPerson
    ? [branch?.name, branch?.address, branch?.landmark ? say('place.near', { landmark: branch.landmark }) : '']
        .filter(Boolean)
        .join('　')
    : say(`interview.kind.${interview.kind}`);
  const lines: CardLine[] = [
    { label: say('label.time'), value: dateTimeText(interview.startAt) },
    { label: say(inPerson ? 'label.place' : 'label.form'), value: place },
    { label: say('label.minutes'), value: say('interview.minutes', { minutes: String(interview.minutes) }) },
    { label: say('label.interviewer'), value: people.join('、') },
  ];
  return {
    title: say(
      `interview.kind.${interview.kind === 'phone' || interview.kind === 'video' ? 'in_person' : interview.kind}`,
    ),
    badge,
    lines: lines.filter((line) => line.value !== ''),
    buttons,
    hint: buttons.length > 0 ? say(inPerson ? 'weather' : `interview.${interview.kind}.hint`) : null,
    late: lateChoices,
  };
}

function replyBadge({ candidateReply }: InterviewRecord): Badge {
  if (candidateReply === 'attend') return { text: say('badge.attend'), tone: 'good' };
  if (candidateReply === 'reschedule') return { text: say('badge.reschedule'), tone: 'wait' };
  return { text: say('badge.waiting'), tone: 'wait' };
}

function answerButtons(question: PageQuestion, interview: InterviewRecord): PageButton[] {
  const fields = { interview: interview._id, version: String(interview.version) };
  const buttons = [
    ...(interview.candidateReply === 'attend' ? [] : [pageButton(question, 'attend', 'main', fields)]),
    ...(interview.candidateReply === 'reschedule'
      ? []
      : [pageButton(question, 'reschedule', 'plain', { ...fields, once: question.once })]),
    pageButton(question, 'decline', 'quiet', fields),
  ];
  return buttons;
}

function late(question: PageQuestion, interview: InterviewRecord): InterviewCard['late'] {
  const { now, base, once, wanted } = question;
  const startsIn = interview.startAt.getTime() - now.getTime();
  if (startsIn > LATE_FROM_HOURS * HOUR_MS && wanted !== 'late') return null;
  return {
    base,
    fields: [
      { name: 'interview', value: interview._id },
      { name: 'version', value: String(interview.version) },
      { name: 'once', value: once },
    ],
    etas: LATE_MINUTES.map((minutes) => new Date(interview.startAt.getTime() + minutes * 60_000))
      .filter((eta) => eta > now)
      .map((eta) => ({ value: eta.toISOString(), text: say('late.minutes', { time: timeText(eta) }) })),
  };
}

/** The training: is the date fixed, am I in, what is taught, is it paid, where. */
export interface TrainingCard {
  badge: Badge;
  lines: CardLine[];
  /** In this intake, by the record. */
  intakeRef: string | null;
  syllabus: string[];
  buttons: PageButton[];
  hint: string | null;
}

/** The training card; null before the person has passed and after the end. */
export function trainingCard(question: PageQuestion): TrainingCard | null {
  const { facts, now } = question;
  const { plan, intake } = facts;
  const stage = stageOnPage(question);
  if (plan?.state !== 'active') return null;
  if (stage !== 'passed' && stage !== 'offer_sent' && stage !== 'offer_accepted') return null;
  const training = trainingOnPage(question);
  if (training === 'changing') return empty({ text: say('badge.changing'), tone: 'wait' });
  if (training !== 'shown' || !intake?.firstDayAt) {
    const started = facts.application?.startAt !== null && facts.application?.intakeId === null;
    return started ? null : empty({ text: say('badge.unfixed'), tone: 'wait' });
  }
  const lines = [
    { label: say('label.dates'), value: dateRangeText(intake.firstDayAt, intake.lastDayAt ?? intake.firstDayAt) },
    { label: say('label.checkin'), value: timeText(intake.firstDayAt) },
    { label: say('label.place'), value: intake.place },
    { label: say('label.pay'), value: intake.payNote },
  ].filter((line) => line.value !== '');
  const begun = intake.firstDayAt <= now;
  return {
    badge: begun ? { text: say('badge.past'), tone: 'wait' } : trainingBadge(plan.trainingReply),
    lines,
    intakeRef: intake.ref,
    syllabus: syllabusOf(intake.outline),
    buttons: begun ? [] : trainingButtons(question, intake._id, intake.version, plan.trainingReply),
    hint: begun ? null : say('weather'),
  };
}

function empty(badge: Badge): TrainingCard {
  return { badge, lines: [], intakeRef: null, syllabus: [], buttons: [], hint: null };
}

function trainingBadge(reply: 'attend' | 'cannot' | null): Badge {
  if (reply === 'attend') return { text: say('badge.attend'), tone: 'good' };
  if (reply === 'cannot') return { text: say('badge.cannot'), tone: 'stop' };
  return { text: say('badge.fixed'), tone: 'good' };
}

function trainingButtons(
  question: PageQuestion,
  intakeId: string,
  version: number,
  reply: 'attend' | 'cannot' | null,
): PageButton[] {
  const fields = { intake: intakeId, version: String(version) };
  return [
    ...(reply === 'attend' ? [] : [pageButton(question, 'attend_training', 'main', fields)]),
    ...(reply === 'cannot' ? [] : [pageButton(question, 'cannot_attend_training', 'plain', fields)]),
    pageButton(question, 'have_problem', 'quiet', { once: question.once }),
  ];
}

/** The outline as a list: one point a line, or parts joined by 、 or ；. */
function syllabusOf(outline: string): string[] {
  return outline
    .split(/[\n；;、]/)
    .map((point) => point.trim())
    .filter((point) => point !== '');
}
