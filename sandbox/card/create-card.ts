import type { z } from 'zod';
import { type Answer, appOf, type Call, type Operation, ok } from '../http/operation.ts';
import { readRequest } from '../http/validate.ts';
import { badRequest } from '../http/wire-error.ts';
import type { Card } from './card.ts';
import {
  CREATE,
  CREATE_AND_DELIVER,
  type CreateRequest,
  checkValues,
  DELIVER,
  readPrivateData,
  SPACE_MODELS,
} from './card-request.ts';
import { type DeliverResult, deliver } from './deliver-card.ts';

const BAD = 'param.invalid';

/** Makes the instance. Throws DingTalk's refusals. */
function create(call: Call, request: CreateRequest): Card {
  const { world } = call;
  if (request.outTrackId === '') throw badRequest('param.outTrackIdEmpty', 'outTrackId不能为空');
  if (request.cardTemplateId === '') throw badRequest('param.cardTemplateIdEmpty', 'cardTemplateId不能为空');
  if (!request.cardData?.cardParamMap) throw badRequest('param.cardPublicDataEmpty', 'cardData不能为空');
  if (world.cards.get(request.outTrackId)) throw badRequest('param.cardAlreadyExist', '卡片已存在');
  const userIdType = request.userIdType ?? 1;
  if (request.userId !== undefined && !world.company.byUserId(request.userId, userIdType))
    throw badRequest('param.userIdNotExist', 'userId不存在');
  const now = world.clock.now().toISOString();
  return world.cards.put({
    outTrackId: request.outTrackId,
    clientId: appOf(call).clientId,
    templateId: request.cardTemplateId,
    callbackType: request.callbackType === '' ? undefined : request.callbackType,
    callbackRouteKey: request.callbackRouteKey,
    userIdType,
    publicValues: checkValues(world, request.cardData.cardParamMap),
    privateValues: readPrivateData(world, request.privateData ?? {}, userIdType),
    models: modelsOf(request),
    spaces: [],
    createdAt: now,
    updatedAt: now,
  });
}

function modelsOf(request: z.infer<typeof SPACE_MODELS>): Card['models'] {
  return [
    ...(request.imGroupOpenSpaceModel ? (['IM_GROUP'] as const) : []),
    ...(request.imRobotOpenSpaceModel ? (['IM_ROBOT'] as const) : []),
  ];
}

/** `POST /v1.0/card/instances` */
export const createCard: Operation = {
  method: 'POST',
  path: '/v1.0/card/instances',
  access: 'token',
  billed: true,
  scope: 'Card.Instance.Write',
  run(call: Call): Answer {
    const card = create(call, readRequest(call, CREATE, BAD));
    return ok({ result: card.outTrackId, success: true });
  },
};

/** `POST /v1.0/card/instances/deliver` */
export const deliverCard: Operation = {
  method: 'POST',
  path: '/v1.0/card/instances/deliver',
  access: 'token',
  billed: true,
  scope: 'Card.Instance.Write',
  run(call: Call): Answer {
    const request = readRequest(call, DELIVER, BAD);
    if (request.outTrackId === '') throw badRequest('param.outTrackIdEmpty', 'outTrackId不能为空');
    const card = call.world.cards.get(request.outTrackId);
    if (!card) throw badRequest('param.cardNotExist', '卡片不存在');
    const result: DeliverResult[] = deliver(call, card, request);
    return ok({ success: true, result });
  },
};

/** `POST /v1.0/card/instances/createAndDeliver`: a failing place is told in its item, the call succeeds. */
export const createAndDeliverCard: Operation = {
  method: 'POST',
  path: '/v1.0/card/instances/createAndDeliver',
  access: 'token',
  billed: true,
  scope: 'Card.Instance.Write',
  run(call: Call): Answer {
    const request = readRequest(call, CREATE_AND_DELIVER, BAD);
    if ((request.openSpaceId ?? '') === '') throw badRequest('param.openSpaceIdEmpty', 'openSpaceId不能为空');
    const card = create(call, request);
    const deliverResults = deliver(call, card, request);
    return ok({ success: true, result: { outTrackId: card.outTrackId, deliverResults } });
  },
};

/** `PUT /v1.0/card/instances/spaces`: lets an existing card go to further kinds of places. */
export const appendSpace: Operation = {
  method: 'PUT',
  path: '/v1.0/card/instances/spaces',
  access: 'token',
  billed: true,
  scope: 'Card.Instance.Write',
  run(call: Call): Answer {
    const request = readRequest(call, SPACE_MODELS.extend({ outTrackId: DELIVER.shape.outTrackId }), BAD);
    const card = call.world.cards.get(request.outTrackId);
    if (!card) throw badRequest('param.cardNotExist', '卡片不存在');
    call.world.cards.put({ ...card, models: [...new Set([...card.models, ...modelsOf(request)])] });
    return ok({ success: true, result: true });
  },
};
