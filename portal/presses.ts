import { createHash } from 'node:crypto';
import { redactHkids } from '../hongkong/hkid.ts';
import { RuleBroken } from '../lib/errors.ts';
import { withdrawApplication } from '../recruiting/application/withdraw-application.ts';
import { replyToInterview, reportLate } from '../recruiting/interview/reply-to-interview.ts';
import { answerTraining } from '../recruiting/portal/answer-training.ts';
import { askForCall } from '../recruiting/portal/ask-for-call.ts';
import { chooseMessages, stopMessages } from '../recruiting/portal/choose-messages.ts';
import { markRead, recordPicsShown } from '../recruiting/portal/record-page-seen.ts';
import { tellResponsible } from '../recruiting/portal/responsible-person.ts';
import { type PressScope, takePress } from '../recruiting/portal/take-press.ts';
import { LONGEST_TEXT, type TakeWords, type WordsAct } from '../recruiting/portal/write-to-hr.ts';
import { commit } from '../recruiting/unit/commit.ts';
import type { Unit } from '../recruiting/unit/unit.ts';
import { callTimes } from './call-times.ts';
import type { Visit } from './visit.ts';
import { say } from './words.ts';

/** What a form sent: checked to be short texts. */
export type Form = Readonly<Record<string, string>>;

/** What the person reads after a press: a key of the words and its values. */
export interface Said {
  key: string;
  values?: Record<string, string>;
  /** Further keys, said behind it. */
  also?: string[];
}

/** One press being worked on. */
interface Press {
  unit: Unit;
  scope: PressScope;
  form: Form;
  /** Names this press, for what is passed on once. */
  id: string;
  /** Takes texts of the box. */
  take: TakeWords;
  visit: Visit;
}

type Act = (press: Press) => Promise<Said>;

/** Every button of the pages and the use case it calls; the same that staff's commands and cards call. */
const ACTS: Readonly<Record<string, Act>> = {
  attend: (press) => answerInterview(press, 'attend'),
  reschedule: (press) => answerInterview(press, 'reschedule'),
  decline: (press) => answerInterview(press, 'decline'),
  late: async ({ unit, scope, form }) => {
    const interview = await ownInterview(unit, scope, form);
    const eta = new Date(form.eta ?? '');
    await reportLate(unit, { ...interview, etaAt: Number.isNaN(eta.getTime()) ? undefined : eta });
    return { key: 'done.late' };
  },
  attend_training: (press) => answerIntake(press, 'attend'),
  cannot_attend_training: (press) => answerIntake(press, 'cannot'),
  have_problem: (press) => call(press, 'have_problem'),
  change_arrangement: (press) => call(press, 'change_arrangement'),
  accept_offer: async (press) => ({ ...(await call(press, 'accept_offer')), key: 'done.offer_by_phone' }),
  decline_offer: async (press) => ({ ...(await call(press, 'decline_offer')), key: 'done.offer_by_phone' }),
  call_me: async ({ unit, scope, form, visit }) => {
    const times = callTimes(unit.now, unit.settings);
    const time = times.find((one) => one.value === form.when) ?? times[0];
    const label = time?.label ?? say('call.now');
    await askForCall(unit, scope, { slot: time?.value ?? 'now', label });
    return visit.candidate.phone ? { key: 'done.call_me', values: { when: label } } : { key: 'done.call_me.no_phone' };
  },
  keep_waiting: async () => ({ key: 'done.keep_waiting' }),
  tip_done: async () => ({ key: 'done.tip_done' }),
  tip_open: async () => ({ key: 'done.tip_open' }),
  know_more: (press) => tell(press, 'know_more', 'done.know_more'),
  rebook: (press) => tell(press, 'rebook', 'done.rebook'),
  other_time: (press) => tell(press, 'other_time', 'done.told_hr'),
  join_talent_pool: (press) => tell(press, 'join_talent_pool', 'done.told_hr'),
  consent: (press) => tell(press, 'consent', 'done.told_hr'),
  refuse: (press) => tell(press, 'refuse', 'done.told_hr'),
  meet_hr: (press) => tell(press, 'meet_hr', 'done.told_hr'),
  stop_nudges: (press) => stop(press, 'nudges'),
  stop_all: (press) => stop(press, 'all'),
  stop_news: (press) => stop(press, 'news'),
  news_on: (press) => choose(press, 'news_on'),
  news_off: (press) => choose(press, 'news_off'),
  nudges_on: (press) => choose(press, 'nudges_on'),
  resume_all: (press) => choose(press, 'resume_all'),
  read: async ({ unit, scope, form }) => {
    await markRead(unit, scope.candidate._id, form.message ? [form.message] : []);
    return { key: 'done.read' };
  },
  pics_read: async ({ unit, scope }) => {
    await recordPicsShown(unit, scope.candidate._id);
    return { key: 'done.pics_read' };
  },
  withdraw: async ({ unit, scope }) => {
    if (!scope.application) throw new RuleBroken('application_unknown');
    if (scope.application.stage === 'withdrawn') return { key: 'done.withdraw' };
    await withdrawApplication(unit, { applicationId: scope.application._id });
    return { key: 'done.withdraw' };
  },
};

/** Texts of the box. */
const write: Act = async ({ unit, scope, form, id, take }) => {
  const { stopped, acts } = await take(unit, scope, { text: form.text ?? '', id });
  const keys = [...(stopped ? [`done.stopped.${stopped}`] : []), ...acts.map((act) => WRITTEN[act])];
  const [key = WRITTEN.noted, ...also] = [...new Set(keys)];
  return { key, ...(also.length > 0 ? { also } : {}) };
};

/** What the person reads of what was done with their text. */
const WRITTEN: Readonly<Record<WordsAct, string>> = {
  attend: 'done.attend',
  decline: 'done.decline',
  reschedule: 'done.reschedule',
  late: 'done.late',
  attend_training: 'done.attend_training',
  cannot_attend_training: 'done.cannot_attend_training',
  attend_first_day: 'done.attend_first_day',
  offer_by_phone: 'done.offer_by_phone',
  keep_waiting: 'done.keep_waiting',
  withdrawal_wish: 'done.withdrawal_wish',
  call: 'done.have_problem',
  case: 'done.case',
  answered: 'done.answered',
  noted: 'done.noted',
  told: 'done.wrote',
};

/** Rules that a press on an old page may meet, and what the person is told. */
const LATE: Readonly<Record<string, string>> = {
  interview_changed: 'late.interview_changed',
  interview_over: 'late.interview_over',
  interview_unknown: 'late.interview_over',
  training_changed: 'late.training_changed',
  training_over: 'late.training_over',
  application_ended: 'late.ended',
  already_in_stage: 'late.ended',
};

/**
 * Does what a press on a page means: one unit of work of the candidate. A press that comes too late changes nothing but
 * is still a sign of life. `onPage` is false for pages that show no messages; `take` understands texts of the box.
 */
export async function doPress(
  visit: Visit,
  button: string,
  sent: Form,
  { onPage, take }: { onPage: boolean; take: TakeWords },
): Promise<Said> {
  const isText = button === 'write';
  const act = isText ? write : Object.hasOwn(ACTS, button) ? ACTS[button] : undefined;
  if (!act) return { key: 'late.unknown' };
  const text = isText
    ? redactHkids(sent.text ?? '')
        .trim()
        .slice(0, LONGEST_TEXT)
    : chosenWords(visit, button, sent);
  if (isText && !text) return { key: 'done.wrote.empty' };
  const form: Form = isText && text ? { ...sent, text } : sent;
  const { link, candidate, office } = visit;
  const once = sent.once ? onceOf([sent.once, button, JSON.stringify(form)]) : undefined;
  const press = {
    candidateId: candidate._id,
    applicationId: await applicationIdOf(visit),
    kind: isText ? ('wrote' as const) : ('pressed' as const),
    button: isText ? null : button,
    text: text || null,
    onPage,
  };
  const by = `candidate:${candidate._id}` as const;
  try {
    const said = await commit(office, by, (unit) =>
      takePress(unit, { ...press, once }, (_, scope) =>
        act({ unit, scope, form, visit, take, id: once ?? `${link._id.slice(0, 12)}:${unit.now.getTime()}` }),
      ),
    );
    return said ?? { key: 'done.repeated' };
  } catch (error) {
    if (!(error instanceof RuleBroken)) throw error;
    await commit(office, by, (unit) => takePress(unit, press, async () => undefined));
    return { key: LATE[error.code] ?? 'late.unknown' };
  }
}

/** What a caller should read beside the button: a time for a call, a tip. Only words of ours. */
function chosenWords({ office }: Visit, button: string, form: Form): string | null {
  if (button === 'tip_done' || button === 'tip_open') {
    return office.settings().tips.find((tip) => tip === form.tip) ?? null;
  }
  if (button !== 'call_me') return null;
  const times = callTimes(office.clock.now(), office.settings());
  return (times.find((one) => one.value === form.when) ?? times[0])?.label ?? null;
}

function onceOf(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\u0000')).digest('hex').slice(0, 24);
}

/** The application a link was sent for; links about nobody's application are about the latest one. */
async function applicationIdOf({ office, link, candidate }: Visit): Promise<string | null> {
  if (link.applicationId) return link.applicationId;
  const latest = await office.models.applications
    .findOne({ candidateId: candidate._id })
    .sort({ appliedAt: -1 })
    .lean();
  return latest?._id ?? null;
}

async function ownInterview(
  unit: Unit,
  { candidate }: PressScope,
  form: Form,
): Promise<{ interviewId: string; version: number }> {
  const interviewId = form.interview ?? '';
  const interview = await unit.get('interviews', interviewId);
  if (interview?.candidateId !== candidate._id) throw new RuleBroken('interview_unknown', { id: interviewId });
  return { interviewId, version: Number(form.version) };
}

async function answerInterview(
  { unit, scope, form }: Press,
  reply: 'attend' | 'reschedule' | 'decline',
): Promise<Said> {
  await replyToInterview(unit, { ...(await ownInterview(unit, scope, form)), reply });
  return { key: `done.${reply}` };
}

async function answerIntake({ unit, scope, form }: Press, reply: 'attend' | 'cannot'): Promise<Said> {
  if (!scope.application) throw new RuleBroken('training_over');
  await answerTraining(unit, {
    applicationId: scope.application._id,
    intakeId: form.intake ?? '',
    version: Number(form.version),
    reply,
  });
  return { key: reply === 'attend' ? 'done.attend_training' : 'done.cannot_attend_training' };
}

/** A button that ends in a human's call. */
async function call({ unit, scope, id }: Press, button: string): Promise<Said> {
  await askForCall(unit, scope, {
    slot: `${button}:${id}`,
    label: say('call.now'),
    about: `按了「${say(`button.${button}`)}」`,
  });
  return { key: `done.${button}` };
}

async function tell({ unit, scope, id }: Press, button: string, key: string): Promise<Said> {
  await tellResponsible(unit, {
    ...scope,
    what: 'candidate_pressed',
    occasion: `pressed:${button}:${id}`,
    happened: `在專頁按了「${say(`button.${button}`)}」`,
  });
  return { key };
}

async function stop({ unit, scope }: Press, what: 'news' | 'nudges' | 'all'): Promise<Said> {
  const changed = await stopMessages(unit, scope, { scope: what });
  return { key: changed ? `done.stopped.${what}` : 'done.already_stopped' };
}

async function choose({ unit, scope }: Press, choice: Parameters<typeof chooseMessages>[2]): Promise<Said> {
  await chooseMessages(unit, scope, choice);
  return { key: `done.${choice}` };
}
