import type { Texts } from './replies/said.ts';

/**
 * Thrown by a command's `confirmation` or `action` when an argument that may be left out turns out to be needed: the robot
 * asks for it and goes on with the answer. Nothing has been changed when it is thrown.
 */
export class ArgumentNeeded extends Error {
  override readonly name = 'ArgumentNeeded';
  /** Name of the argument. */
  readonly argument: string;
  readonly question: Texts;

  constructor(argument: string, question: Texts) {
    super(argument);
    this.argument = argument;
    this.question = question;
  }
}
