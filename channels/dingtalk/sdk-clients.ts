import { Config } from '@alicloud/openapi-client';
import { RuntimeOptions } from '@alicloud/tea-util';
import { calendar, card, oauth2, robot } from './sdk-products.ts';

/** DingTalk's SDK clients that the product uses; each loads its own product only. */
export interface SdkClients {
  robot: InstanceType<typeof robot.default>;
  card: InstanceType<typeof card.default>;
  calendar: InstanceType<typeof calendar.default>;
  oauth2: InstanceType<typeof oauth2.default>;
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
    robot: new robot.default(config),
    card: new card.default(config),
    calendar: new calendar.default(config),
    oauth2: new oauth2.default(config),
    runtime: new RuntimeOptions({ connectTimeout: timeoutMs, readTimeout: timeoutMs }),
  };
}
