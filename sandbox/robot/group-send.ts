import { z } from 'zod';
import { type Answer, appOf, type Call, type Operation, ok } from '../http/operation.ts';
import { readRequest } from '../http/validate.ts';
import { badRequest } from '../http/wire-error.ts';
import type { World } from '../world.ts';
import type { Conversation } from './conversation.ts';
import { readMessageTemplate } from './message-template.ts';
import { checkContent, checkRobot, post, remember } from './sending.ts';

const REQUEST = z.object({
  robotCode: z.string().default(''),
  openConversationId: z.string().default(''),
  msgKey: z.string().default(''),
  msgParam: z.string().default(''),
  coolAppCode: z.string().optional(),
  token: z.string().optional(),
});

/** The group of an id in which a robot is; throws DingTalk's refusals. One-to-one chats are no groups. */
export function groupOf(world: World, openConversationId: string, robotCode: string): Conversation {
  if (openConversationId === '') throw badRequest('miss.openConversationId', '缺少openConversationId');
  const group = world.conversations.get(openConversationId);
  if (group?.kind !== 'group') throw badRequest('invalid.openConversationId', 'openConversationId不合法');
  if (group.disbanded) throw badRequest('group.disbanded', '群已解散');
  if (!group.robots.includes(robotCode)) throw badRequest('invalid.openConversationId', '机器人不在群内');
  return group;
}

/** `POST /v1.0/robot/groupMessages/send` */
export const groupSend: Operation = {
  method: 'POST',
  path: '/v1.0/robot/groupMessages/send',
  access: 'token',
  billed: true,
  scope: 'qyapi_robot_sendmsg',
  run(call: Call): Answer {
    const { world } = call;
    const app = appOf(call);
    const request = readRequest(call, REQUEST);
    checkRobot(world, app, request.robotCode);
    const group = groupOf(world, request.openConversationId, app.robotCode);
    const content = readMessageTemplate(request.msgKey, request.msgParam);
    checkContent(world, content);
    const processQueryKey = world.ids.opaque('pqk');
    const seq = post(world, group.id, app, content, processQueryKey);
    const messages = seq === undefined ? [] : [{ seq }];
    remember(world, { processQueryKey, robotCode: app.robotCode, kind: 'group', conversationId: group.id, messages });
    return ok({ processQueryKey });
  },
};
