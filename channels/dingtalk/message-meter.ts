/**
 * Counts what the platform bills as "webhook and stream messages": each robot message and card press that comes in and
 * each reply through a conversation's webhook.
 */
export interface MessageMeter {
  countMessage(): void;
  /** The platform itself says that the month's messages are used up. */
  noteMessagesSpent(): void;
}
