import { z } from 'zod';

/**
 * What people want, and what they say about it: the vocabulary of understanding. Keys are the ones the labelled lines use, so
 * that a reading can be compared with a label key by key.
 */

/** What members of staff order, ask and report. `unknown`: a wish outside recruiting, or a decision that cannot be read. */
export const STAFF_INTENTS = [
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
  'note',
  'call_outcome',
  'report',
  'help',
  'blind_on',
  'blind_off',
  'undo',
  'pause_nudges',
  'resume_nudges',
  'open_requisition',
  'no_show',
  'send_message',
  'smalltalk',
  'unknown',
] as const;
export type StaffIntent = (typeof STAFF_INTENTS)[number];

/** What candidates answer and ask, the strongest first: of several in one text the first of this list leads. */
export const CANDIDATE_INTENTS = [
  'stop',
  'angry',
  'human',
  'wrong_number',
  'no',
  'reschedule',
  'late',
  'yes',
  'undecided',
  'ask_salary',
  'ask_location',
  'ask_preparation',
  'ask_status',
  'thanks',
  'emoji_only',
  'unknown',
] as const;
export type CandidateIntent = (typeof CANDIDATE_INTENTS)[number];
export type Intent = StaffIntent | CandidateIntent;

/** What must be asked before anything can be done. */
export const NEEDS = ['candidate', 'time', 'store', 'content', 'job', 'intent'] as const;
export type Need = (typeof NEEDS)[number];

/** Grounds and data that may not count: sex, disability, family, race (the four ordinances), age, an early identity card, private life. */
export const COMPLIANCE_FLAGS = ['SDO', 'DDO', 'FSDO', 'RDO', 'AGE', 'HKID_EARLY', 'SENSITIVE'] as const;
export type ComplianceFlag = (typeof COMPLIANCE_FLAGS)[number];

const moment = z.string().regex(/^\d{4}-\d{2}(?:-\d{2}(?:T\d{2}:\d{2}\+08:00)?)?$/);
const span = z.object({ from: moment.optional(), to: moment.optional() });
/** `2026-11`, `2026-11-23`, `2026-11-23T10:00+08:00`, or a stretch between two of them (both inclusive). */
export const timeSchema = z.union([moment, span]);
export type TimeValue = z.infer<typeof timeSchema>;

const salary = z.object({
  amount: z.number().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  unit: z.enum(['month', 'hour', 'day']),
});
export type Salary = z.infer<typeof salary>;

const words = z.union([z.string(), z.array(z.string())]);
const times = z.union([timeSchema, z.array(timeSchema)]);
const number = z.number();

const ownEntities = z.object({
  candidate: words,
  candidate_norm: words,
  candidate_ref: words,
  job: words,
  job_norm: words,
  interviewer: words,
  interviewer_norm: words,
  store: words,
  store_norm: words,
  then_store: words,
  place: words,
  place_norm: words,
  reason: words,
  note: words,
  filter: words,
  content: words,
  condition: words,
  exclude: words,
  comment: words,
  topic: words,
  aspect: words,
  metric: words,
  group_by: words,
  fields: z.array(z.string()),
  time: times,
  from_time: times,
  same_clock: z.boolean(),
  tentative: z.boolean(),
  vague_time: z.string(),
  shift_days: number,
  delay_min: number,
  limit: number,
  headcount: number,
  round: z.union([number, z.literal('final')]),
  slots: number,
  slot: words,
  silent_days_over: number,
  scale: number,
  score: number,
  scores: z.record(z.string(), number),
  probation_months: number,
  salary,
  salary_min: number,
  salary_max: number,
  allowance: z.record(z.string(), number),
  employment: z.enum(['full_time', 'part_time', 'contract']),
  mode: z.enum(['in_person', 'video', 'phone', 'group', 'trial']),
  scope: z.string(),
  stage: z.string(),
  action: z.enum(['amend', 'withdraw']),
  target: z.string(),
  outcome: z.enum([
    'reached_accepted',
    'reached_declined',
    'reached_undecided',
    'no_answer',
    'voicemail',
    'callback',
    'wrong_number',
  ]),
  reading: z.enum(['yes', 'no', 'thanks', 'angry', 'unclear']),
  positions: z.array(z.record(z.string(), z.unknown())),
  changes: z.array(z.record(z.string(), z.unknown())),
  assignments: z.array(z.record(z.string(), z.unknown())),
  send_letter: z.boolean(),
  withdraw: z.boolean(),
  escalate: z.boolean(),
  priority: z.string(),
  template: z.string(),
  next_approver: z.string(),
  flag: z.string(),
  ambiguous: z.array(z.string()),
  needs: z.array(z.enum(NEEDS)),
  compliance_flag: z.union([z.enum(COMPLIANCE_FLAGS), z.array(z.enum(COMPLIANCE_FLAGS))]),
});

/** What was said of one order or answer. Free text is the exact stretch of the message; times and money are worked out. */
export const entitiesSchema = ownEntities.partial();
export type Entities = z.infer<typeof entitiesSchema>;

/** One thing a message asks for or says, with its stretch of the text. */
export interface IntentFrame {
  intent: Intent;
  entities: Entities;
  /** For each `candidate` (else `candidate_ref`) in order: the ids it may be, the most plausible first. One id = certain. */
  who: string[][];
  /** How sure the reading is, 0 to 1; an act without a tap needs `SURE` (bot/understand/decide.ts). */
  confidence: number;
  /** The stretch of the message that carries it. */
  start: number;
  end: number;
}

/** What is done with a message: acts, shows and waits for a tap, asks one question, refuses, answers, or nothing. */
export const DECISIONS = ['act', 'confirm', 'ask', 'refuse', 'answer', 'none'] as const;
export type Decision = (typeof DECISIONS)[number];

/** Everything understood of one message. The first frame leads; the others are further orders or answers in it. */
export interface Understanding {
  frames: [IntentFrame, ...IntentFrame[]];
  decision: Decision;
}
