import type { OutboxItemRecord } from '../../models/outbox-item.model.ts';
import type { AskedQuestion } from '../../recruiting/correspondence/asked-question.ts';
import type { PressScope } from '../../recruiting/portal/take-press.ts';
import type { WordsAct, WrittenBy, WrittenWords } from '../../recruiting/portal/write-to-hr.ts';
import type { Unit } from '../../recruiting/unit/unit.ts';

/** Everything the acts on a candidate's words look at. */
export interface WordsScene {
  unit: Unit;
  scope: PressScope;
  words: WrittenWords;
  via: WrittenBy;
  /** What is being answered; undefined when nothing is asked. */
  asked: AskedQuestion | undefined;
  /** The words answer that question directly: a plain OK to some other message says nothing about it. */
  direct: boolean;
  /** Messages to the person, newest first. */
  messages: readonly OutboxItemRecord[];
  /** The words without what tells of health or family; null when nothing is left. */
  passable: string | null;
  /** Something private was told: it is left out, and a person should ask kindly. */
  isPrivate: boolean;
}

/** What came of one answer. */
export interface Honoured {
  act: WordsAct;
  /** Set when a person must read the words: what they are about. */
  forPerson?: string;
  /** That person should read them at once. */
  urgent?: boolean;
}

/** What stands in messages to HR instead of somebody's private life. */
export const PRIVATE_NOTE = '涉及私人情況，內容沒有轉述，請親自致電關心';
