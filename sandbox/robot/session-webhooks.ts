import { type Answer, type Call, type Operation, ok } from '../http/operation.ts';
import { unknownFields } from '../http/validate.ts';
import { LegacyError } from '../http/wire-error.ts';
import type { Table } from '../state/journal.ts';
import type { World } from '../world.ts';
import { contentOfReply, mentionsOf, REPLY, type Reply } from './reply-message.ts';

interface Session {
  readonly id: string;
  readonly conversationId: string;
  readonly robotCode: string;
  /** End of its life on the sandbox's clock. */
  readonly expiresAt: string;
}

const MAX_BYTES = 20_000;

/** Addresses for replies that come with each inbound message and live about 90 minutes. */
export class SessionWebhooks {
  readonly #world: World;
  readonly #table: Table<Session>;

  constructor(world: World) {
    this.#world = world;
    this.#table = world.journal.table('sessions');
  }

  open(conversationId: string, robotCode: string): Session {
    const id = this.#world.ids.hex('session');
    const expiresAt = new Date(
      this.#world.clock.now().getTime() + this.#world.settings.get().sessionWebhookMinutes * 60_000,
    ).toISOString();
    return this.#table.put(id, { id, conversationId, robotCode, expiresAt });
  }

  /** Posts a reply. Throws LegacyError. */
  reply(sessionId: string | null, reply: Reply): { clientId: string } {
    const { clock, conversations, company, apps, quota } = this.#world;
    const session = sessionId === null ? undefined : this.#table.get(sessionId);
    const app = session && apps.byRobotCode(session.robotCode);
    if (!session || !app || new Date(session.expiresAt) <= clock.now()) throw new LegacyError(300001, 'session 不存在');
    const conversation = conversations.get(session.conversationId);
    if (!conversation || conversation.disbanded) throw new LegacyError(400013, '群已解散');
    if (quota.isSpent('messages')) throw new LegacyError(90020, '您的企业本月Webhook与Stream消息量已达上限');
    const content = contentOfReply(reply);
    const unsafe = this.#world.settings.get().unsafeWords.find((word) => content.text.includes(word));
    if (unsafe !== undefined) throw new LegacyError(430104, '消息中含有不合适的内容');
    const at = mentionsOf(reply);
    const members = conversation.members.map((id) => company.get(id));
    const mentions = members
      .filter(
        (person) =>
          person && (at.all || at.userIds.includes(person.staffId ?? '') || at.mobiles.includes(person.phone)),
      )
      .map((person) => person?.id ?? '');
    conversations.add({ conversationId: conversation.id, from: { robot: session.robotCode }, ...content, mentions });
    quota.count('messages', app.clientId);
    return { clientId: app.clientId };
  }

  /** HTTP mode: the answer to a push may itself be a reply; anything else is ignored, as DingTalk ignores it. */
  replyInBody(sessionId: string, answer: string, clientId: string): void {
    let value: unknown;
    try {
      value = JSON.parse(answer);
    } catch {
      return;
    }
    const reply = REPLY.safeParse(value);
    if (!reply.success) return;
    try {
      this.reply(sessionId, reply.data);
    } catch (error) {
      if (!(error instanceof LegacyError)) throw error;
      this.#world.log.add({
        direction: 'in',
        kind: 'http',
        name: 'reply in the answer',
        status: error.errcode,
        violation: error.message,
        body: value,
        clientId,
      });
    }
  }
}

/** `POST /robot/sendBySession?session=…` */
export const sendBySession: Operation = {
  method: 'POST',
  path: '/robot/sendBySession',
  access: 'none',
  billed: false,
  run(call: Call): Answer {
    if (!(call.headers['content-type'] ?? '').includes('application/json'))
      throw new LegacyError(43004, '无效的HTTP HEADER Content-Type');
    if (call.raw.length > MAX_BYTES) throw new LegacyError(460101, 'message too long, exceed 20000 bytes');
    if (call.body === undefined) throw new LegacyError(40035, '缺少参数 json');
    const parsed = REPLY.safeParse(call.body);
    if (!parsed.success) {
      const isUnknownType = parsed.error.issues.some((issue) => issue.code === 'invalid_union');
      throw isUnknownType
        ? new LegacyError(400105, '不支持的消息类型')
        : new LegacyError(40035, `缺少参数 ${parsed.error.issues[0]?.path.join('.') ?? 'json'}`);
    }
    const unknown = unknownFields(call.body, parsed.data);
    if (unknown.length > 0) call.violation(`unknown fields: ${unknown.join(', ')}`);
    call.world.webhooks.reply(call.query.get('session'), parsed.data);
    return ok({ errcode: 0, errmsg: 'ok' });
  },
};
