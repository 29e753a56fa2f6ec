import type { z } from 'zod';
import { appOf, type Call } from '../http/operation.ts';
import { badRequest } from '../http/wire-error.ts';
import { linksOf } from '../robot/links.ts';
import { remember } from '../robot/sending.ts';
import type { Card, CardSpace } from './card.ts';
import type { DELIVER_MODELS } from './card-request.ts';
import { textOfCard } from './card-view.ts';

export interface DeliverResult {
  readonly spaceType: string;
  readonly spaceId: string;
  readonly success: boolean;
  readonly carrierId?: string;
  readonly errorMsg?: string;
}

type DeliverRequest = z.infer<typeof DELIVER_MODELS>;
const PREFIX = 'dtv1.card//';

/** Splits `dtv1.card//IM_GROUP.x;IM_ROBOT.y`; DingTalk's own samples write the types in lower case as well. */
export function readSpaceIds(openSpaceId: string): { spaceType: string; spaceId: string }[] {
  if (openSpaceId === '') throw badRequest('param.openSpaceIdEmpty', 'openSpaceId不能为空');
  if (!openSpaceId.startsWith(PREFIX)) throw badRequest('param.openSpaceIdInvalid', 'openSpaceId不合法');
  return openSpaceId
    .slice(PREFIX.length)
    .split(';')
    .filter((part) => part !== '')
    .map((part) => {
      const dot = part.indexOf('.');
      if (dot < 1 || dot === part.length - 1) throw badRequest('param.openSpaceIdInvalid', 'openSpaceId不合法');
      return { spaceType: part.slice(0, dot).toUpperCase(), spaceId: part.slice(dot + 1) };
    });
}

/** Puts a card into its places; each fails or succeeds on its own. */
export function deliver(call: Call, card: Card, request: DeliverRequest): DeliverResult[] {
  const places = readSpaceIds(request.openSpaceId ?? '');
  if (places.length === 0) throw badRequest('param.openSpaceIdInvalid', 'openSpaceId不合法');
  const models = [
    request.imGroupOpenDeliverModel,
    request.imRobotOpenDeliverModel,
    request.imSingleOpenDeliverModel,
    request.topOpenDeliverModel,
  ];
  if (models.every((model) => model === undefined)) throw badRequest('param.openDeliverModelEmpty', '投放模型不能为空');
  const results: DeliverResult[] = [];
  for (const { spaceType, spaceId } of places) {
    const outcome = deliverOne(call, call.world.cards.get(card.outTrackId) ?? card, request, spaceType, spaceId);
    results.push(
      typeof outcome === 'string'
        ? { spaceType, spaceId, success: false, errorMsg: outcome }
        : { spaceType, spaceId, success: true, carrierId: outcome.carrierId },
    );
  }
  return results;
}

/** One place; a text is the reason of a failure. */
function deliverOne(
  call: Call,
  card: Card,
  request: DeliverRequest,
  spaceType: string,
  spaceId: string,
): CardSpace | string {
  if (spaceType !== 'IM_GROUP' && spaceType !== 'IM_ROBOT') return `space type ${spaceType} is not available`;
  if (!card.models.includes(spaceType))
    return spaceType === 'IM_GROUP' ? 'imGroupOpenSpaceModel is empty' : 'imRobotOpenSpaceModel is empty';
  return spaceType === 'IM_GROUP'
    ? deliverToGroup(call, card, request, spaceId)
    : deliverToPerson(call, card, request, spaceId);
}

function deliverToGroup(call: Call, card: Card, request: DeliverRequest, spaceId: string): CardSpace | string {
  const { world } = call;
  const model = request.imGroupOpenDeliverModel;
  if (!model) return 'imGroupOpenDeliverModel is empty';
  if ((model.robotCode ?? '') === '') return 'robotCode is empty';
  if (model.robotCode !== appOf(call).robotCode) return 'robotCode is not authorised';
  const group = world.conversations.get(spaceId);
  if (group?.kind !== 'group' || group.disbanded) return 'openConversationId is invalid';
  if (!group.robots.includes(appOf(call).robotCode)) return 'robot is not in the group';
  const people = (ids: readonly string[]): string[] =>
    ids.map((id) => world.company.byUserId(id, card.userIdType)?.id).filter((id) => id !== undefined);
  const atIds = Object.keys(model.atUserIds ?? {});
  const mentions = atIds.includes('@ALL') ? [...group.members] : people(atIds);
  const visibleTo = model.recipients && model.recipients.length > 0 ? people(model.recipients) : undefined;
  return place(call, card, { spaceType: 'IM_GROUP', spaceId, conversationId: group.id, mentions, visibleTo });
}

function deliverToPerson(call: Call, card: Card, request: DeliverRequest, spaceId: string): CardSpace | string {
  const { world } = call;
  const app = appOf(call);
  const model = request.imRobotOpenDeliverModel;
  if (!model) return 'imRobotOpenDeliverModel is empty';
  if (model.spaceType !== 'IM_ROBOT') return 'imRobotOpenDeliverModel.spaceType must be IM_ROBOT';
  if (model.robotCode !== undefined && model.robotCode !== app.robotCode) return 'robotCode is not authorised';
  const person = world.company.byUserId(spaceId, card.userIdType);
  if (!person || person.outOfRange) return 'user does not exist';
  const chat = world.conversations.direct(person.id, app.robotCode, app.name);
  return place(call, card, { spaceType: 'IM_ROBOT', spaceId, conversationId: chat.id, personId: person.id });
}

interface Place {
  readonly spaceType: CardSpace['spaceType'];
  readonly spaceId: string;
  readonly conversationId: string;
  readonly personId?: string;
  readonly mentions?: readonly string[];
  readonly visibleTo?: readonly string[] | undefined;
}

function place(call: Call, card: Card, to: Place): CardSpace {
  const { world } = call;
  const app = appOf(call);
  const carrierId = world.ids.opaque('pqk');
  const { title, text } = textOfCard({ ...card.publicValues });
  const message = world.conversations.add({
    conversationId: to.conversationId,
    from: { robot: app.robotCode },
    kind: 'card',
    title,
    text,
    buttons: linksOf(text, { quickReplies: false }),
    outTrackId: card.outTrackId,
    processQueryKey: carrierId,
    mentions: to.mentions,
    visibleTo: to.visibleTo,
  });
  const isGroup = to.spaceType === 'IM_GROUP';
  remember(world, {
    processQueryKey: carrierId,
    robotCode: app.robotCode,
    kind: isGroup ? 'group' : 'oto',
    conversationId: isGroup ? to.conversationId : undefined,
    messages: [{ seq: message.seq, personId: to.personId }],
  });
  const space: CardSpace = {
    spaceType: to.spaceType,
    spaceId: to.spaceId,
    conversationId: to.conversationId,
    carrierId,
    seq: message.seq,
  };
  const current = world.cards.get(card.outTrackId) ?? card;
  world.cards.put({ ...current, spaces: [...current.spaces, space] });
  return space;
}
