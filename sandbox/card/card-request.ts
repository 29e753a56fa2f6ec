import { z } from 'zod';
import { badRequest } from '../http/wire-error.ts';
import type { World } from '../world.ts';
import type { CardValues } from './card.ts';

const MAX_KEY_BYTES = 100;

/** Every value of a card is a string; anything else is refused. */
export const CARD_DATA = z.object({ cardParamMap: z.record(z.string(), z.string()).optional() });
export const PRIVATE_DATA = z.record(z.string(), CARD_DATA);

const I18N = z.record(z.string(), z.string());
const SEARCH = z.object({
  searchIcon: z.string().optional(),
  searchTypeName: z.string().optional(),
  searchDesc: z.string().optional(),
});
const NOTIFICATION = z.object({ alertContent: z.string().optional(), notificationOff: z.boolean().optional() });
const SPACE_MODEL = z.object({
  supportForward: z.boolean().optional(),
  lastMessageI18n: I18N.optional(),
  searchSupport: SEARCH.optional(),
  notification: NOTIFICATION.optional(),
});

/** Models of a card's places; the ones of places this sandbox does not have are read and left alone. */
export const SPACE_MODELS = z.object({
  imGroupOpenSpaceModel: SPACE_MODEL.optional(),
  imRobotOpenSpaceModel: SPACE_MODEL.optional(),
  imSingleOpenSpaceModel: SPACE_MODEL.optional(),
  topOpenSpaceModel: z.record(z.string(), z.unknown()).optional(),
  coFeedOpenSpaceModel: z.record(z.string(), z.unknown()).optional(),
});

export const DELIVER_MODELS = z.object({
  openSpaceId: z.string().optional(),
  imGroupOpenDeliverModel: z
    .object({
      robotCode: z.string().optional(),
      atUserIds: z.record(z.string(), z.string()).optional(),
      recipients: z.array(z.string()).optional(),
      extension: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
  imRobotOpenDeliverModel: z
    .object({
      spaceType: z.string().optional(),
      robotCode: z.string().optional(),
      extension: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
  imSingleOpenDeliverModel: z.record(z.string(), z.unknown()).optional(),
  topOpenDeliverModel: z.record(z.string(), z.unknown()).optional(),
});

export const CREATE = SPACE_MODELS.extend({
  cardTemplateId: z.string().default(''),
  outTrackId: z.string().default(''),
  userId: z.string().optional(),
  userIdType: z.number().int().optional(),
  callbackType: z.enum(['STREAM', 'HTTP', '']).optional(),
  callbackRouteKey: z.string().optional(),
  cardData: CARD_DATA.optional(),
  privateData: PRIVATE_DATA.optional(),
  cardAtUserIds: z.array(z.string()).optional(),
  openDynamicDataConfig: z.unknown().optional(),
});
export type CreateRequest = z.infer<typeof CREATE>;

export const DELIVER = DELIVER_MODELS.extend({
  outTrackId: z.string().default(''),
  userIdType: z.number().int().optional(),
});
export const CREATE_AND_DELIVER = CREATE.extend(DELIVER_MODELS.shape);

/** Private data by person instead of by whatever id the caller uses. Throws when a person does not exist. */
export function readPrivateData(
  world: World,
  data: z.infer<typeof PRIVATE_DATA>,
  userIdType: number,
): Record<string, CardValues> {
  const byPerson: Record<string, CardValues> = {};
  for (const [userId, { cardParamMap }] of Object.entries(data)) {
    const person = world.company.byUserId(userId, userIdType);
    if (!person) throw badRequest('param.userIdNotExist', `userId不存在 ${userId}`);
    byPerson[person.id] = checkValues(world, cardParamMap ?? {});
  }
  return byPerson;
}

/** Refuses keys that are too long and content that was declared unsafe. */
export function checkValues(world: World, values: CardValues): CardValues {
  const longKey = Object.keys(values).find((key) => Buffer.byteLength(key) > MAX_KEY_BYTES);
  if (longKey !== undefined) throw badRequest('param.invalid', `key过长 ${longKey.slice(0, 20)}`);
  const unsafe = world.settings
    .get()
    .unsafeWords.find((word) => Object.values(values).some((value) => value.includes(word)));
  if (unsafe !== undefined) throw badRequest('param.contentUnsafe', '内容不安全');
  return values;
}
