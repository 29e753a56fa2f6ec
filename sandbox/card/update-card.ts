import { z } from 'zod';
import { type Answer, appOf, type Call, type Operation, ok } from '../http/operation.ts';
import { readRequest } from '../http/validate.ts';
import { badRequest } from '../http/wire-error.ts';
import type { World } from '../world.ts';
import type { Card, CardValues } from './card.ts';
import { CARD_DATA, checkValues, PRIVATE_DATA, readPrivateData } from './card-request.ts';

export const UPDATE_OPTIONS = z.object({
  updateCardDataByKey: z.boolean().optional(),
  updatePrivateDataByKey: z.boolean().optional(),
});

const UPDATE = z.object({
  outTrackId: z.string().default(''),
  userIdType: z.number().int().optional(),
  cardData: CARD_DATA.optional(),
  privateData: PRIVATE_DATA.optional(),
  cardUpdateOptions: UPDATE_OPTIONS.optional(),
});

export interface CardChange {
  readonly publicValues?: CardValues | undefined;
  readonly privateValues?: Readonly<Record<string, CardValues>> | undefined;
  readonly byKey?: boolean | undefined;
  readonly privateByKey?: boolean | undefined;
}

/** Changes a card's data. The whole set is replaced unless a change by key was asked for. */
export function changeCard(world: World, card: Card, change: CardChange): Card {
  const publicValues = change.publicValues
    ? change.byKey
      ? { ...card.publicValues, ...change.publicValues }
      : change.publicValues
    : card.publicValues;
  const privateValues = { ...card.privateValues };
  for (const [personId, values] of Object.entries(change.privateValues ?? {})) {
    privateValues[personId] = change.privateByKey ? { ...privateValues[personId], ...values } : values;
  }
  const changed = world.cards.put({ ...card, publicValues, privateValues, updatedAt: world.clock.now().toISOString() });
  const conversationIds = [...new Set(changed.spaces.map((space) => space.conversationId))];
  world.feed.emit({ type: 'card', data: { outTrackId: card.outTrackId, conversationIds } });
  return changed;
}

/** `PUT /v1.0/card/instances` */
export const updateCard: Operation = {
  method: 'PUT',
  path: '/v1.0/card/instances',
  access: 'token',
  billed: true,
  scope: 'Card.Instance.Write',
  run(call: Call): Answer {
    const { world } = call;
    const request = readRequest(call, UPDATE, 'param.invalid');
    if (request.outTrackId === '') throw badRequest('param.outTrackIdEmpty', 'outTrackId不能为空');
    const card = world.cards.get(request.outTrackId);
    if (!card || card.clientId !== appOf(call).clientId) throw badRequest('param.cardNotExist', '卡片不存在');
    if (!request.cardData?.cardParamMap && !request.privateData)
      throw badRequest('param.cardDataAndPrivateDataBothEmpty', 'cardData和privateData不能同时为空');
    if (world.presses.isWaiting(card.outTrackId))
      call.violation('the card was updated before the press on it was answered');
    changeCard(world, card, {
      publicValues: request.cardData?.cardParamMap && checkValues(world, request.cardData.cardParamMap),
      privateValues:
        request.privateData && readPrivateData(world, request.privateData, request.userIdType ?? card.userIdType),
      byKey: request.cardUpdateOptions?.updateCardDataByKey,
      privateByKey: request.cardUpdateOptions?.updatePrivateDataByKey,
    });
    return ok({ success: true, result: true });
  },
};

const REGISTER = z.object({
  callbackUrl: z.string().default(''),
  callbackRouteKey: z.string().default(''),
  apiSecret: z.string().optional(),
  forceUpdate: z.boolean().optional(),
});

/** `POST /v1.0/card/callbacks/register` */
export const registerCallback: Operation = {
  method: 'POST',
  path: '/v1.0/card/callbacks/register',
  access: 'token',
  billed: true,
  scope: 'Card.Instance.Write',
  run(call: Call): Answer {
    const request = readRequest(call, REGISTER, 'param.invalid');
    const { clientId } = appOf(call);
    if (request.callbackUrl === '') throw badRequest('param.empty', 'callbackUrl不能为空');
    if (call.world.cards.route(clientId, request.callbackRouteKey) && !request.forceUpdate) {
      // DingTalk answers 500 here, although the caller is at fault.
      return {
        status: 500,
        body: {
          code: 'param.callbackRouteKeyExist',
          requestid: call.world.ids.uuid('request').toUpperCase(),
          message: 'callbackRouteKey已存在',
        },
      };
    }
    const apiSecret = request.apiSecret ?? '';
    call.world.cards.putRoute({
      clientId,
      callbackRouteKey: request.callbackRouteKey,
      callbackUrl: request.callbackUrl,
      apiSecret,
    });
    return ok({
      success: true,
      result: { callbackUrl: request.callbackUrl, ...(apiSecret === '' ? {} : { apiSecret }) },
    });
  },
};
