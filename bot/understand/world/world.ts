import { z } from 'zod';

/** What exists at the moment a message is read: the part of the company that its words can mean. Plain data, for files and tests. */

const candidate = z.object({
  id: z.string(),
  /** Every form the person is known by: 黃志明, Jason Lau, WONG Chi Ming, 阿May. The first is how staff see them. */
  names: z.array(z.string()).min(1),
  job: z.string().optional(),
  store: z.string().optional(),
  stage: z.string().optional(),
  /** What can be looked up about them: 食牌, 日文, 前星巴克, 新入職 … */
  facts: z.array(z.string()).default([]),
});
const staff = z.object({ id: z.string(), names: z.array(z.string()).min(1), title: z.string().optional() });
const branch = z.object({ id: z.string(), names: z.array(z.string()).min(1) });
const requisition = z.object({ id: z.string(), job: z.string(), branchId: z.string().optional() });
const interview = z.object({
  id: z.string(),
  candidateId: z.string(),
  /** ISO moment. */
  startAt: z.string(),
  round: z.number().default(1),
  mode: z.string().default('in_person'),
  interviewerIds: z.array(z.string()).default([]),
});

export const worldSchema = z.object({
  /** ISO moment at which the message is typed. */
  now: z.string(),
  candidates: z.array(candidate),
  staff: z.array(staff),
  branches: z.array(branch),
  requisitions: z.array(requisition),
  interviews: z.array(interview),
});
export type World = z.infer<typeof worldSchema>;
export type WorldCandidate = World['candidates'][number];
export type WorldInterview = World['interviews'][number];

/** Who was spoken of last in this conversation, newest first; empty in a new one. */
export interface Conversation {
  recentCandidateIds: readonly string[];
}

/** A message to be understood. */
export interface Utterance {
  text: string;
  channel: 'group' | 'direct';
  role: 'hr' | 'manager' | 'candidate';
  /** Template of the message a candidate is answering. */
  replyTo?: string;
  conversation?: Conversation;
}
