import type { ChatBody } from '../channel.ts';
import { escapeMarkdown } from './dingtalk-markdown.ts';

/** Longest `msgParam` (DingTalk: "The robot sends a group message": 15,000 bytes). Longer group texts vanish silently. */
export const MOST_MESSAGE_BYTES = 15_000;
/** Longest body of a reply through a conversation's webhook (error 460101: 20,000 bytes). */
export const MOST_WEBHOOK_BYTES = 20_000;
/** A robot message carries at most so many buttons; more become links in its text. */
const MOST_BUTTONS = 5;

/** A message template of the robot and its values. */
export interface RobotMessage {
  msgKey: string;
  /** JSON text. */
  msgParam: string;
}

/** The body as one of DingTalk's message templates (DingTalk: "Message types that a robot receives", templates). */
export function robotMessageOf(body: ChatBody): RobotMessage {
  const [msgKey, values] = templateOf(body);
  return { msgKey, msgParam: JSON.stringify(values) };
}

function templateOf(body: ChatBody): [msgKey: string, values: Record<string, string>] {
  if (body.format === 'text') return ['sampleText', { content: body.content }];
  const { title } = body;
  if (body.format === 'markdown') return ['sampleMarkdown', { title, text: body.text }];
  const { text, buttons } = body;
  const [first] = buttons;
  if (!first || buttons.length > MOST_BUTTONS) return ['sampleMarkdown', { title, text: withLinks(text, buttons) }];
  if (buttons.length === 1)
    return ['sampleActionCard', { title, text, singleTitle: first.label, singleURL: first.url }];
  const values: Record<string, string> = { title, text };
  for (const [index, button] of buttons.entries()) {
    values[`actionTitle${index + 1}`] = button.label;
    values[`actionURL${index + 1}`] = button.url;
  }
  return [`sampleActionCard${buttons.length}`, values];
}

/**
 * The body as a reply through a conversation's webhook. Mentioned people must also stand in the text, otherwise no
 * mention is shown (DingTalk: "Message types that a robot receives", at).
 */
export function webhookMessageOf(body: ChatBody, mentionStaffIds: readonly string[]): Record<string, unknown> {
  const at = mentionStaffIds.length > 0 ? { at: { atUserIds: [...mentionStaffIds] } } : {};
  if (body.format === 'text') {
    return { msgtype: 'text', text: { content: withMentions(body.content, mentionStaffIds) }, ...at };
  }
  const { title } = body;
  const text = withMentions(body.text, mentionStaffIds);
  if (body.format === 'markdown') return { msgtype: 'markdown', markdown: { title, text }, ...at };
  const { buttons } = body;
  if (buttons.length === 0 || buttons.length > MOST_BUTTONS) {
    return { msgtype: 'markdown', markdown: { title, text: withLinks(text, buttons) }, ...at };
  }
  const btns = buttons.map((button) => ({ title: button.label, actionURL: button.url }));
  return { msgtype: 'actionCard', actionCard: { title, text, btnOrientation: '0', btns }, ...at };
}

function withMentions(text: string, staffIds: readonly string[]): string {
  const missing = staffIds.filter((staffId) => !text.includes(`@${staffId}`)).map((staffId) => `@${staffId}`);
  return missing.length > 0 ? `${missing.join(' ')} ${text}` : text;
}

function withLinks(text: string, buttons: readonly { label: string; url: string }[]): string {
  const links = buttons.map((button) => `- [${escapeMarkdown(button.label)}](${button.url})`);
  return [text, '', ...links].join('\n');
}
