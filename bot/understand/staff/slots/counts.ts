import { chineseNumber, DIGITS } from '../../../../hongkong/chinese-number.ts';
import type { Entities } from '../../intents.ts';
import { foldedPattern } from '../../text/marked-text.ts';
import type { SlotContext, SlotReader } from './slot-reader.ts';

const NUMBER = `(\\d{1,3}|[${DIGITS}]{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|a couple of)`;
const WORDS: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  'a couple of': 2,
};

function count(typed: string | undefined): number | undefined {
  return typed === undefined ? undefined : (WORDS[typed] ?? chineseNumber(typed));
}

const find = (pattern: RegExp, { text, order }: SlotContext): number | undefined =>
  count(
    pattern
      .exec(text.folded.slice(text.place(order.start), text.place(order.end)))
      ?.slice(1)
      .find(Boolean),
  );

const LIMIT = foldedPattern(
  `(?:top|best|first|頭|首|前|最好(?:嗰|的|嘅)?|排頭)\\s?${NUMBER}\\s?(?:個|位|名|人|$|[^\\d:點月號/])`,
  'u',
);
const BEST = foldedPattern(
  `(?:the|top|our) ${NUMBER} (?:best|strongest|highest|fittest|most)|(?:best|strongest|highest.?scoring|fittest) ${NUMBER}(?![a-z])|最(?:強|好|叻|高分|高|fit|啱)(?:嘅|的|嗰)*${NUMBER}\\s?(?:個|位|名)`,
  'u',
);
/** 篩五個入圍, pick three: how many are to be chosen. */
const CHOSEN = foldedPattern(
  `(?:篩|揀|選|挑|抽|pick|choose|take)(?:返|咗|出)?\\s?${NUMBER}\\s?(?:個|位|名|人|for|of|from|best|out)`,
  'u',
);
const HEADCOUNT = foldedPattern(
  `(?:請|招|要|搵|聘|need|hire|want|looking for|recruit|加|增聘|缺|爭|x)(?:多|返|埋)?\\s?${NUMBER}\\s?(?:個|位|名|人|x|more|extra|part|full|[a-z\\p{Script=Han}])`,
  'u',
);
const HEADS = foldedPattern(
  `${NUMBER}\\s?(?:個人|位|名|人|個(?!月|鐘|字|星期|禮拜)|heads?|pax|people|persons?|vacanc|positions?|openings?)`,
  'u',
);
const SLOTS = foldedPattern(`${NUMBER}\\s?(?:個)?\\s?(?:slots?|時段|time ?slots?)`, 'u');
const ROUND = foldedPattern(
  '(?:第([二三四2-4])(?:輪|次|round)|([2-4])(?:nd|rd|th) (?:round|intv|interview|iv)|round ([2-4])|(second|third) (?:round|interview|intv|iv)|(二|三)面|(復試|覆試|次面)|(final|終面|最後一輪|終極面試))',
  'u',
);
const SILENT = foldedPattern(
  `(?:超過|over|more than|>)\\s?${NUMBER}\\s?(?:日|天|days?)[^。!?;\\n]{0,6}(?:冇|無|沒|未|no|without|not|inactive|silent|quiet)`,
  'u',
);

/** Round of an interview as typed: 復試 is the second. */
function roundOf({ text, order }: SlotContext): number | 'final' | undefined {
  const match = ROUND.exec(text.folded.slice(text.place(order.start), text.place(order.end)));
  if (!match) return undefined;
  if (match[7]) return 'final';
  if (match[6]) return 2;
  if (match[4]) return match[4] === 'second' ? 2 : 3;
  return count(match[1] ?? match[2] ?? match[3] ?? match[5]);
}

/** How many: the best so many, heads of a vacancy, slots to open, which round, days of silence. */
export const readCounts: SlotReader = (context) => {
  const { intent } = context.order;
  const entities: Entities = {};
  const limit =
    intent === 'shortlist' || intent === 'list' || intent === 'schedule'
      ? (find(LIMIT, context) ?? find(BEST, context) ?? (intent === 'shortlist' ? find(CHOSEN, context) : undefined))
      : undefined;
  if (limit !== undefined) entities.limit = limit;
  if (intent === 'open_requisition') entities.headcount = find(HEADCOUNT, context) ?? find(HEADS, context) ?? 1;
  const slots = intent === 'schedule' ? find(SLOTS, context) : undefined;
  if (slots !== undefined) entities.slots = slots;
  const round = roundOf(context);
  if (round !== undefined) entities.round = round;
  const silent = intent === 'list' ? find(SILENT, context) : undefined;
  if (silent !== undefined) entities.silent_days_over = silent;
  return { entities };
};
