import { chineseNumber, DIGITS } from '../../../../hongkong/chinese-number.ts';
import type { Entities } from '../../intents.ts';
import { foldedPattern } from '../../text/marked-text.ts';
import { partOf } from './groups.ts';
import type { SlotContext, SlotReader } from './slot-reader.ts';

type Employment = NonNullable<Entities['employment']>;
type Mode = NonNullable<Entities['mode']>;

const EMPLOYMENT: readonly (readonly [RegExp, Employment])[] = [
  [foldedPattern('兼職|半職|散工|替更|(?<![a-z])(?:part.?time(?:rs?)?|pt)(?![a-z])', 'u'), 'part_time'],
  [foldedPattern('全職|長工|(?<![a-z])(?:full.?time|ft)(?![a-z])', 'u'), 'full_time'],
  [foldedPattern('合約制|合約工|(?<![a-z])(?:contract (?:staff|basis|role)|fixed.?term)(?![a-z])', 'u'), 'contract'],
];
const MODES: readonly (readonly [RegExp, Mode])[] = [
  [foldedPattern('試工|試做|試更|(?<![a-z])trials?(?![a-z])', 'u'), 'trial'],
  [foldedPattern('視像|視頻|視訊|線上|網上|(?<![a-z])(?:video|zoom|teams|online|google meet)(?![a-z])', 'u'), 'video'],
  [
    foldedPattern(
      '電話(?:面試|面談|見|傾|interview|intv)|(?<![a-z])(?:phone|tel|telephone) ?(?:interview|intv|iv|screen|chat|call)',
      'u',
    ),
    'phone',
  ],
  [foldedPattern('小組(?:面試)?|集體面試|group (?:interview|intv|iv)', 'u'), 'group'],
];
/** Nothing leaves for the candidate. */
const TENTATIVE = foldedPattern(
  "暫定|寫住先|pencil(?:led)?(?:住| in)?|(?:未好|先唔好|唔好|先別|別|未|不要)(?:住)?(?:通知|話俾|話畀|話比|告訴|同佢講|send)[^。!?;\\n]{0,8}|(?<![a-z])(?:don't|dont|do not) (?:tell|notify|inform|send|message)[^。!?;\\n]{0,14}(?:yet)?|tentative(?:ly)?|provisional(?:ly)?",
  'u',
);
const PROBATION = foldedPattern(
  `(?:試用期|probation)[^。!?;\\n\\d${DIGITS}]{0,8}(\\d{1,2}|[${DIGITS}]{1,2})\\s?(?:個)?(?:月|months?)|(\\d{1,2}|[${DIGITS}]{1,2})\\s?(?:個)?(?:月|months?|-month)\\s?(?:嘅|的)?(?:試用期|probation)`,
  'u',
);

const first = <T>(table: readonly (readonly [RegExp, T])[], part: string): T | undefined =>
  table.find(([words]) => words.test(part))?.[1];

/** Full or part time, how an interview is held, pencilled in, length of probation. */
export const readTerms: SlotReader = (context) => {
  const { intent } = context.order;
  const part = partOf(context);
  const entities: Entities = {};
  if (intent === 'offer' || intent === 'open_requisition') {
    const employment = first(EMPLOYMENT, part);
    if (employment) entities.employment = employment;
  }
  if (intent === 'schedule' || intent === 'reschedule') {
    const mode = context.entities.mode ?? first(MODES, part);
    if (mode) entities.mode = mode;
    if (intent === 'schedule' && TENTATIVE.test(part)) entities.tentative = true;
  }
  if (intent === 'offer') {
    const months = PROBATION.exec(part);
    const number = chineseNumber(months?.[1] ?? months?.[2]);
    if (number !== undefined) entities.probation_months = number;
  }
  if (intent === 'open_requisition') Object.assign(entities, positions(context, part));
  return { entities };
};

const HEADS = foldedPattern(`(\\d{1,2}|[${DIGITS}])\\s?(?:個|名|位|x)?\\s?(?:more )?`, 'gu');

/** Several lines of a vacancy: 2個全職樓面1個part time; one line stays as it is. */
function positions({ order, found, text }: SlotContext, part: string): Entities {
  const from = text.place(order.start);
  const lines: { job?: string; employment?: Employment; headcount: number }[] = [];
  const heads = [...part.matchAll(HEADS)].filter((match) => {
    const behind = part.slice(match.index + match[0].length);
    const at = from + match.index + match[0].length;
    return (
      found.jobs.some(({ start }) => start - at >= 0 && start - at <= 2) ||
      EMPLOYMENT.some(([words]) => words.exec(behind)?.index === 0)
    );
  });
  for (const [at, match] of heads.entries()) {
    const start = match.index + match[0].length;
    const own = part.slice(start, heads[at + 1]?.index ?? part.length);
    const job = found.jobs.find((each) => each.start >= from + start && each.start < from + start + own.length);
    const employment = first(EMPLOYMENT, own);
    lines.push({
      headcount: chineseNumber(match[1]) ?? 1,
      ...(job ? { job: text.typed.slice(job.start, job.end) } : {}),
      ...(employment ? { employment } : {}),
    });
  }
  if (lines.length < 2) return {};
  const named = lines.find(({ job }) => job !== undefined)?.job;
  return { positions: lines.map((line) => ({ ...(named === undefined ? {} : { job: named }), ...line })) };
}
