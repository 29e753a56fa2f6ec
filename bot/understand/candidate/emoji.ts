import type { Entities } from '../intents.ts';

/** Messages to which 👍 is an answer: they ask for a yes or a no. */
const YES_NO_PROMPTS: ReadonlySet<string> = new Set([
  'interview_invitation',
  'reminder_day_before',
  'reminder_2h',
  'first_day_reminder',
  'training_notice',
  'training_unread_reminder',
  'training_changed',
  'offer',
  'silence_checkin',
]);

/** Whether a message asks for a yes or a no. */
export function asksYesOrNo(template: string): boolean {
  return YES_NO_PROMPTS.has(template);
}

const PICTURES = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f|\u20e3/gu;
const PICTURE = /\p{Extended_Pictographic}|[\u{1f1e6}-\u{1f1ff}]/u;
const YES = /👍|👌|✅|❤|🆗|💯|☑|✔|🙆|💪|🤝|🫡|🥰|😍|🎉|🩷|🧡|💛|💚|💙|💜|🖤|🤍|🙋|👏/u;
const NO = /🙅|👎|❌|🚫|✖|🙈/u;
const ANGRY = /😡|🤬|😠|👿|🖕|💢|😤/u;
const THANKS = /🙏|🙇|💐/u;
const CLEAR_YES = /👍|👌|✅|❤|🆗|💯|☑|✔|🙆/u;

/** Whether a message is nothing but emoji (marks and spaces apart). */
export function isEmojiOnly(text: string): boolean {
  return PICTURE.test(text) && text.replace(PICTURES, '').replace(/[\s!！?？.。~～,，…]+/g, '') === '';
}

/** What a message of emoji only says. 👍 and its like are a yes only to a message that asks for a yes or a no. */
export function readEmoji(text: string, replyTo: string): NonNullable<Entities['reading']> {
  if (ANGRY.test(text)) return 'angry';
  const [no, yes, thanks] = [NO.test(text), YES.test(text), THANKS.test(text)];
  if (no) return yes || thanks ? 'unclear' : 'no';
  if (CLEAR_YES.test(text)) return asksYesOrNo(replyTo) ? 'yes' : 'unclear';
  if (
    thanks &&
    text.replace(PICTURES, (char) => (THANKS.test(char) ? '' : char)).replace(/[\u{1f3fb}-\u{1f3ff}\ufe0f\s]/gu, '') ===
      ''
  )
    return 'thanks';
  return 'unclear';
}
