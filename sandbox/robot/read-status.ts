import { z } from 'zod';
import { type Answer, appOf, type Call, type Operation, ok } from '../http/operation.ts';
import { readRequest } from '../http/validate.ts';
import { badRequest } from '../http/wire-error.ts';
import type { World } from '../world.ts';
import { groupOf } from './group-send.ts';
import { checkRobot, type Sending } from './sending.ts';

const DAY_MS = 24 * 3_600_000;
const MAX_PAGE = 200;

/** A sending that may still be asked about: 24 hours from the send. */
function fresh(world: World, key: string, robotCode: string): Sending {
  const sending = world.sendings.get(key);
  const isOld = sending && world.clock.now().getTime() - new Date(sending.at).getTime() > DAY_MS;
  if (!sending || sending.robotCode !== robotCode || isOld)
    throw badRequest('processQueryKey.expireTime', 'processQueryKey不存在或已过期');
  return sending;
}

function sendStatus(world: World, sending: Sending): string {
  if (sending.recalled) return 'RECALLED';
  return Date.now() - sending.sentAtMs < world.settings.get().processingMs ? 'PROCESSING' : 'SUCCESS';
}

/** `GET /v1.0/robot/oToMessages/readStatus` */
export const directReadStatus: Operation = {
  method: 'GET',
  path: '/v1.0/robot/oToMessages/readStatus',
  access: 'token',
  billed: true,
  scope: 'qyapi_robot_sendmsg',
  run(call: Call): Answer {
    const { world } = call;
    const robotCode = call.query.get('robotCode') ?? '';
    checkRobot(world, appOf(call), robotCode);
    const sending = fresh(world, call.query.get('processQueryKey') ?? '', robotCode);
    const messageReadInfoList = sending.messages.map(({ seq, personId }) => {
      const person = world.company.get(personId ?? '');
      const isRead = person !== undefined && world.conversations.message(seq)?.readBy[person.id] !== undefined;
      return { name: person?.name ?? '', userId: person?.staffId ?? '', readStatus: isRead ? 'READ' : 'UNREAD' };
    });
    return ok({ sendStatus: sendStatus(world, sending), messageReadInfoList });
  },
};

const GROUP_QUERY = z.object({
  openConversationId: z.string().default(''),
  robotCode: z.string().default(''),
  processQueryKey: z.string().default(''),
  maxResults: z.number().int().optional(),
  nextToken: z.string().optional(),
});

/** `POST /v1.0/robot/groupMessages/query` */
export const groupReadStatus: Operation = {
  method: 'POST',
  path: '/v1.0/robot/groupMessages/query',
  access: 'token',
  billed: true,
  scope: 'qyapi_robot_sendmsg',
  run(call: Call): Answer {
    const { world } = call;
    const request = readRequest(call, GROUP_QUERY);
    checkRobot(world, appOf(call), request.robotCode);
    const size = request.maxResults ?? MAX_PAGE;
    if (size < 1 || size > MAX_PAGE) throw badRequest('invalidParameter.pageSize.invalid', 'maxResults不合法');
    const from = Number(request.nextToken || '0');
    if (!Number.isInteger(from) || from < 0) throw badRequest('invalidParameter.cursor.invalid', 'nextToken不合法');
    const group = groupOf(world, request.openConversationId, request.robotCode);
    const sending = fresh(world, request.processQueryKey, request.robotCode);
    if (sending.conversationId !== group.id) throw badRequest('conversation.org.dismatch', '消息不在该群');
    const readers = new Set(
      sending.messages.flatMap(({ seq }) => Object.keys(world.conversations.message(seq)?.readBy ?? {})),
    );
    const userIds = [...readers].map((id) => world.company.get(id)?.staffId).filter((id) => id !== undefined);
    const hasMore = from + size < userIds.length;
    return ok({
      sendStatus: sendStatus(world, sending),
      readUserIds: userIds.slice(from, from + size),
      hasMore,
      nextToken: hasMore ? String(from + size) : '',
    });
  },
};

const MAX_KEYS = 20;
const RECALL = z.object({ robotCode: z.string().default(''), processQueryKeys: z.array(z.string()).default([]) });
const GROUP_RECALL = RECALL.extend({ openConversationId: z.string().default('') });

/** Takes messages back; they leave no trace. Each key fails or succeeds on its own. */
function recall(
  world: World,
  robotCode: string,
  keys: readonly string[],
  kind: Sending['kind'],
  conversationId?: string,
): Answer {
  if (keys.length === 0) throw badRequest('invalidParameter.processQueryKeys.empty', 'processQueryKeys不能为空');
  if (keys.length > MAX_KEYS)
    throw badRequest('invalidParameter.processQueryKeys.overMax', 'processQueryKeys超过最大数量');
  const successResult: string[] = [];
  const failedResult: Record<string, string> = {};
  for (const key of keys) {
    const sending = world.sendings.get(key);
    const isMine =
      sending &&
      sending.robotCode === robotCode &&
      sending.kind === kind &&
      (conversationId === undefined || sending.conversationId === conversationId);
    if (!isMine || world.clock.now().getTime() - new Date(sending.at).getTime() > DAY_MS) {
      failedResult[key] = isMine ? 'robot.processQueryKey.expired' : 'processQueryKey.notExist';
      continue;
    }
    for (const { seq } of sending.messages) world.conversations.changeMessage(seq, { recalled: true });
    world.sendings.put(key, { ...sending, recalled: true });
    successResult.push(key);
  }
  return ok({ successResult, failedResult });
}

/** `POST /v1.0/robot/otoMessages/batchRecall`, with DingTalk's own lower-case "oto". */
export const directRecall: Operation = {
  method: 'POST',
  path: '/v1.0/robot/otoMessages/batchRecall',
  access: 'token',
  billed: true,
  scope: 'qyapi_robot_sendmsg',
  run(call: Call): Answer {
    const request = readRequest(call, RECALL);
    checkRobot(call.world, appOf(call), request.robotCode);
    return recall(call.world, request.robotCode, request.processQueryKeys, 'oto');
  },
};

/** `POST /v1.0/robot/groupMessages/recall` */
export const groupRecall: Operation = {
  method: 'POST',
  path: '/v1.0/robot/groupMessages/recall',
  access: 'token',
  billed: true,
  scope: 'qyapi_robot_sendmsg',
  run(call: Call): Answer {
    const request = readRequest(call, GROUP_RECALL);
    checkRobot(call.world, appOf(call), request.robotCode);
    groupOf(call.world, request.openConversationId, request.robotCode);
    return recall(call.world, request.robotCode, request.processQueryKeys, 'group', request.openConversationId);
  },
};
