import { say } from '../../replies/said.ts';
import { listOf, type OrderBuilder, type OrderContext, some } from '../order-context.ts';
import { meansAll, peopleOf } from '../people.ts';
import { datePiece, timesOf } from '../times.ts';
import { nobodyFits, oneEach, stretchText } from './shared.ts';

/** Most people of a vacancy that are put on the shortlist in one go. */
const MOST_AT_ONCE = 20;

/** 入圍 somebody, several, or everybody who has applied for a vacancy. */
export const buildShortlist: OrderBuilder = async (context) => {
  const { reader } = context;
  if (meansAll(context)) {
    const [vacancy, ...others] = vacanciesOf(context);
    const everybody =
      vacancy !== undefined && others.length === 0
        ? await reader.list(
            'applications',
            { requisitionId: vacancy, stage: 'applied' },
            { sort: { ref: 1 }, limit: MOST_AT_ONCE + 1 },
          )
        : [];
    if (everybody.length > 0 && everybody.length <= MOST_AT_ONCE) {
      return [{ command: 'shortlist', args: { who: everybody.map(({ _id }) => ({ id: _id })) }, doubtful: true }];
    }
    const why = say(
      '我未能一次過處理全部人：請說明職位，或逐位輸入姓名。',
      'I cannot take everybody at once: please name the vacancy, or the people one by one.',
    );
    return [{ cannot: { text: why } }];
  }
  const people = peopleOf(context);
  if (people.nobody !== undefined) return [{ cannot: { text: nobodyFits(people.nobody) } }];
  return [{ command: 'shortlist', args: some('who', people.pieces), doubtful: people.doubtful }];
};

/** Vacancies named in the order's stretch. */
export function vacanciesOf({ frame, reading }: OrderContext): string[] {
  return [
    ...new Set(
      reading.found.jobs
        .filter(({ start, end }) => start >= frame.start && end <= frame.end)
        .flatMap(({ requisitionIds }) => requisitionIds),
    ),
  ];
}

/** 批 somebody; a condition is kept with the decision, for people to see to. */
export const buildApprove: OrderBuilder = (context) => {
  const { condition, reason, next_approver, time } = context.frame.entities;
  const kept = [...listOf(reason), ...listOf(condition)].join('；');
  const remarks = [
    ...(condition === undefined
      ? []
      : [
          say(
            `條件「${stretchText(context, condition)}」我不會自動跟進，只會記在決定的原因內。`,
            `I do not follow up the condition "${stretchText(context, condition)}"; it is kept with the decision.`,
          ),
        ]),
    ...(next_approver === undefined
      ? []
      : [
          say(
            `我未能再交給「${next_approver}」批核，請直接通知對方。`,
            `I cannot pass it on to "${next_approver}" for approval; please tell them.`,
          ),
        ]),
    ...(time === undefined ? [] : [NO_START]),
  ];
  return oneEach(context, 'approve', () => ({
    args: kept ? { reason: [{ value: context.reading.restore(kept) }] } : {},
    remarks,
  }));
};

const NO_START = say(
  '上班日期請於記錄聘書時輸入，批准時不會記錄。',
  'The first day is recorded with the offer, not with the approval.',
);

/** 唔要 somebody. */
export const buildReject: OrderBuilder = (context) => {
  const reason = listOf(context.frame.entities.reason).join('；');
  return oneEach(context, 'reject', () => ({
    args: reason ? { reason: [{ value: context.reading.restore(reason) }] } : {},
  }));
};

/** 擺住 somebody until a day. */
export const buildHold: OrderBuilder = (context) => {
  const { entities } = context.frame;
  const reason = [...listOf(entities.reason), ...listOf(entities.condition)].join('；');
  const until = datePiece(timesOf(entities).at(-1), 'last');
  return oneEach(context, 'hold', () => ({
    args: {
      ...some('until', [until]),
      ...(reason ? { reason: [{ value: context.reading.restore(reason) }] } : {}),
    },
  }));
};
