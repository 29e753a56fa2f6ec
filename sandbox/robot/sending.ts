import { badRequest } from '../http/wire-error.ts';
import type { RobotApp } from '../organisation/applications.ts';
import type { World } from '../world.ts';
import type { MessageContent } from './message-template.ts';

/** One send call: everything its processQueryKey leads to. */
export interface Sending {
  readonly processQueryKey: string;
  readonly robotCode: string;
  readonly kind: 'oto' | 'group';
  /** Group sends: the chat. */
  readonly conversationId?: string | undefined;
  /** Message numbers, and for one-to-one sends whose they are. */
  readonly messages: readonly { readonly seq: number; readonly personId?: string | undefined }[];
  readonly at: string;
  /** Wall-clock milliseconds; the state PROCESSING is wire time. */
  readonly sentAtMs: number;
  readonly recalled?: boolean | undefined;
}

/** Checks that the caller may send as this robot. */
export function checkRobot(world: World, app: RobotApp, robotCode: string): void {
  if (robotCode === '') throw badRequest('invalidParameter.robotCode.empty', 'robotCode不能为空');
  if (robotCode !== app.robotCode) {
    const exists = world.apps.byRobotCode(robotCode) !== undefined;
    throw exists
      ? badRequest('invalidParameter.robotCode.auth', 'robotCode无权限')
      : badRequest('invalidParameter.robotCode.notExsit', 'robotCode不存在');
  }
  if (app.stopped) throw badRequest('bot.stopped', '机器人已停用');
}

/** Refuses content with a word that was declared unsafe, and a file that was never uploaded. */
export function checkContent(world: World, content: MessageContent): void {
  const shown = [content.title ?? '', content.text].join('\n');
  if (world.settings.get().unsafeWords.some((word) => shown.includes(word)))
    throw badRequest('contain.notAllowed.text', '消息内容含有不合适的文字');
  if (content.mediaId !== undefined && !world.media.has(content.mediaId)) {
    throw badRequest('invalidParameter.msgParam.invalid', `mediaId不存在 ${content.mediaId}`);
  }
}

/** Puts a message into a chat, with the file it carries. Undefined when it was swallowed in silence for its size. */
export function post(
  world: World,
  conversationId: string,
  app: RobotApp,
  content: MessageContent,
  processQueryKey: string,
): number | undefined {
  const limit = world.settings.get().silentDropBytes;
  if (limit > 0 && Buffer.byteLength(content.text) > limit) return undefined;
  const { mediaId, ...shown } = content;
  const media = mediaId === undefined ? undefined : world.media.get(mediaId);
  const files = media
    ? { files: [{ fileId: media.fileId, name: content.text || media.name, bytes: media.bytes }] }
    : {};
  return world.conversations.add({
    conversationId,
    from: { robot: app.robotCode },
    ...shown,
    ...files,
    processQueryKey,
  }).seq;
}

/** Remembers what was sent under a key. */
export function remember(world: World, sending: Omit<Sending, 'at' | 'sentAtMs'>): void {
  world.sendings.put(sending.processQueryKey, {
    ...sending,
    at: world.clock.now().toISOString(),
    sentAtMs: Date.now(),
  });
}
