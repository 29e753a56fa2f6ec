import { dateText, dateTimeText, dateTimeTextWithoutYear } from '../hongkong/date-texts.ts';
import { formatPhone, maskPhone } from '../hongkong/phones.ts';
import { salutation, withGap } from '../hongkong/salutation.ts';
import { hasEnded } from '../recruiting/application/stage.ts';
import { calledName, salutationInput } from '../recruiting/message/slot-values.ts';
import { wasTold } from '../recruiting/portal/told-facts.ts';
import { LONGEST_TEXT } from '../recruiting/portal/write-to-hr.ts';
import { enumText } from '../templates/slot-words.ts';
import { type CardLine, interviewCards, trainingCard } from './appointment-view.ts';
import { callTimes } from './call-times.ts';
import { type PageButton, type PageQuestion, stageOnPage, trainingOnPage } from './candidate-page.ts';
import { messageViews } from './message-view.ts';
import { pageButton } from './page-button.ts';
import { progressSteps } from './progress-view.ts';
import { tipsView } from './tips-view.ts';
import { hasWords, say } from './words.ts';

/** Messages that stand open; earlier ones are folded away. */
const OPEN_MESSAGES = 3;

/** The employer as every page shows it. */
export function employerView(facts: PageQuestion['facts']['organisation']) {
  const hrPhone = facts?.hrPhone ?? null;
  return {
    brand: facts?.brand ?? null,
    legalEntity: facts?.legalEntity ?? null,
    officeAddress: facts?.officeAddress ?? null,
    hrPhone: hrPhone ? { text: formatPhone(hrPhone), href: `tel:${hrPhone}` } : null,
  };
}

/** Everything the page `candidate.hbs` shows. */
export function candidateView(question: PageQuestion) {
  const { facts, base, once, wanted, settings } = question;
  const { candidate, application, requisition } = facts;
  const interviews = interviewCards(question);
  const training = trainingCard(question);
  const choices = choicesView(question);
  const ended = application ? hasEnded(stageOnPage(question) ?? 'applied') : true;
  const controls = new Set(
    [...interviews.flatMap((card) => card.buttons), ...(training?.buttons ?? []), ...choices.buttons].map(
      ({ id }) => id,
    ),
  );
  if (interviews.some((card) => card.late)) controls.add('late');
  if (application) controls.add('call_me');
  const messages = messageViews(question, controls);
  const offered = new Set([...controls, ...messages.flatMap((message) => message.buttons.map(({ id }) => id))]);
  return {
    ...employerView(facts.organisation),
    base,
    once,
    view: 'page',
    title: application ? `${requisition?.jobTitle ?? ''}` : '',
    greeting: greetingOf(question),
    job: requisition?.jobTitle ?? null,
    ref: application?.ref ?? null,
    stage: stageText(question),
    next: nextSentence(question),
    updatedAt: dateTimeTextWithoutYear(question.now),
    wanted: wantedView(wanted, offered),
    steps: progressSteps(question),
    interviews,
    training,
    tips: tipsView(question),
    needsPapers: stageOnPage(question) === 'offer_accepted',
    workplace: workplaceLines(question),
    owner: facts.owner ? calledName(facts.owner) : null,
    call: application
      ? {
          times: callTimes(question.now, settings).map((time, index) => ({ ...time, checked: index === 0 })),
          phone: candidate.phone ? maskPhone(candidate.phone) : null,
          wanted: wanted === 'call_me',
        }
      : null,
    messages: messages.slice(0, OPEN_MESSAGES),
    older: messages.slice(OPEN_MESSAGES),
    unread: messages.filter((message) => message.isUnread).length,
    longest: LONGEST_TEXT,
    choices,
    mayWithdraw: application !== null && !ended,
    picsIsNew: candidate.picsVersion !== settings.picsVersion,
    purgeOn: dateText(candidate.purgeAfter),
  };
}

function greetingOf({ facts }: PageQuestion): string {
  const name = salutation(salutationInput(facts.candidate.name), 'warm');
  return name ? say('greeting', { name: withGap(name) }) : say('greeting.plain');
}

/** Progress in the words of the message catalogue. */
function stageText(question: PageQuestion): string {
  const stage = stageOnPage(question);
  if (!stage) return say('stage.none');
  if (hasWords(`stage.${stage}`)) return say(`stage.${stage}`);
  const training = trainingOnPage(question);
  const waitsForStart = question.facts.plan?.trainingReply === 'attend' && training === 'shown';
  const key = {
    applied: 'applied',
    shortlisted: 'applied',
    interview: 'interview_booked',
    interviewed: 'interviewed',
    passed: waitsForStart ? 'awaiting_start' : training === 'shown' ? 'training_fixed' : 'passed',
    offer_sent: 'offer_open',
    offer_accepted: waitsForStart ? 'awaiting_start' : 'offer_accepted',
  }[stage as 'applied'];
  return enumText('stage', key) ?? '';
}

/** What happens next, and whether the person has to do anything. */
function nextSentence(question: PageQuestion): string {
  const { facts, now } = question;
  const { application } = facts;
  const stage = stageOnPage(question);
  if (!application || !stage) return say('next.none');
  const promised = application.promise && stage === application.stage ? dateText(application.promise.by) : null;
  switch (stage) {
    case 'applied':
    case 'shortlisted':
    case 'interviewed':
      return promised ? say(`next.${stage}.by`, { date: promised }) : say(`next.${stage}`);
    case 'interview':
      return say(`next.interview.${interviewState(question)}`);
    case 'passed':
      return say(`next.passed.${trainingState(question)}`);
    case 'offer_sent':
      return application.offerReplyBy && application.offerReplyBy > now
        ? say('next.offer_sent.by', { date: dateTimeText(application.offerReplyBy) })
        : say('next.offer_sent');
    default:
      return say(`next.${stage}`);
  }
}

function interviewState(question: PageQuestion): string {
  const [first] = interviewCards(question).filter((card) => card.badge.text !== say('badge.cancelled'));
  const next = question.facts.interviews.find((one) => one.state === 'scheduled');
  if (!first || first.badge.text === say('badge.changing')) return 'changing';
  if (first.badge.text === say('badge.past')) return 'past';
  return next?.candidateReply === 'attend' || next?.candidateReply === 'reschedule'
    ? next.candidateReply
    : 'unanswered';
}

function trainingState(question: PageQuestion): string {
  const { plan, intake } = question.facts;
  const training = trainingOnPage(question);
  if (training === 'changing') return 'changing';
  if (training !== 'shown') return 'unfixed';
  if (intake?.firstDayAt && intake.firstDayAt <= question.now) return 'started';
  return plan?.trainingReply ?? 'confirm';
}

/** Which shop, where, whose, from when. Assigned only once the person was told. */
function workplaceLines(question: PageQuestion): CardLine[] {
  const { application, requisition, branches, staff, messages } = question.facts;
  const stage = stageOnPage(question);
  if (!application || !requisition || !stage || (hasEnded(stage) && stage !== 'arrived')) return [];
  const untold = messages.some(
    (item) => item.what === 'store_assignment' && item.state === 'pending' && !wasTold(item),
  );
  const assigned = application.branchId && !untold ? branches.get(application.branchId) : undefined;
  const branch = assigned ?? branches.get(requisition.branchId);
  if (!branch) return [];
  const manager = branch.managerStaffId ? staff.get(branch.managerStaffId) : undefined;
  return [
    { label: say(assigned ? 'label.store.assigned' : 'label.store.applied'), value: branch.name },
    { label: say('label.address'), value: branch.address },
    ...(assigned && manager ? [{ label: say('label.manager'), value: calledName(manager) }] : []),
    ...(application.startAt ? [{ label: say('label.start'), value: dateTimeText(application.startAt) }] : []),
  ];
}

/** The switches: what is sent, and what the person may turn. */
export function choicesView(question: Pick<PageQuestion, 'facts' | 'base' | 'wanted'>) {
  const { choices } = question.facts.candidate;
  const allStopped = choices.allStoppedAt !== null;
  const news = choices.newsConsentAt !== null && !allStopped;
  const nudges = choices.nudgesStoppedAt === null && !allStopped;
  const newsButton = pageButton(question, news ? 'news_off' : 'news_on', 'plain');
  const nudgesButton = pageButton(question, nudges ? 'stop_nudges' : 'nudges_on', 'plain');
  const allButton = pageButton(question, allStopped ? 'resume_all' : 'stop_all', 'quiet');
  const buttons: PageButton[] = allStopped ? [allButton] : [newsButton, nudgesButton, allButton];
  return { allStopped, news, nudges, newsButton, nudgesButton, allButton, buttons };
}

function wantedView(wanted: string | null, offered: ReadonlySet<string>) {
  if (!wanted) return null;
  if (!offered.has(wanted)) return { text: say('wanted.gone'), href: null };
  return { text: say('wanted.here', { button: say(`button.${wanted}`) }), href: `#do-${wanted}` };
}
