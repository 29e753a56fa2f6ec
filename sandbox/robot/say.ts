import type { RobotApp } from '../organisation/applications.ts';
import type { Person } from '../organisation/company.ts';
import type { World } from '../world.ts';
import type { Conversation, MessageFile } from './conversation.ts';

/** A file as the person picked it; `as` is worked out from the name when left out. */
export interface SaidFile {
  readonly name: string;
  readonly content: Buffer;
  readonly as?: 'file' | 'picture' | 'audio' | 'video' | undefined;
  /** Milliseconds, for audio and video. */
  readonly duration?: number | undefined;
  /** What DingTalk's own speech recognition understood. */
  readonly recognition?: string | undefined;
}

export interface Said {
  readonly text: string;
  readonly files: readonly SaidFile[];
  /** Text and pictures in one rich text message instead of one after the other. */
  readonly richText?: boolean | undefined;
  /** Groups: whether the robot is mentioned; worked out from the text when left out. */
  readonly mention?: boolean | undefined;
  /** Groups: whether a text without any `@` still counts as a mention of the product's robot. */
  readonly mentionByDefault: boolean;
  readonly replyTo?: number | undefined;
}

/** A person cannot do this; nothing has been said. */
export class CannotSay extends Error {
  override readonly name = 'CannotSay';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

type Body = { readonly msgtype: string; readonly [key: string]: unknown };

/** A person says something in a chat: it appears there and, where the robot may hear it, goes to its application. */
export function say(world: World, person: Person, conversation: Conversation, said: Said): string[] {
  if (conversation.disbanded) throw new CannotSay('group_disbanded', 'the group is disbanded');
  if (!conversation.members.includes(person.id))
    throw new CannotSay('not_a_member', `${person.id} is not in ${conversation.id}`);
  if (said.text === '' && said.files.length === 0) throw new CannotSay('nothing_said', 'neither text nor files');
  const isGroup = conversation.kind === 'group';
  const kinds = said.files.map(kindOf);
  const hidden = kinds.find((kind) => kind !== 'picture');
  const listener = isGroup
    ? mentioned(world, conversation, said)
    : world.apps.byRobotCode(conversation.robots[0] ?? '');
  // In a group the client lets nobody send a voice, video or file to a robot; between people it is an ordinary file.
  if (isGroup && listener && hidden !== undefined && said.mention === true) {
    throw new CannotSay('only_in_direct', `a ${hidden} reaches a robot only in a one-to-one chat`);
  }
  const msgIds: string[] = [];
  const speak = (kind: string, text: string, files: MessageFile[], body: Body): void => {
    const msgId = world.ids.opaque('msg');
    world.conversations.add({
      conversationId: conversation.id,
      from: { person: person.id },
      kind,
      text,
      buttons: [],
      files,
      msgId,
    });
    msgIds.push(msgId);
    const reaches = listener && !(isGroup && ['audio', 'video', 'file'].includes(kind));
    if (reaches) hand(world, listener, person, conversation, msgId, body, said);
  };
  if (said.richText === true) {
    const files = said.files.map((file) => keep(world, file));
    const codes = files.map((file) => downloadCode(world, listener, file.fileId));
    const richText = [
      ...(said.text === '' ? [] : [{ text: said.text }]),
      ...codes.map((code) => ({ type: 'picture', ...code })),
    ];
    speak('richText', said.text, files, { msgtype: 'richText', content: { richText } });
    return msgIds;
  }
  if (said.text !== '')
    speak('text', said.text, [], { msgtype: 'text', text: { content: heardText(said.text, listener, isGroup) } });
  for (const [index, file] of said.files.entries()) {
    const kind = kinds[index] ?? 'file';
    const kept = keep(world, file);
    const code = downloadCode(world, listener, kept.fileId);
    speak(kind, file.name, [kept], { msgtype: kind, content: contentOf(world, kind, file, code) });
  }
  return msgIds;
}

function kindOf(file: SaidFile): 'file' | 'picture' | 'audio' | 'video' {
  if (file.as) return file.as;
  if (/\.(png|jpe?g|gif|webp)$/i.test(file.name)) return 'picture';
  if (/\.(amr|ogg)$/i.test(file.name)) return 'audio';
  if (/\.(mp4|mov)$/i.test(file.name)) return 'video';
  return 'file';
}

/** Which robot of a group hears the text, if any. */
function mentioned(world: World, conversation: Conversation, said: Said): RobotApp | undefined {
  if (said.mention === false) return undefined;
  const robots = conversation.robots.map((code) => world.apps.byRobotCode(code)).filter((app) => app !== undefined);
  const named = robots.find((app) => said.text.includes(`@${app.name}`));
  if (named) return named;
  const product = robots.find((app) => app.clientId === world.apps.product().clientId);
  if (said.mention === true) return product;
  const names = conversation.members.map((id) => world.company.get(id)?.name ?? '').filter((name) => name !== '');
  const someoneElse = names.some((name) => said.text.includes(`@${name}`));
  return said.mentionByDefault && !someoneElse ? product : undefined;
}

/** The mention is taken out of what the robot hears; in a group a leading space stays. */
function heardText(text: string, listener: RobotApp | undefined, isGroup: boolean): string {
  if (!isGroup || !listener) return text;
  return ` ${text.replace(`@${listener.name}`, '').trim()}`;
}

function keep(world: World, file: SaidFile): MessageFile {
  const fileId = world.ids.opaque('file').replaceAll('=', '');
  world.blobs.put(fileId, file.content);
  return { fileId, name: file.name, bytes: file.content.length };
}

function downloadCode(
  world: World,
  listener: RobotApp | undefined,
  fileId: string,
): { downloadCode: string; pictureDownloadCode: string } {
  const code = listener ? world.downloads.issue(listener.robotCode, fileId) : '';
  return { downloadCode: code, pictureDownloadCode: code };
}

function contentOf(
  world: World,
  kind: string,
  file: SaidFile,
  codes: { downloadCode: string; pictureDownloadCode: string },
): Record<string, unknown> {
  const { downloadCode: code } = codes;
  switch (kind) {
    case 'picture':
      return codes;
    case 'audio':
      return {
        duration: file.duration ?? 4000,
        downloadCode: code,
        ...(file.recognition === undefined ? {} : { recognition: file.recognition }),
      };
    case 'video':
      return { duration: file.duration ?? 4000, videoType: 'mp4', downloadCode: code };
    default:
      return {
        fileName: file.name,
        downloadCode: code,
        spaceId: '2230001573',
        fileId: String(11_700_000_000 + world.ids.count('dentry')),
      };
  }
}

/** Builds the JSON a robot gets and hands it over. */
function hand(
  world: World,
  app: RobotApp,
  person: Person,
  conversation: Conversation,
  msgId: string,
  body: Body,
  said: Said,
): void {
  const { company, clock, quota, settings } = world;
  const isGroup = conversation.kind === 'group';
  const isMember = person.staffId !== undefined && !person.hasLeft;
  const session = world.webhooks.open(conversation.id, app.robotCode);
  const botId = company.dingtalkId(app.robotCode);
  const others = conversation.members
    .map((id) => company.get(id))
    .filter((member) => member !== undefined && said.text.includes(`@${member.name}`));
  const quoted = said.replyTo === undefined ? undefined : world.conversations.message(said.replyTo);
  const spent = quota.isSpent('messages');
  const [codeField, textField] =
    settings.get().quotaErrorFields === 'errorCode' ? ['errorCode', 'errorMessage'] : ['errCode', 'errMsg'];
  const content = spent
    ? {
        msgtype: body.msgtype,
        [codeField]: 20001,
        [textField]: '受调用量超量影响，当前我的消息服务已经暂停，请联系管理员处理',
      }
    : withQuote(world, body, quoted);
  const data: Record<string, unknown> & { msgId: string } = {
    conversationId: conversation.id,
    conversationType: isGroup ? '2' : '1',
    ...(isGroup ? { conversationTitle: conversation.title } : {}),
    ...(isGroup
      ? {
          atUsers: [
            { dingtalkId: botId },
            ...others.map((other) => ({
              dingtalkId: company.dingtalkId(other?.id ?? ''),
              staffId: other?.staffId ?? '',
              ...(other?.unionId ? { unionId: other.unionId } : {}),
            })),
          ],
          isInAtList: true,
        }
      : {}),
    chatbotCorpId: world.corpId(),
    chatbotUserId: botId,
    msgId,
    ...content,
    senderNick: person.name,
    senderId: company.dingtalkId(person.id),
    ...(app.published && isMember ? { senderStaffId: person.staffId } : app.published ? { senderStaffId: '' } : {}),
    ...(person.unionId ? { senderUnionId: person.unionId } : {}),
    ...(isMember ? { senderCorpId: world.corpId() } : {}),
    senderPlatform: 'Android',
    ...(app.published ? { isAdmin: person.isAdmin === true } : {}),
    robotCode: app.robotCode,
    sessionWebhookExpiredTime: new Date(session.expiresAt).getTime(),
    createAt: clock.now().getTime(),
  };
  if (spent) {
    world.conversations.add({
      conversationId: conversation.id,
      from: { system: true },
      kind: 'notice',
      text: '本月訊息用量已用完，機器人暫時收不到內容',
      buttons: [],
    });
  }
  world.deliveries.message(app, data, session.id);
}

/** A quoted message travels inside `text`. */
function withQuote(
  world: World,
  body: Body,
  quoted: ReturnType<World['conversations']['message']>,
): Record<string, unknown> {
  if (!quoted || body.msgtype !== 'text') return { ...body };
  const text = body.text as { content: string };
  const senderId =
    'person' in quoted.from
      ? world.company.dingtalkId(quoted.from.person)
      : 'robot' in quoted.from
        ? world.company.dingtalkId(quoted.from.robot)
        : '';
  const repliedMsg = {
    msgType: quoted.kind === 'text' ? 'text' : quoted.kind,
    msgId: quoted.msgId ?? `msg${quoted.seq}==`,
    senderId,
    createdAt: new Date(quoted.at).getTime(),
    content: { text: quoted.text },
  };
  return {
    ...body,
    text: { ...text, isReplyMsg: true, repliedMsg },
    ...(quoted.msgId === undefined ? {} : { originalMsgId: quoted.msgId }),
    ...(quoted.processQueryKey === undefined ? {} : { originalProcessQueryKey: quoted.processQueryKey }),
  };
}
