import { z } from 'zod';
import { type Answer, type Call, type Operation, ok } from '../http/operation.ts';
import { readRequest } from '../http/validate.ts';
import { LegacyError, WireError } from '../http/wire-error.ts';

const V1 = z.object({ appKey: z.string().default(''), appSecret: z.string().default('') });
const BY_CORP = z.object({
  client_id: z.string().default(''),
  client_secret: z.string().default(''),
  grant_type: z.string().default(''),
});

/** The application's token, or undefined when the credentials are wrong. */
function issue(call: Call, clientId: string, clientSecret: string): { token: string; seconds: number } | undefined {
  const app = call.world.apps.get(clientId);
  if (!app || app.clientSecret !== clientSecret) return undefined;
  const seconds = call.world.settings.get().tokenTtlSeconds;
  return { token: call.world.tokens.issue(clientId, seconds), seconds };
}

/** `POST /v1.0/oauth2/accessToken` */
export const accessToken: Operation = {
  method: 'POST',
  path: '/v1.0/oauth2/accessToken',
  access: 'none',
  billed: false,
  run(call: Call): Answer {
    const { appKey, appSecret } = readRequest(call, V1);
    const issued = issue(call, appKey, appSecret);
    if (!issued) throw new WireError(400, 'invalidClientIdOrSecret', '无效的clientId或者clientSecret');
    return ok({ accessToken: issued.token, expireIn: issued.seconds });
  },
};

/** `POST /v1.0/oauth2/{corpId}/token` */
export const corpToken: Operation = {
  method: 'POST',
  path: '/v1.0/oauth2/{corpId}/token',
  access: 'none',
  billed: false,
  run(call: Call): Answer {
    const request = readRequest(call, BY_CORP);
    if (request.grant_type !== 'client_credentials')
      throw new WireError(400, 'unsupported.grant.type', '不支持的grant_type');
    if (call.params.corpId !== call.world.corpId()) throw new WireError(401, 'unauthorized.client', '应用未授权');
    const issued = issue(call, request.client_id, request.client_secret);
    if (!issued) throw new WireError(400, 'invalid.client', '无效的client');
    return ok({ access_token: issued.token, expires_in: issued.seconds });
  },
};

/** `GET /gettoken` on oapi */
export const legacyToken: Operation = {
  method: 'GET',
  path: '/gettoken',
  access: 'none',
  billed: false,
  run(call: Call): Answer {
    const issued = issue(call, call.query.get('appkey') ?? '', call.query.get('appsecret') ?? '');
    if (!issued) throw new LegacyError(40089, '不合法的corpid或corpsecret');
    return ok({ errcode: 0, errmsg: 'ok', access_token: issued.token, expires_in: issued.seconds });
  },
};
