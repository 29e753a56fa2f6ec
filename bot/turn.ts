import type { ReadingModel } from '../channels/channel.ts';
import type { DialogueRecord } from '../models/dialogue.model.ts';
import type { StaffRecord } from '../models/staff.model.ts';
import type { Settings } from '../recruiting/settings.ts';
import type { Reader } from '../recruiting/unit/reader.ts';
import type { AnyCommand } from './command.ts';
import type { KeptTurn, Question } from './dialogue/open-question.ts';
import type { PlannedOrder } from './orders/planned-order.ts';
import type { Heard } from './readings/heard.ts';
import type { Reply } from './replies/reply.ts';
import type { Lang } from './replies/said.ts';
import type { CommandWords } from './understand/find-command.ts';

/** What a message comes to, before anything is done. */
export type Turn =
  | {
      act: 'say';
      reply: Reply;
      lang: Lang;
      /** Candidates it speaks of: 「佢」 may be one of them afterwards. */
      about?: readonly string[];
      /** It is about the open question, which stays as it is and need not be called to mind. */
      aboutQuestion?: boolean;
    }
  | { act: 'dismiss'; dialogue: DialogueRecord; lang: Lang }
  /** An answer that came too late. */
  | { act: 'expire'; lang: Lang }
  | {
      act: 'ask';
      command: AnyCommand;
      question: Question;
      /** It goes on from the question that was open. */
      answers?: boolean;
      /** What was shown was wrong and is put right. */
      corrects?: boolean;
      lang: Lang;
    }
  | {
      act: 'run';
      command: AnyCommand;
      turn: KeptTurn;
      /** The person has seen what will happen and said yes. */
      confirmed: boolean;
      /** It settles the question that was open. */
      answers?: boolean;
      /** What was shown was wrong and is put right. */
      corrects?: boolean;
      text: string;
      lang: Lang;
    }
  /** Several things, one after the other, each in a unit of its own. */
  | { act: 'several'; orders: PlannedOrder[]; lang: Lang };

/** What planning needs to know. */
export interface PlanContext {
  reader: Reader;
  asker: StaffRecord;
  now: Date;
  settings: Settings;
  commands: readonly AnyCommand[];
  words: CommandWords;
  /** The question that is open between this person and the robot in this conversation. */
  dialogue: DialogueRecord | null;
  conversation: { id: string; kind: 'direct' | 'group' };
  /** Notes of what planning noticed; kept when the message is done. */
  heard?: Heard;
  /** Asked where the rules are unsure. */
  model?: ReadingModel | undefined;
}
