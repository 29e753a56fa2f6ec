import type { StaffIntent } from '../intents.ts';

/**
 * What one order swallows of another in the same message. `all`: wherever it stands; `behind`: only what follows it (the
 * words of a note or a message to be sent are no orders); `clause`: only within the same clause.
 */
type Reach = 'all' | 'behind' | 'clause';

const every = (reach: Reach, ...intents: StaffIntent[]): [StaffIntent, Reach][] => intents.map((one) => [one, reach]);

/** The nearer neighbours of every intent: which of the two is meant when words for both are found (understanding rules D1). */
const SWALLOWS: Readonly<Partial<Record<StaffIntent, readonly [StaffIntent, Reach][]>>> = {
  note: every(
    'behind',
    'shortlist',
    'schedule',
    'reschedule',
    'cancel',
    'approve',
    'reject',
    'hold',
    'status',
    'list',
    'score',
    'offer',
    'assign_store',
    'call_outcome',
    'report',
    'no_show',
    'send_message',
    'smalltalk',
    'pause_nudges',
    'open_requisition',
    'unknown',
  ),
  send_message: every(
    'behind',
    'shortlist',
    'schedule',
    'approve',
    'status',
    'list',
    'note',
    'assign_store',
    'smalltalk',
    'call_outcome',
    'no_show',
    'unknown',
    'help',
  ),
  help: every('all', 'status', 'list', 'smalltalk', 'unknown').concat(
    every(
      'clause',
      'approve',
      'reject',
      'offer',
      'schedule',
      'reschedule',
      'cancel',
      'shortlist',
      'undo',
      'send_message',
      'blind_on',
      'blind_off',
      'score',
      'note',
      'hold',
      'assign_store',
      'pause_nudges',
      'resume_nudges',
      'open_requisition',
      'report',
    ),
  ),
  call_outcome: every('all', 'status', 'smalltalk', 'note', 'unknown', 'list').concat(
    every('behind', 'approve', 'reject', 'schedule', 'cancel', 'offer', 'hold', 'reschedule'),
  ),
  reschedule: every('all', 'schedule', 'status', 'list', 'smalltalk').concat(every('clause', 'cancel', 'approve')),
  cancel: every('all', 'status', 'list', 'smalltalk').concat(every('clause', 'schedule', 'reject')),
  schedule: every('all', 'status', 'list', 'smalltalk', 'help').concat(every('behind', 'send_message')),
  shortlist: every('all', 'status', 'list', 'smalltalk').concat(every('clause', 'approve')),
  reject: every('all', 'status', 'list', 'smalltalk').concat(every('clause', 'approve', 'send_message', 'note')),
  approve: every('all', 'list', 'smalltalk'),
  hold: every('all', 'status', 'list', 'smalltalk').concat(every('clause', 'approve', 'offer', 'reject', 'schedule')),
  offer: every('all', 'status', 'list', 'smalltalk', 'approve').concat(
    every('clause', 'send_message', 'note', 'reschedule', 'cancel'),
  ),
  score: every('all', 'status', 'list', 'smalltalk').concat(every('behind', 'note', 'approve', 'reject')),
  assign_store: every('all', 'status', 'list', 'smalltalk').concat(every('clause', 'schedule')),
  report: every('all', 'status', 'list', 'smalltalk').concat(
    every('clause', 'offer', 'no_show', 'call_outcome', 'approve', 'reject', 'cancel'),
  ),
  list: every('all', 'status', 'smalltalk').concat(
    every('clause', 'offer', 'schedule', 'shortlist', 'no_show', 'approve', 'reject', 'call_outcome'),
  ),
  status: every('all', 'smalltalk').concat(
    every(
      'clause',
      'approve',
      'reject',
      'offer',
      'schedule',
      'cancel',
      'reschedule',
      'shortlist',
      'score',
      'call_outcome',
      'no_show',
      'send_message',
      'assign_store',
      'hold',
    ),
  ),
  undo: every('all', 'smalltalk', 'status', 'help').concat(
    every(
      'clause',
      'approve',
      'reject',
      'offer',
      'schedule',
      'cancel',
      'reschedule',
      'shortlist',
      'score',
      'hold',
      'note',
      'send_message',
      'assign_store',
      'no_show',
      'call_outcome',
    ),
  ),
  pause_nudges: every('all', 'send_message', 'status', 'list', 'smalltalk', 'hold', 'cancel'),
  resume_nudges: every('all', 'send_message', 'status', 'list', 'smalltalk', 'pause_nudges'),
  open_requisition: every('all', 'approve', 'list', 'status', 'smalltalk', 'schedule', 'offer'),
  blind_on: every('all', 'status', 'list', 'smalltalk', 'schedule'),
  blind_off: every('all', 'status', 'list', 'smalltalk', 'schedule', 'blind_on'),
  no_show: every('all', 'status', 'list', 'smalltalk', 'unknown'),
  unknown: every('all', 'smalltalk').concat(every('clause', 'list', 'status')),
};

/** Whether an order swallows another one of the same message. Places are those of the marked text. */
export function swallows(
  big: { intent: StaffIntent; start: number; clause: number },
  small: { intent: StaffIntent; start: number; clause: number },
): boolean {
  if (big.intent === small.intent) return true;
  const reach = SWALLOWS[big.intent]?.filter(([intent]) => intent === small.intent).map(([, each]) => each) ?? [];
  return reach.some(
    (each) =>
      each === 'all' ||
      (each === 'behind' && small.start >= big.start) ||
      (each === 'clause' && small.clause === big.clause),
  );
}
