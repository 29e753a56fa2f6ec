import { applicationMessageIsTrue } from '../application/application-message-relevance.ts';
import { interviewMessageIsTrue } from '../interview/interview-message-relevance.ts';
import { waitingMessageIsTrue } from '../waiting/waiting-message-relevance.ts';
import type { MessageFacts } from './message-facts.ts';

/** What the rules look at: which message, about which occasion, with which records, at which moment. */
export interface RelevanceQuestion {
  template: string;
  occasion: string;
  facts: MessageFacts;
  now: Date;
}

/**
 * Whether a message still says something true at the moment of sending.
 * @returns null when it does, else why it is dropped
 */
export function whyOvertaken(question: RelevanceQuestion): string | null {
  const byInterview = question.facts.interview ? interviewMessageIsTrue(question) : null;
  return byInterview ?? applicationMessageIsTrue(question) ?? waitingMessageIsTrue(question);
}
