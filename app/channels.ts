import type { CandidateChannel, Receiver } from '../channels/channel.ts';
import { createCandidateDingTalkChannel } from '../channels/dingtalk/candidate-dingtalk-channel.ts';
import { createDingTalkChannel, type DingTalkChannel } from '../channels/dingtalk/dingtalk-api.ts';
import { Governor } from '../channels/dingtalk/governor.ts';
import { createHttpReceiver, type HttpReceiver } from '../channels/dingtalk/http-receiver.ts';
import type { QuotaWarning } from '../channels/dingtalk/quota-book.ts';
import { createStreamReceiver, type StreamGap } from '../channels/dingtalk/stream-receiver.ts';
import { createEmailChannel } from '../channels/email/email-channel.ts';
import { createHttpSmsChannel } from '../channels/sms/http-sms-channel.ts';
import type { Timers } from '../lib/timers.ts';
import type { Office } from '../recruiting/unit/office.ts';
import type { Config } from './config.ts';

/** Every way in and out. */
export interface Channels {
  governor: Governor;
  staff: DingTalkChannel;
  candidates: Partial<Record<CandidateChannel['name'], CandidateChannel>>;
  receiver: Receiver;
  /** Present when DingTalk posts to us instead of the stream. */
  http: HttpReceiver | undefined;
}

/** What the channels tell the rest of the app. */
export interface ChannelEvents {
  onGap(gap: StreamGap): Promise<void>;
  onQuotaWarning(warning: QuotaWarning): Promise<void>;
}

/** Puts the channels together by configuration. */
export function createChannels(config: Config, office: Office, timers: Timers, events: ChannelEvents): Channels {
  const { dingtalk } = config;
  const { clock, log, models } = office;
  const base = {
    ...(dingtalk.apiBase ? { apiBase: dingtalk.apiBase } : {}),
    ...(dingtalk.oapiBase ? { oapiBase: dingtalk.oapiBase } : {}),
  };
  const credentials = { clientId: dingtalk.clientId, clientSecret: dingtalk.clientSecret };
  const governor = new Governor({ models, clock, timers, log, onWarning: events.onQuotaWarning });
  const byHttp = dingtalk.receiver === 'http';
  const cardRoute = { url: `${office.pagesUrl()}/dingtalk/card`, routeKey: dingtalk.clientId };
  const staff = createDingTalkChannel({
    ...credentials,
    ...base,
    robotCode: dingtalk.robotCode,
    ...(dingtalk.cardTemplateId ? { cardTemplateId: dingtalk.cardTemplateId } : {}),
    ...(byHttp ? { cardCallback: { by: 'http' as const, routeKey: cardRoute.routeKey } } : {}),
    governor,
    timers,
    log,
  });
  const http = byHttp
    ? createHttpReceiver({
        clientSecret: dingtalk.clientSecret,
        clock,
        log,
        ...(dingtalk.cardTemplateId
          ? {
              cards: {
                callbackUrl: cardRoute.url,
                routeKey: cardRoute.routeKey,
                register: (route) => staff.registerCardCallback(route),
              },
            }
          : {}),
      })
    : undefined;
  const receiver =
    http ??
    createStreamReceiver({
      ...credentials,
      ...(dingtalk.apiBase ? { apiBase: dingtalk.apiBase } : {}),
      clock,
      timers,
      log,
      onGap: events.onGap,
    });
  return { governor, staff, candidates: candidateChannels(config, office, staff), receiver, http };
}

function candidateChannels(config: Config, office: Office, staff: DingTalkChannel): Channels['candidates'] {
  const channels: Channels['candidates'] = { dingtalk: createCandidateDingTalkChannel(staff) };
  if (config.mail.url) {
    const server = new URL(config.mail.url);
    const secure = server.protocol === 'smtps:';
    channels.email = createEmailChannel({
      smtp: {
        host: server.hostname,
        port: Number(server.port || (secure ? 465 : 587)),
        secure,
        ...(server.username ? { user: decodeURIComponent(server.username) } : {}),
        ...(server.password ? { password: decodeURIComponent(server.password) } : {}),
      },
      from: senderOf(config.mail.from ?? 'hr@localhost'),
      clock: office.clock,
    });
  }
  if (config.sms.gatewayUrl) {
    channels.sms = createHttpSmsChannel({
      url: config.sms.gatewayUrl,
      from: config.sms.sender ?? 'ZIUPING',
      ...(config.sms.key ? { bearerKey: config.sms.key } : {}),
    });
  }
  return channels;
}

/** `人力資源部 <hr@example.com>` or a bare address. */
function senderOf(text: string): { name: string; address: string } {
  const match = /^(.*?)\s*<([^<>]+)>$/.exec(text.trim());
  return match?.[2] ? { name: match[1] ?? '', address: match[2] } : { name: '', address: text.trim() };
}
