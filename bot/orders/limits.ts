import { say, type Texts } from '../replies/said.ts';
import type { Entities, StaffIntent } from '../understand/intents.ts';

/** What a key means for an order: it cannot be carried out without it, or the rest is done and it is said that this is not. */
interface Limit {
  /** Intents it stands in the way of; the others go on with `remark`. */
  blocks: readonly StaffIntent[] | 'all';
  why: Texts;
}

/** Keys no command can follow yet. What is not listed is either carried out by the intent's builder or says nothing to do. */
const LIMITS: readonly (readonly [keyof Entities, Limit])[] = [
  [
    'tentative',
    {
      blocks: 'all',
      why: say(
        '我未能暫定時間而不通知應徵者：一約便會發出邀請。',
        'I cannot pencil something in without telling the candidate: arranging sends the invitation.',
      ),
    },
  ],
  ['slots', { blocks: 'all', why: say('我未能開放時段給應徵者自選。', 'I cannot offer slots to choose from yet.') }],
  ['limit', { blocks: ['shortlist', 'schedule'], why: say('我未能自行挑選首幾名。', 'I cannot pick the best few.') }],
  [
    'filter',
    {
      // A list shows everybody and says so.
      blocks: ['shortlist', 'schedule', 'approve', 'reject', 'hold', 'send_message'],
      why: say('我未能按這個條件篩選。', 'I cannot filter by that.'),
    },
  ],
  [
    'exclude',
    {
      blocks: ['shortlist', 'schedule', 'reschedule', 'cancel', 'approve', 'reject', 'send_message'],
      why: say('我未能按這個條件剔除。', 'I cannot leave people out by that.'),
    },
  ],
  [
    'condition',
    {
      blocks: [
        'shortlist',
        'schedule',
        'reschedule',
        'cancel',
        'reject',
        'offer',
        'assign_store',
        'no_show',
        'pause_nudges',
      ],
      why: say('我未能按條件行事。', 'I cannot act on a condition.'),
    },
  ],
  ['changes', { blocks: 'all', why: say('我未能一次過對調多個面試。', 'I cannot swap interviews in one go.') }],
];

/** Why an order cannot be carried out at all; undefined when it can. */
export function obstacleOf(intent: StaffIntent, entities: Entities): Texts | undefined {
  for (const [key, { blocks, why }] of LIMITS) {
    if (entities[key] === undefined || entities[key] === false) continue;
    if (blocks === 'all' || blocks.includes(intent)) return why;
  }
  return undefined;
}
