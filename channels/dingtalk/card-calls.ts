import type { CallClass, CardDraft, CardFace, SendAnswer } from '../channel.ts';
import { answerOfFailure, callFailureOf } from './call-failure.ts';
import type { DingTalkCaller } from './dingtalk-caller.ts';
import type { SdkClients } from './sdk-clients.ts';
import { card } from './sdk-products.ts';

/** How presses come back: over the stream, or to an address that was registered under a key. */
export type CardCallback = { by: 'stream' } | { by: 'http'; routeKey: string };

export interface CardCallsParts {
  sdk: SdkClients;
  caller: DingTalkCaller;
  robotCode: string;
  /** The one template of all cards (docs/card-template.md). */
  templateId: string;
  callback: CardCallback;
}

/** Creates and changes cards (DingTalk: "Create and deliver cards", "Update a card"). */
export class CardCalls {
  readonly #parts: CardCallsParts;

  constructor(parts: CardCallsParts) {
    this.#parts = parts;
  }

  /** Creates and shows a card. The same `cardId` again is the same card: accepted, without `providerId`. */
  async create(draft: CardDraft, callClass: CallClass): Promise<SendAnswer> {
    const { sdk, caller } = this.#parts;
    const request = this.#creation(draft);
    let results: InstanceType<typeof card.CreateAndDeliverResponseBodyResult>['deliverResults'];
    try {
      const { body } = await caller.call({ api: 'card.createAndDeliver', callClass, bills: 'calls' }, (token) =>
        sdk.card.createAndDeliverWithOptions(
          request,
          new card.CreateAndDeliverHeaders({ xAcsDingtalkAccessToken: token }),
          sdk.runtime,
        ),
      );
      results = body?.result?.deliverResults;
      if (!body?.success) return refusedByPlatform('success: false');
    } catch (error) {
      // An earlier attempt whose answer was lost has made it.
      if (callFailureOf(error).code === 'param.cardAlreadyExist') return { outcome: 'accepted' };
      return answerOfFailure(error, true);
    }
    // HTTP 200 and success may hold a space that was not served.
    const failed = results?.find((result) => result.success === false);
    if (failed) return refusedByPlatform(`not delivered: ${failed.errorMsg ?? 'no reason given'}`);
    const providerId = results?.find((result) => result.carrierId)?.carrierId;
    return providerId ? { outcome: 'accepted', providerId } : { outcome: 'accepted' };
  }

  #creation(draft: CardDraft): InstanceType<typeof card.CreateAndDeliverRequest> {
    const { robotCode, templateId, callback } = this.#parts;
    const space = {
      supportForward: false,
      lastMessageI18n: { ZH_CN: draft.summary, ZH_TW: draft.summary, ZH_HK: draft.summary, EN_US: draft.summary },
      notification: { alertContent: draft.summary, notificationOff: false },
    };
    const place =
      'staffId' in draft.to
        ? {
            openSpaceId: `dtv1.card//IM_ROBOT.${draft.to.staffId}`,
            imRobotOpenSpaceModel: new card.CreateAndDeliverRequestImRobotOpenSpaceModel({
              ...space,
              notification: new card.CreateAndDeliverRequestImRobotOpenSpaceModelNotification(space.notification),
            }),
            imRobotOpenDeliverModel: new card.CreateAndDeliverRequestImRobotOpenDeliverModel({
              spaceType: 'IM_ROBOT',
              robotCode,
            }),
          }
        : {
            openSpaceId: `dtv1.card//IM_GROUP.${draft.to.conversationId}`,
            imGroupOpenSpaceModel: new card.CreateAndDeliverRequestImGroupOpenSpaceModel({
              ...space,
              notification: new card.CreateAndDeliverRequestImGroupOpenSpaceModelNotification(space.notification),
            }),
            imGroupOpenDeliverModel: new card.CreateAndDeliverRequestImGroupOpenDeliverModel({ robotCode }),
          };
    const privateData = privateDataOf(draft.face);
    return new card.CreateAndDeliverRequest({
      cardTemplateId: templateId,
      outTrackId: draft.cardId,
      // Without a type no press comes back, whatever the console says.
      ...(callback.by === 'stream'
        ? { callbackType: 'STREAM' }
        : { callbackType: 'HTTP', callbackRouteKey: callback.routeKey }),
      userIdType: 1,
      cardData: new card.CreateAndDeliverRequestCardData({ cardParamMap: draft.face.shared }),
      ...(privateData ? { privateData } : {}),
      ...place,
    });
  }

  /** Changes the named values and keeps the others; doing it twice is the same as once. */
  async update(cardId: string, face: CardFace, callClass: CallClass): Promise<SendAnswer> {
    const { sdk, caller } = this.#parts;
    const privateData = privateDataOf(face);
    const hasShared = Object.keys(face.shared).length > 0;
    const request = new card.UpdateCardRequest({
      outTrackId: cardId,
      userIdType: 1,
      ...(hasShared ? { cardData: new card.UpdateCardRequestCardData({ cardParamMap: face.shared }) } : {}),
      ...(privateData ? { privateData } : {}),
      // The platform's default would throw away every value that is not named.
      cardUpdateOptions: new card.UpdateCardRequestCardUpdateOptions({
        updateCardDataByKey: true,
        updatePrivateDataByKey: true,
      }),
    });
    try {
      const { body } = await caller.call({ api: 'card.updateCard', callClass, bills: 'calls' }, (token) =>
        sdk.card.updateCardWithOptions(
          request,
          new card.UpdateCardHeaders({ xAcsDingtalkAccessToken: token }),
          sdk.runtime,
        ),
      );
      return body?.success ? { outcome: 'accepted' } : refusedByPlatform('success: false');
    } catch (error) {
      return answerOfFailure(error, true);
    }
  }

  /** Registers the address that presses are posted to in HTTP mode; repeated with every start. @throws CallFailure */
  async registerCallback(route: { url: string; routeKey: string; apiSecret: string }): Promise<void> {
    const { sdk, caller } = this.#parts;
    const request = new card.RegisterCallbackRequest({
      callbackUrl: route.url,
      callbackRouteKey: route.routeKey,
      apiSecret: route.apiSecret,
      forceUpdate: true,
    });
    await caller.call({ api: 'card.registerCallback', callClass: 'urgent', bills: 'calls' }, (token) =>
      sdk.card.registerCallbackWithOptions(
        request,
        new card.RegisterCallbackHeaders({ xAcsDingtalkAccessToken: token }),
        sdk.runtime,
      ),
    );
  }
}

function privateDataOf(face: CardFace): Record<string, InstanceType<typeof card.PrivateDataValue>> | undefined {
  const people = Object.entries(face.personal ?? {});
  if (people.length === 0) return undefined;
  return Object.fromEntries(
    people.map(([staffId, cardParamMap]) => [staffId, new card.PrivateDataValue({ cardParamMap })]),
  );
}

function refusedByPlatform(detail: string): SendAnswer {
  return { outcome: 'refused', kind: 'recipient_invalid', retryAfterMs: null, detail };
}
