import { z } from 'zod';
import { type Answer, type Call, type Operation, ok } from '../http/operation.ts';
import { readRequest } from '../http/validate.ts';
import { WireError } from '../http/wire-error.ts';

const REQUEST = z.object({
  clientId: z.string(),
  clientSecret: z.string(),
  ua: z.string().optional(),
  localIp: z.string().optional(),
  subscriptions: z.array(z.object({ type: z.string(), topic: z.string() })).default([]),
  extras: z.record(z.string(), z.string()).nullish(),
});

/** `POST /v1.0/gateway/connections/open`: credentials and wishes in, address and ticket out. */
export const openConnection: Operation = {
  method: 'POST',
  path: '/v1.0/gateway/connections/open',
  access: 'none',
  billed: false,
  run(call: Call): Answer {
    const request = readRequest(call, REQUEST, 'invalidParameter');
    const app = call.world.apps.get(request.clientId);
    if (!app || app.clientSecret !== request.clientSecret) throw new WireError(401, 'authFailed', '鉴权失败');
    if (!app.published) throw new WireError(400, 'appNotPublished', '应用未发布');
    if (app.mode !== 'stream') throw new WireError(400, 'notStreamMode', '应用未开启Stream模式');
    if (request.subscriptions.some(({ type }) => !['EVENT', 'CALLBACK', 'SYSTEM'].includes(type))) {
      throw new WireError(400, 'invalidParameter.subscriptions', '订阅类型不合法');
    }
    const ticket = call.world.stream.issueTicket(app, request.subscriptions);
    const endpoint = `${call.origin.replace(/^http/, 'ws')}/connect`;
    // Without this header the gateway answers XML, which has caught out more than one client.
    if (!(call.headers.accept ?? '').includes('application/json')) {
      const body = `<?xml version="1.0" encoding="UTF-8"?><OpenConnectionResponse><endpoint>${endpoint}</endpoint><ticket>${ticket}</ticket></OpenConnectionResponse>`;
      return { status: 200, body, contentType: 'text/xml;charset=utf-8' };
    }
    return ok({ endpoint, ticket });
  },
};
