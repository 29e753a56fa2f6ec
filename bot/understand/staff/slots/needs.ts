import type { Entities, Need } from '../../intents.ts';
import type { SlotContext, SlotReader } from './slot-reader.ts';

/** What must be known before an order can be carried out (understanding rules D3). */
const WHO: ReadonlySet<string> = new Set([
  'cancel',
  'approve',
  'reject',
  'hold',
  'offer',
  'note',
  'score',
  'no_show',
  'call_outcome',
  'assign_store',
  'pause_nudges',
  'resume_nudges',
  'shortlist',
]);

/** A bare decision is short: 佢OK喇, 再諗下. */
const BARE = 12;

const has = (value: unknown): boolean => value !== undefined && !(Array.isArray(value) && value.length === 0);

/** What must be asked. Interviewer, pay and start date never: the confirmation shows what is missing. */
export const readNeeds: SlotReader = (context) => {
  const { order, entities } = context;
  const needs = new Set<Need>([...(entities.needs ?? []), ...order.needs]);
  const { intent } = order;
  if (intent === 'unknown') for (const need of needsOfUnknown(context)) needs.add(need);
  const group = entities.scope !== undefined || has(entities.stage) || has(entities.filter);
  const who = has(entities.candidate) || has(entities.candidate_ref) || group;
  const many = who || has(entities.job);
  if (intent === 'shortlist' || intent === 'resume_nudges') {
    if (!many && !has(entities.limit)) needs.add('candidate');
  } else if (WHO.has(intent) && !who && !(intent === 'pause_nudges' && has(entities.job))) needs.add('candidate');
  if (intent === 'schedule' || intent === 'reschedule') {
    if (!who && !(has(entities.job) && (has(entities.slots) || intent === 'reschedule'))) needs.add('candidate');
    if (!moved(entities)) needs.add('time');
  }
  if (intent === 'pause_nudges' && !has(entities.time)) needs.add('time');
  if (intent === 'assign_store' && !has(entities.store)) needs.add('store');
  if (intent === 'send_message') {
    if (!many) needs.add('candidate');
    if (!has(entities.content) && !has(entities.template)) needs.add('content');
  }
  if (intent === 'open_requisition' && !has(entities.job) && !has(entities.positions)) needs.add('job');
  return needs.size > 0 ? { entities: { needs: [...needs] } } : {};
};

/** A decision without a person is asked about; what lies outside recruiting, or is only somebody else's word, is not. */
function needsOfUnknown({ order, entities, text, modifiers }: SlotContext): Need[] {
  const said = order.cueStart > 0 || order.cueEnd < text.marked.length;
  const outside = said && order.cueEnd > order.cueStart && order.keys.needs === undefined;
  if (outside || modifiers.some(({ line }) => line.meaning === 'quoted')) return [];
  if (has(entities.candidate)) return ['intent'];
  return [...text.marked.trim()].length <= BARE ? ['candidate', 'intent'] : [];
}

function moved(entities: Entities): boolean {
  return has(entities.time) || has(entities.shift_days) || has(entities.delay_min);
}
