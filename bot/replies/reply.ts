import type { Said, Texts } from './said.ts';

/** A link under a reply that sends its text as the person's own message when tapped. */
export interface QuickReply {
  label: Said;
  /** What is sent: a command or an answer, exactly as it could be typed; in several languages that of the reply. */
  sends: string | Texts;
}

/** What the robot answers. Texts are plain: the channel's markup is added and escaped later. */
export interface Reply {
  text: Said;
  quickReplies?: QuickReply[];
  /** What was done, in one line (「入圍 陳家欣」): makes the act something its doer may take back with 「復原」. */
  did?: string;
  /** Only for the asker's eyes: asked in a group, the answer goes to their 1:1 chat and the group only hears that. */
  isPrivate?: boolean;
}
