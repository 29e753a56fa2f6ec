import type { Entities } from '../../intents.ts';
import { foldedPattern } from '../../text/marked-text.ts';
import type { SlotContext, SlotReader } from './slot-reader.ts';

/** Everybody of something: no single person is meant. */
const EVERYBODY = foldedPattern(
  '所有|全部|全體|冚唪唥|冚巴郎|統統|通通|一律|各位|每(?:個|位)|嗰(?:批|班)|那(?:批|些)|啲人|晒(?:佢哋|人)|(?<![a-z])(?:all|everyone|everybody|every (?:candidate|applicant|one)|the whole lot)(?![a-z])',
  'u',
);
/** Orders that may go to everybody. */
const FOR_GROUPS: ReadonlySet<string> = new Set([
  'shortlist',
  'reschedule',
  'cancel',
  'approve',
  'reject',
  'hold',
  'list',
  'send_message',
  'pause_nudges',
  'resume_nudges',
  'schedule',
  'assign_store',
]);

/** Where somebody stands, as people say it. */
const STAGES: readonly (readonly [RegExp, string])[] = [
  [foldedPattern('試工|(?<![a-z])trials?(?![a-z])', 'u'), 'trial'],
  [
    foldedPattern(
      '(?:未|等|待|pending|outstanding|open|冇)[^。!?;\\n]{0,6}(?:覆|簽|答|接受)?[^。!?;\\n]{0,3}(?:offer|聘書)|offer[^。!?;\\n]{0,6}(?:未|pending)|offers? (?:pending|out|outstanding)',
      'u',
    ),
    'offer_pending',
  ],
  [
    foldedPattern(
      '(?:接受|收|簽|accepted|signed)(?:咗|左|了|晒)?[^。!?;\\n]{0,4}(?:offer|聘書)|offer[^。!?;\\n]{0,4}(?:accepted|signed|接受咗|簽咗)',
      'u',
    ),
    'offer_accepted',
  ],
  [foldedPattern('培訓|(?<![a-z])training(?![a-z])', 'u'), 'training'],
  [
    foldedPattern(
      '報到|到職|入職|第一日(?:返工|開工)?|開工|返工|上班|(?<![a-z])(?:first day|day one|day 1|report(?:ing)? duty|start(?:ing|ers)?|onboard(?:ing)?)(?![a-z])',
      'u',
    ),
    'report_duty',
  ],
  [
    foldedPattern('見工|面試|複試|復試|(?<![a-z])(?:interview(?:s|ing|ed)?|intervew|intv|iv)(?![a-z])', 'u'),
    'interview',
  ],
  [foldedPattern('入圍|短名單|(?<![a-z])shortlist(?:ed)?(?![a-z])', 'u'), 'shortlist'],
  [
    foldedPattern(
      '申請|新cv|收到[^。!?;\\n]{0,4}cv|(?<![a-z])(?:applied|applicants?|applications?|new cvs?)(?![a-z])',
      'u',
    ),
    'applied',
  ],
];
const BY_STAGE: ReadonlySet<string> = new Set(['list', 'send_message']);

/** Groups: everybody, those in a stage. */
export const readGroups: SlotReader = (context) => {
  const { order, entities } = context;
  if (!FOR_GROUPS.has(order.intent) || entities.candidate !== undefined) return {};
  const part = partOf(context);
  const found: Entities = {};
  if (EVERYBODY.test(part)) found.scope = 'all';
  if (BY_STAGE.has(order.intent)) {
    const stage = STAGES.find(([words]) => words.test(part))?.[1];
    if (stage) found.stage = stage;
  }
  return { entities: found };
};

/** The order's own part of the message, folded. */
export function partOf({ order, text }: SlotContext): string {
  return text.folded.slice(text.place(order.start), text.place(order.end));
}
