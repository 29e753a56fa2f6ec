import type { Timers } from '../../lib/timers.ts';
import type { SendAnswer, StaffChannel } from '../channel.ts';
import type { Log } from '../log.ts';
import { AccessToken } from './access-token.ts';
import { CalendarCalls } from './calendar-calls.ts';
import { type CardCallback, CardCalls } from './card-calls.ts';
import { DingTalkCaller } from './dingtalk-caller.ts';
import { Directory } from './directory.ts';
import { downloadFileFrom } from './file-download.ts';
import type { Governor } from './governor.ts';
import { LegacyApi } from './legacy-api.ts';
import { RobotMessages } from './robot-messages.ts';
import { createSdkClients } from './sdk-clients.ts';
import { replyByWebhook } from './webhook-replies.ts';

export interface DingTalkChannelOptions {
  clientId: string;
  clientSecret: string;
  /** Default: the clientId, as for applications of one organisation. */
  robotCode?: string;
  /** The one card template (docs/card-template.md); without it there are no cards. */
  cardTemplateId?: string;
  /** How presses come back; default by stream. */
  cardCallback?: CardCallback;
  /** Default https://api.dingtalk.com. */
  apiBase?: string;
  /** Default https://oapi.dingtalk.com. */
  oapiBase?: string;
  governor: Governor;
  timers: Timers;
  log: Log;
  /** Limit of one call; default 10 s. */
  callTimeoutMs?: number;
  fetch?: typeof fetch;
}

/** DingTalk as a staff channel. */
export interface DingTalkChannel extends StaffChannel {
  /** Registers where presses are posted to in HTTP mode. @throws CallFailure */
  registerCardCallback(route: { url: string; routeKey: string; apiSecret: string }): Promise<void>;
}

const NO_CARDS: SendAnswer = {
  outcome: 'refused',
  kind: 'bad_request',
  retryAfterMs: null,
  detail: 'no card template is configured (DINGTALK_CARD_TEMPLATE_ID)',
};

/** Puts the parts of the DingTalk channel together. */
export function createDingTalkChannel(options: DingTalkChannelOptions): DingTalkChannel {
  const { clientId, clientSecret, governor, timers, log, callTimeoutMs: timeoutMs = 10_000 } = options;
  const robotCode = options.robotCode ?? clientId;
  const fetching = options.fetch ?? fetch;
  const sdk = createSdkClients(options.apiBase ?? 'https://api.dingtalk.com', timeoutMs);
  const token = new AccessToken({ sdk, clientId, clientSecret, timers });
  const caller = new DingTalkCaller({ token, governor, log });
  const oapiBase = (options.oapiBase ?? 'https://oapi.dingtalk.com').replace(/\/$/, '');
  const legacy = new LegacyApi({ oapiBase, timeoutMs, fetch: fetching }, caller);
  const directory = new Directory(legacy, timers);
  const messages = new RobotMessages({ sdk, caller, robotCode });
  const calendar = new CalendarCalls({ sdk, caller, directory });
  const callback = options.cardCallback ?? { by: 'stream' };
  const cards = new CardCalls({ sdk, caller, robotCode, templateId: options.cardTemplateId ?? '', callback });
  const hasCards = Boolean(options.cardTemplateId);
  return {
    sendDirect: (staffIds, body, callClass) => messages.sendDirect(staffIds, body, callClass),
    sendGroup: (conversationId, body, callClass) => messages.sendGroup(conversationId, body, callClass),
    replyByWebhook: (url, body, mentionStaffIds = []) => replyByWebhook(legacy, { url, body, mentionStaffIds }),
    createCard: async (draft, callClass) => (hasCards ? cards.create(draft, callClass) : NO_CARDS),
    updateCard: (cardId, face, callClass) => cards.update(cardId, face, callClass),
    hasCards: () => hasCards,
    createCalendarEntry: (draft, onceKey) => calendar.create(draft, onceKey),
    changeCalendarEntry: (entryId, draft) => calendar.change(entryId, draft),
    deleteCalendarEntry: (entryId, organizerStaffId) => calendar.delete(entryId, organizerStaffId),
    busyTimes: (staffIds, from, to) => calendar.busyTimes(staffIds, from, to),
    readState: (providerId) => messages.readState(providerId),
    downloadFile: async (downloadCode) =>
      downloadFileFrom(await messages.downloadUrl(downloadCode), { fetch: fetching, timeoutMs }),
    findPerson: (staffId) => directory.find(staffId),
    registerCardCallback: (route) => cards.registerCallback(route),
  };
}
