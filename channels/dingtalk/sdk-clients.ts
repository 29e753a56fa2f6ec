import calendarModule from '@alicloud/dingtalk/dist/calendar_1_0/client.js';
import cardModule from '@alicloud/dingtalk/dist/card_1_0/client.js';
import oauth2Module from '@alicloud/dingtalk/dist/oauth2_1_0/client.js';
import robotModule from '@alicloud/dingtalk/dist/robot_1_0/client.js';
import { Config } from '@alicloud/openapi-client';
import { RuntimeOptions } from '@alicloud/tea-util';

/** DingTalk's SDK clients that the product uses; each loads its own product only. */
export interface SdkClients {
  robot: InstanceType<typeof robotModule.default>;
  card: InstanceType<typeof cardModule.default>;
  calendar: InstanceType<typeof calendarModule.default>;
  oauth2: InstanceType<typeof oauth2Module.default>;
  runtime: RuntimeOptions;
}

/**
 * Makes the clients for one address.
 * @param apiBase `https://api.dingtalk.com` or another origin; the SDK's own default would be plain http.
 * @param timeoutMs limit of one call; both of the SDK's limits are set, since its connect limit also ends slow answers.
 */
export function createSdkClients(apiBase: string, timeoutMs: number): SdkClients {
  const base = new URL(apiBase);
  const config = new Config({
    protocol: base.protocol.replace(':', ''),
    endpoint: base.host + base.pathname.replace(/\/$/, ''),
  });
  return {
    robot: new robotModule.default(config),
    card: new cardModule.default(config),
    calendar: new calendarModule.default(config),
    oauth2: new oauth2Module.default(config),
    runtime: new RuntimeOptions({ connectTimeout: timeoutMs, readTimeout: timeoutMs }),
  };
}
