import type { Frame } from '../understand/frame.ts';

/** A link under an answer, in words that can be stored. */
export interface ToldQuickReply {
  label: string;
  sends: string;
}

/** What was said about one order, in the asker's language. */
export interface Told {
  text: string;
  quickReplies: ToldQuickReply[];
  isPrivate: boolean;
  /** It changed something that can be taken back. */
  undoable: boolean;
}

/**
 * One thing a message asks for, worked out as far as it can be without looking anybody up, so that it can wait in the
 * database until those before it are done. Plain JSON.
 */
export type PlannedOrder =
  | {
      kind: 'command';
      frame: Frame;
      /** In plain words, for what waits. */
      summary: string;
      /** Not certain: shown, and done after a tap. */
      mustConfirm: boolean;
      /** What of the wish the robot cannot do; said beside what it does. */
      remarks: string[];
      /** Asked before anything else: a reason that may count. */
      askFirst?: { argument: string; text: string };
    }
  /** Nothing to do but to say: not possible yet, refused, small talk. */
  | {
      kind: 'say';
      summary: string;
      text: string;
      quickReplies: ToldQuickReply[];
      /** Candidates it speaks of. */
      about?: string[];
    };
