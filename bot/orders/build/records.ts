import { hongKongDate, momentAt } from '../../../hongkong/zone.ts';
import { inLanguage, type Said, say } from '../../replies/said.ts';
import { timeText } from '../../replies/understood.ts';
import type { Piece } from '../../understand/frame.ts';
import { foldedPattern, foldLine } from '../../understand/text/marked-text.ts';
import { type Intended, listOf, type OrderBuilder, some } from '../order-context.ts';
import { branchPieces } from '../things.ts';
import { datePiece, momentPiece, timesOf } from '../times.ts';
import { oneEach } from './shared.ts';

/** A note in the sender's words. */
export const buildNote: OrderBuilder = (context) => {
  const words = context.reading.restore(listOf(context.frame.entities.note).join('\n'));
  return oneEach(context, 'note', () => ({ args: words ? { text: [{ value: words }] } : {} })).map((intended) =>
    'cannot' in intended ? intended : { ...intended, args: renamed(intended.args, 'who', 'application') },
  );
};

function renamed(args: Record<string, Piece[]>, from: string, to: string): Record<string, Piece[]> {
  const { [from]: pieces, ...others } = args;
  return pieces ? { [to]: pieces, ...others } : others;
}

/** What worries people, as the record of a call keeps it. */
const CONCERNS: readonly (readonly [string, RegExp])[] = [
  ['pay', foldedPattern('人工|薪|錢|pay|salary|wage', 'u')],
  ['distance', foldedPattern('遠|路程|交通|車程|far|distance|commut', 'u')],
  ['other_offer', foldedPattern('第二份|另一份|其他offer|另有|搵到工|another (?:job|offer)|other offer', 'u')],
  ['intensity', foldedPattern('辛苦|夜更|夜班|企得|太忙|hard|tiring|night shift|long hours', 'u')],
];

/** What a call came to; a reason that is none of the usual worries is kept as a note. */
export const buildCallOutcome: OrderBuilder = (context) => {
  const { outcome, reason } = context.frame.entities;
  const words = context.reading.restore(listOf(reason).join('；'));
  const concern = words ? CONCERNS.find(([, pattern]) => pattern.test(foldLine(words)))?.[0] : undefined;
  const promised = momentPiece(timesOf(context.frame.entities).at(-1), context.now);
  const nextAt = promised && 'value' in promised && outcome !== 'reached_declined' ? [promised] : [];
  const calls = oneEach(context, 'call_outcome', () => ({
    args: {
      ...(outcome ? { outcome: [{ value: outcome }] } : {}),
      ...(concern ? { concern: [{ value: concern }] } : {}),
      ...(nextAt.length > 0 ? { nextAt } : {}),
    },
  }));
  if (!words || concern) return calls;
  const notes = oneEach(context, 'note', () => ({ args: { text: [{ value: words }] } })).map((intended) =>
    'cannot' in intended ? intended : { ...intended, args: renamed(intended.args, 'who', 'application') },
  );
  return calls.some((call) => 'cannot' in call) ? calls : [...calls, ...notes];
};

/** Each person to the branch named, or to one of their own. */
export const buildAssignStore: OrderBuilder = async (context) => {
  const { entities } = context.frame;
  const branches = await branchPieces(context, entities.store);
  const from = timesOf(entities)[0];
  const remarks: Said[] = [
    ...(from === undefined
      ? []
      : [
          (lang: 'hant' | 'hans' | 'en') =>
            inLanguage(
              say(
                `開始日期（${timeText(from, lang)}）不會記錄，派店即時生效。`,
                `The day (${timeText(from, lang)}) is not kept: the branch counts from now on.`,
              ),
              lang,
            ),
        ]),
    ...(entities.then_store === undefined
      ? []
      : [
          say(
            `之後調去「${listOf(entities.then_store).join('、')}」未能預先安排，請到時再輸入。`,
            `Moving on to "${listOf(entities.then_store).join(', ')}" cannot be planned ahead; please say it again then.`,
          ),
        ]),
  ];
  return oneEach(context, 'assign_store', (at) => ({
    args: some('branch', [branches.length > 1 ? branches[at] : branches[0]]),
    remarks,
    doubtful: remarks.length > 0,
  }));
};

/** No nudges until a day. */
export const buildPause: OrderBuilder = (context): Intended[] => {
  const { entities } = context.frame;
  const span = timesOf(entities)[0];
  const starts = typeof span === 'object' && span.from && span.from.slice(0, 10) > hongKongDate(context.now);
  if (starts) {
    const why = say(
      '我只可由現在起暫停提示，未能預設日後才開始，所以未有執行。請到時再輸入。',
      'I can only pause messages from now on, not from a later day; nothing was done. Please say it again then.',
    );
    return [{ cannot: { text: why } }];
  }
  if (context.frame.who.length === 0 && (entities.scope === 'all' || entities.job !== undefined)) {
    return [{ cannot: { text: NOT_EVERYBODY } }];
  }
  const until = datePiece(span, 'last');
  return oneEach(context, 'pause_nudges', () => ({ args: some('until', [until]) }));
};

const NOT_EVERYBODY = say(
  '我未能一次過為全部人暫停或恢復提示，未有作出任何更改。請逐位輸入姓名。',
  'I cannot pause or resume messages for everybody at once; nothing has been changed. Please name the people.',
);

/** Nudges go out again. */
export const buildResume: OrderBuilder = (context) =>
  context.frame.who.length === 0 && (context.frame.entities.scope === 'all' || context.frame.entities.job !== undefined)
    ? [{ cannot: { text: NOT_EVERYBODY } }]
    : oneEach(context, 'resume_nudges', () => ({ args: {} }));

/** Words that tell of an offer that has gone out already, by whatever way. */
const SENT = foldedPattern(
  '(?:發|出|寄|send|sent|send)(?:咗|左|了|晒)|已(?:經)?(?:發|出|寄|send)|經已|(?<![a-z])(?:already|has been sent|was sent|i sent|we sent|have sent|issued)(?![a-z])',
  'u',
);

/** An offer that was sent is recorded; sending one is for people. */
export const buildOffer: OrderBuilder = (context) => {
  const { entities } = context.frame;
  const start = datePiece(timesOf(entities)[0]);
  const pay = entities.salary === undefined ? [] : [NO_PAY];
  if (SENT.test(foldLine(context.typed)) && entities.action === undefined) {
    return oneEach(context, 'offer', () => ({
      args: { fact: [{ value: 'sent' }], ...some('start', [start]) },
      remarks: pay,
    }));
  }
  return [];
};

const NO_PAY = say('薪金不會記錄，以聘書為準。', 'The pay is not recorded; the letter itself counts.');

/** What an offer's first day reads like in a command. */
export function typedDay(piece: Piece | undefined): string {
  return piece && 'value' in piece ? ` ${hongKongDate(momentAt(String(piece.value)))}` : '';
}
