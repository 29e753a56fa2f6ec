import type { QuickReply } from './replies/reply.ts';
import type { Said } from './replies/said.ts';

/**
 * Thrown by a command's `confirmation` or `action` when an argument that may be left out turns out to be needed, or one
 * that was given cannot be had: the robot asks for it and goes on with the answer. Nothing has been changed when it is thrown.
 */
export class ArgumentNeeded extends Error {
  override readonly name = 'ArgumentNeeded';
  /** Name of the argument. */
  readonly argument: string;
  readonly question: Said;
  /** Answers that may be tapped instead of typed. */
  readonly suggestions: QuickReply[];

  constructor(argument: string, question: Said, suggestions: QuickReply[] = []) {
    super(argument);
    this.argument = argument;
    this.question = question;
    this.suggestions = suggestions;
  }
}
