import { badRequest } from '../http/wire-error.ts';
import type { MessageButton } from './conversation.ts';
import { linksOf, tapOf } from './links.ts';

/** What a message shows, whichever way it was sent. */
export interface MessageContent {
  readonly kind: string;
  readonly text: string;
  readonly title?: string | undefined;
  readonly buttons: readonly MessageButton[];
  /** mediaId of an uploaded file that the message carries. */
  readonly mediaId?: string | undefined;
}

/** Keys every `msgKey` asks for (DingTalk: 机器人回复/发送消息的类型). */
const REQUIRED_KEYS: Readonly<Record<string, readonly string[]>> = {
  sampleText: ['content'],
  sampleMarkdown: ['title', 'text'],
  sampleImageMsg: ['photoURL'],
  sampleLink: ['title', 'text', 'picUrl', 'messageUrl'],
  sampleActionCard: ['title', 'text', 'singleTitle', 'singleURL'],
  ...Object.fromEntries(
    [2, 3, 4, 5].map((count) => [`sampleActionCard${count}`, ['title', 'text', ...numbered(count)]]),
  ),
  sampleActionCard6: ['title', 'text', 'buttonTitle1', 'buttonUrl1', 'buttonTitle2', 'buttonUrl2'],
  sampleAudio: ['mediaId', 'duration'],
  sampleFile: ['mediaId', 'fileName', 'fileType'],
  sampleVideo: ['duration', 'videoMediaId', 'videoType', 'picMediaId'],
};
const MAX_PARAM_BYTES = 15_000;
const FILE_TYPES = ['xlsx', 'pdf', 'zip', 'rar', 'doc', 'docx'];

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, index) => [`actionTitle${index + 1}`, `actionURL${index + 1}`]).flat();
}

/** Reads `msgKey` and `msgParam` as DingTalk does. Throws its refusals. */
export function readMessageTemplate(msgKey: string, msgParam: string): MessageContent {
  if (msgKey === '') throw badRequest('invalidParameter.msgKey.empty', 'msgKey不能为空');
  const required = REQUIRED_KEYS[msgKey];
  if (!required) throw badRequest('invalidParameter.msgKey.invalid', 'msgKey不合法');
  if (Buffer.byteLength(msgParam) > MAX_PARAM_BYTES)
    throw badRequest('invalidParameter.msgParam.tooLong', 'msgParam过长');
  const params = parseParams(msgParam);
  const text = (key: string): string => {
    const value = params[key];
    return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
  };
  // An empty picture address is allowed; everything else must have a value.
  const missing = required.find((key) => text(key) === '' && key !== 'picUrl');
  if (missing !== undefined) throw badRequest(`miss.param.${missing}`, `缺少参数 ${missing}`);
  if (msgKey === 'sampleFile' && !FILE_TYPES.includes(text('fileType'))) {
    throw badRequest('invalidParameter.msgParam.invalid', `fileType不支持 ${text('fileType')}`);
  }
  return contentOf(msgKey, text);
}

function parseParams(msgParam: string): Record<string, unknown> {
  try {
    const params: unknown = JSON.parse(msgParam);
    if (params !== null && typeof params === 'object' && !Array.isArray(params))
      return params as Record<string, unknown>;
  } catch {
    // falls through to the refusal
  }
  throw badRequest('invalidParameter.msgParam.invalid', 'msgParam不是合法的JSON');
}

function contentOf(msgKey: string, text: (key: string) => string): MessageContent {
  const button = (id: string, titleKey: string, urlKey: string): MessageButton => ({
    id,
    label: text(titleKey),
    ...tapOf(text(urlKey)),
  });
  switch (msgKey) {
    case 'sampleText':
      return { kind: 'text', text: text('content'), buttons: [] };
    case 'sampleMarkdown':
      return {
        kind: 'markdown',
        title: text('title'),
        text: text('text'),
        buttons: linksOf(text('text'), { quickReplies: true }),
      };
    case 'sampleImageMsg':
      return { kind: 'image', text: text('photoURL'), buttons: [] };
    case 'sampleLink':
      return {
        kind: 'link',
        title: text('title'),
        text: text('text'),
        buttons: [{ id: 'link1', label: text('title'), ...tapOf(text('messageUrl')) }],
      };
    case 'sampleActionCard':
      return {
        kind: 'actionCard',
        title: text('title'),
        text: text('text'),
        buttons: [button('btn1', 'singleTitle', 'singleURL')],
      };
    case 'sampleActionCard6': {
      const buttons = [1, 2].map((n) => button(`btn${n}`, `buttonTitle${n}`, `buttonUrl${n}`));
      return { kind: 'actionCard', title: text('title'), text: text('text'), buttons };
    }
    case 'sampleAudio':
      return { kind: 'audio', text: '', buttons: [], mediaId: text('mediaId') };
    case 'sampleFile':
      return { kind: 'file', text: text('fileName'), buttons: [], mediaId: text('mediaId') };
    case 'sampleVideo':
      return { kind: 'video', text: '', buttons: [], mediaId: text('videoMediaId') };
    default: {
      const count = Number(msgKey.slice(-1));
      const buttons = Array.from({ length: count }, (_, index) =>
        button(`btn${index + 1}`, `actionTitle${index + 1}`, `actionURL${index + 1}`),
      );
      return { kind: 'actionCard', title: text('title'), text: text('text'), buttons };
    }
  }
}
