import { z } from 'zod';
import { type Answer, appOf, type Call, type Operation, ok } from '../http/operation.ts';
import { readRequest } from '../http/validate.ts';
import { badRequest } from '../http/wire-error.ts';
import { readMessageTemplate } from './message-template.ts';
import { checkContent, checkRobot, post, remember, type Sending } from './sending.ts';

const MAX_RECEIVERS = 20;
const REQUEST = z.object({
  robotCode: z.string().default(''),
  userIds: z.array(z.string()).default([]),
  msgKey: z.string().default(''),
  msgParam: z.string().default(''),
});

/** `POST /v1.0/robot/oToMessages/batchSend`: partial success is a success. */
export const batchSend: Operation = {
  method: 'POST',
  path: '/v1.0/robot/oToMessages/batchSend',
  access: 'token',
  billed: true,
  scope: 'qyapi_robot_sendmsg',
  run(call: Call): Answer {
    const { world } = call;
    const app = appOf(call);
    const request = readRequest(call, REQUEST);
    checkRobot(world, app, request.robotCode);
    if (request.userIds.length === 0) throw badRequest('invalidParameter.userIds.empty', 'userIds不能为空');
    if (request.userIds.length > MAX_RECEIVERS)
      throw badRequest('invalidParameter.userIds.overMax', 'userIds超过最大数量100');
    const content = readMessageTemplate(request.msgKey, request.msgParam);
    checkContent(world, content);
    const processQueryKey = world.ids.opaque('pqk');
    const held = world.settings.get().flowControlled;
    const invalidStaffIdList: string[] = [];
    const flowControlledStaffIdList: string[] = [];
    const messages: { seq: number; personId: string }[] = [];
    for (const userId of new Set(request.userIds)) {
      const person = world.company.byStaffId(userId);
      if (!person || person.outOfRange) {
        invalidStaffIdList.push(userId);
      } else if (held.includes(userId)) {
        flowControlledStaffIdList.push(userId);
      } else {
        const chat = world.conversations.direct(person.id, app.robotCode, app.name);
        const seq = post(world, chat.id, app, content, processQueryKey);
        if (seq !== undefined) messages.push({ seq, personId: person.id });
      }
    }
    const sending: Omit<Sending, 'at' | 'sentAtMs'> = {
      processQueryKey,
      robotCode: app.robotCode,
      kind: 'oto',
      messages,
    };
    remember(world, sending);
    return ok({ processQueryKey, invalidStaffIdList, flowControlledStaffIdList });
  },
};
