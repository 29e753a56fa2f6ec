import type { DecisionChoice } from '../../models/decision-request.model.ts';

/** How a choice is called on cards and in messages to staff. */
export const CHOICE_WORDS: Readonly<Record<DecisionChoice, string>> = {
  hire: '聘用',
  another_interview: '再面試',
  reject: '不合適',
};

/** A link that sends a text as the person's own message: the answer to a question where no card can be shown. */
export function quickReplyLink(label: string, sends: string): string {
  return `[${label}](dtmd://dingtalkclient/sendMessage?content=${encodeURIComponent(sends)})`;
}

/** The command that answers a decision, naming it so that a tap on an old text never answers a newer question. */
export function decisionCommand(applicationRef: string, choice: DecisionChoice, requestRef: string): string {
  return `決定 ${applicationRef} ${CHOICE_WORDS[choice]} 編號${requestRef}`;
}

/** The command that sends the asker a link to the CV. */
export const cvCommand = (applicationRef: string): string => `睇履歷 ${applicationRef}`;
