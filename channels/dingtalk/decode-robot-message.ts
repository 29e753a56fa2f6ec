import { z } from 'zod';
import type { InboundFile, InboundMessage } from '../channel.ts';
import { type Decoded, looseLabel, looseNumber, looseText, momentOf, parsedJson, recordOf } from './wire-values.ts';

/** DingTalk's code for "content withheld, this month's message quota is spent". */
const QUOTA_SPENT_CODE = 20001;

const robotMessage = z.object({
  msgId: z.string().min(1),
  conversationId: z.string().min(1),
  conversationType: looseLabel,
  conversationTitle: looseText,
  createAt: looseNumber,
  senderStaffId: looseText,
  senderUnionId: looseText,
  senderNick: looseText,
  sessionWebhook: looseText,
  sessionWebhookExpiredTime: looseNumber,
  msgtype: looseText,
  text: z.unknown().optional(),
  content: z.unknown().optional(),
  // The two pages about the spent quota disagree about the field's name.
  errCode: looseNumber,
  errorCode: looseNumber,
});
type RobotMessage = z.infer<typeof robotMessage>;

/**
 * Reads a robot message (DingTalk: "Message types that a robot receives"), the same document in stream and HTTP mode.
 * @param document the JSON text or its value.
 * @param receivedAt stands in for a missing `createAt`.
 */
export function decodeRobotMessage(document: unknown, receivedAt: Date): Decoded<InboundMessage> {
  const parsed = robotMessage.safeParse(parsedJson(document));
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => issue.path.join('.') || 'document').join(', ');
    return { ok: false, reason: `not a robot message: ${fields}` };
  }
  const wire = parsed.data;
  const event: InboundMessage = {
    kind: 'message',
    eventId: wire.msgId,
    sentAt: momentOf(wire.createAt) ?? receivedAt,
    conversation: conversationOf(wire),
    sender: senderOf(wire),
    ...bodyOf(wire),
  };
  const expiresAt = momentOf(wire.sessionWebhookExpiredTime);
  if (wire.sessionWebhook && expiresAt) event.replyWebhook = { url: wire.sessionWebhook, expiresAt };
  return { ok: true, event };
}

function conversationOf(wire: RobotMessage): InboundMessage['conversation'] {
  const kind = wire.conversationType === '2' ? 'group' : 'direct';
  const conversation: InboundMessage['conversation'] = { id: wire.conversationId, kind };
  if (wire.conversationTitle) conversation.title = wire.conversationTitle;
  return conversation;
}

function senderOf(wire: RobotMessage): InboundMessage['sender'] {
  const sender: InboundMessage['sender'] = { nick: wire.senderNick ?? '' };
  // Empty for outsiders and until the robot's version is published.
  if (wire.senderStaffId) sender.staffId = wire.senderStaffId;
  if (wire.senderUnionId) sender.unionId = wire.senderUnionId;
  return sender;
}

type Body = Pick<InboundMessage, 'text' | 'files' | 'quotaSpent' | 'unsupportedType'>;

function bodyOf(wire: RobotMessage): Body {
  const text = recordOf(parsedJson(wire.text));
  const content = recordOf(parsedJson(wire.content));
  const empty: Body = { text: '', files: [], quotaSpent: false };
  if (!text && !content) {
    const code = wire.errCode ?? wire.errorCode;
    if (code === QUOTA_SPENT_CODE) return { ...empty, quotaSpent: true };
    if (typeof wire.text === 'string') return { ...empty, text: wire.text.trim() };
    return { ...empty, unsupportedType: code === undefined ? (wire.msgtype ?? 'empty') : `error ${code}` };
  }
  switch (wire.msgtype) {
    case 'text':
    case undefined:
      return { ...empty, text: textOf(text?.content ?? content?.content) };
    case 'richText':
      return { ...empty, ...richTextOf(content?.richText) };
    case 'picture':
      return fileBody('picture-1.jpg', content, wire.msgtype);
    case 'file':
      return fileBody(textOf(content?.fileName) || 'file', content, wire.msgtype);
    case 'audio': {
      const heard = textOf(content?.recognition);
      return heard ? { ...empty, text: heard } : { ...empty, unsupportedType: 'audio' };
    }
    default:
      return { ...empty, unsupportedType: wire.msgtype };
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

function fileBody(name: string, content: Record<string, unknown> | undefined, type: string): Body {
  const downloadCode = downloadCodeOf(content);
  if (!downloadCode) return { text: '', files: [], quotaSpent: false, unsupportedType: type };
  return { text: '', files: [{ name, downloadCode }], quotaSpent: false };
}

function downloadCodeOf(part: Record<string, unknown> | undefined): string {
  return textOf(part?.downloadCode) || textOf(part?.pictureDownloadCode);
}

function richTextOf(value: unknown): Pick<Body, 'text' | 'files'> {
  const texts: string[] = [];
  const files: InboundFile[] = [];
  for (const item of Array.isArray(value) ? value : []) {
    const part = recordOf(item);
    if (typeof part?.text === 'string') texts.push(part.text);
    const downloadCode = downloadCodeOf(part);
    if (downloadCode) files.push({ name: `picture-${files.length + 1}.jpg`, downloadCode });
  }
  return { text: texts.join('').trim(), files };
}
