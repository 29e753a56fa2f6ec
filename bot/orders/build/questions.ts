import { foldForMatching } from '../../../hongkong/chinese-text.ts';
import type { ApplicationStage } from '../../../models/application.model.ts';
import { UNDOABLE_ACTS } from '../../commands/undo.ts';
import { say, type Texts } from '../../replies/said.ts';
import { choiceHits } from '../../understand/hits.ts';
import type { TimeValue } from '../../understand/intents.ts';
import { understand } from '../../understand/understand.ts';
import { COMMANDS_OF } from '../commands-of.ts';
import { type Intended, listOf, type OrderBuilder, type OrderContext, some } from '../order-context.ts';
import { peopleOf } from '../people.ts';
import { branchPieces } from '../things.ts';
import { datePiece, timesOf } from '../times.ts';
import { vacanciesOf } from './decisions.ts';
import { nobodyFits } from './shared.ts';

/** Stages as people speak of them. */
const STAGES: Readonly<Record<string, readonly ApplicationStage[]>> = {
  applied: ['applied'],
  shortlist: ['shortlisted'],
  interview: ['interview'],
  offer_pending: ['offer_sent'],
  offer_accepted: ['offer_accepted'],
  training: ['passed', 'offer_sent', 'offer_accepted'],
  report_duty: ['offer_accepted'],
};

/** Where somebody or a vacancy stands; without either it is a list. */
export const buildStatus: OrderBuilder = async (context) => {
  const people = peopleOf(context);
  if (people.nobody !== undefined) return [{ cannot: { text: nobodyFits(people.nobody) } }];
  const vacancies = vacancyPieces(context);
  if (people.pieces.length === 0 && vacancies.length === 0) {
    const { entities } = context.frame;
    if (entities.job !== undefined) return [{ cannot: { text: noVacancy(context) } }];
    if (entities.time !== undefined || entities.stage !== undefined || entities.store !== undefined) {
      return buildList(context);
    }
    return [{ cannot: { text: OF_WHOM } }];
  }
  return [{ command: 'status', args: { ...some('application', people.pieces), ...some('requisition', vacancies) } }];
};

function noVacancy({ frame, reading }: OrderContext): ReturnType<typeof say> {
  const job = reading.restore(listOf(frame.entities.job).join('、'));
  return say(
    `找不到職位「${job}」。輸入「職位」可查看所有空缺。`,
    `There is no vacancy "${job}". Type "vacancies" to see all.`,
  );
}

const OF_WHOM = say(
  '想查哪位應徵者或哪個職位？請回覆姓名、編號或職位，例如「陳家欣點呀」。',
  'Whose status, or which vacancy? Please name a person or a job, for example "how is Kelly".',
);

const notFiltered = (filter: string): Texts =>
  say(`我未能按「${filter}」篩選，以下並未篩選。`, `I cannot filter by "${filter}"; this list is not filtered.`);

/** One piece for the vacancies named; several of one title are asked about. */
function vacancyPieces(context: OrderContext): { ids: string[]; typed: string }[] {
  const ids = vacanciesOf(context);
  return ids.length > 0 ? [{ ids, typed: context.reading.restore(listOf(context.frame.entities.job).join('、')) }] : [];
}

/** People of a stage, a vacancy, a branch; with days: the interviews in them. */
export const buildList: OrderBuilder = async (context) => {
  const { entities } = context.frame;
  const times = timesOf(entities);
  const branch = await branchPieces(context, entities.store);
  const requisition = vacancyPieces(context);
  if (entities.job !== undefined && requisition.length === 0) return [{ cannot: { text: noVacancy(context) } }];
  const remarks = [
    ...(entities.silent_days_over === undefined
      ? []
      : [say('我未能按多久沒有回音篩選，以下是全部。', 'I cannot filter by days of silence; this is everybody.')]),
    ...(entities.filter === undefined || entities.stage !== undefined
      ? []
      : [notFiltered(context.reading.restore(listOf(entities.filter).join('、')))]),
  ];
  if (times.length > 0 && (entities.stage === undefined || entities.stage === 'interview')) {
    return [{ command: 'list_interviews', args: { ...daysOf(times), ...some('branch', branch) }, remarks }];
  }
  if (entities.stage === 'training' && times.length > 0) {
    return [{ command: 'list_intakes', args: {}, remarks }];
  }
  const stage = (STAGES[entities.stage ?? ''] ?? []).map((value) => ({ value }));
  return [
    {
      command: 'list',
      args: { ...some('stage', stage), ...some('branch', branch), ...some('requisition', requisition) },
      remarks,
    },
  ];
};

function daysOf(times: readonly TimeValue[]): Record<string, { value: string | number }[]> {
  const first = datePiece(times[0], 'first');
  const last = datePiece(times.at(-1), 'last');
  return {
    ...(first && 'value' in first ? { from: [first] } : {}),
    ...(last && 'value' in last ? { to: [last] } : {}),
  };
}

const WHAT = { kind: 'choice', title: say('操作', 'act'), choices: UNDOABLE_ACTS } as const;

/** How something is done: the command that the question is about, else all of them. */
export const buildHelp: OrderBuilder = ({ frame, reading }): Intended[] => {
  const topic = listOf(frame.entities.topic).join(' ');
  const about = understand({ text: topic || reading.text, channel: 'direct', role: 'hr' }, reading.known).frames.find(
    ({ intent }) => COMMANDS_OF[intent]?.some((name) => name !== 'help'),
  );
  // 點樣批人: the act by its own word.
  const act = choiceHits(WHAT, foldForMatching(topic || reading.text))[0]?.piece;
  const named = act && 'value' in act ? String(act.value) : undefined;
  const name = about ? COMMANDS_OF[about.intent]?.[0] : named;
  return [{ command: 'help', args: name ? { topic: [{ value: name }] } : {} }];
};

/** Takes back the last act, when it is the one that is meant. */
export const buildUndo: OrderBuilder = (context) => {
  const { target } = context.frame.entities;
  const { pieces } = context.frame.who.length > 0 ? peopleOf(context) : { pieces: [] };
  // 還原啱啱嗰個入圍: the act named, in whichever words its command has.
  const named = choiceHits(WHAT, foldForMatching(context.typed))[0]?.piece;
  const wanted =
    target !== undefined && target !== 'last'
      ? COMMANDS_OF[target]?.[0]
      : named && 'value' in named
        ? String(named.value)
        : undefined;
  return [{ command: 'undo', args: { ...(wanted ? { what: [{ value: wanted }] } : {}), ...some('who', pieces) } }];
};
