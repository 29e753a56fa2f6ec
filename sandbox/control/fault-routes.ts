import { z } from 'zod';
import { type SandboxSettings, SETTINGS } from '../settings.ts';
import { ControlError } from './control-error.ts';
import { type ControlCall, type ControlRoute, numberOf, read, route } from './control-route.ts';

const FAULT = z.strictObject({
  path: z.string().optional(),
  method: z.string().optional(),
  times: z.number().int().min(1).default(1),
  status: z.number().int().min(100).max(599).optional(),
  body: z.unknown().optional(),
  html: z.union([z.boolean(), z.string()]).optional(),
  empty: z.boolean().optional(),
  partial: z.boolean().optional(),
  delayMs: z.number().int().min(0).max(600_000).optional(),
  drop: z.boolean().optional(),
  duplicate: z.boolean().optional(),
  afterWork: z.boolean().optional(),
});
const STREAM = z.strictObject({
  do: z.enum(['cut', 'half-open', 'disconnect', 'refuse', 'allow', 'keepalive']),
  seconds: z.number().min(0).optional(),
  clientId: z.string().optional(),
});
const QUOTA = z.strictObject({
  calls: z.number().int().min(0).optional(),
  messages: z.number().int().min(0).optional(),
  used: z
    .strictObject({ calls: z.number().int().min(0).optional(), messages: z.number().int().min(0).optional() })
    .optional(),
  limit: z
    .strictObject({ calls: z.number().int().min(0).optional(), messages: z.number().int().min(0).optional() })
    .optional(),
});
const WITHOUT_LIMIT_SECONDS = 10 * 365 * 24 * 3600;

function disturbStream(call: ControlCall): unknown {
  const request = read(call, STREAM);
  const { world } = call;
  const clientId = request.clientId ?? world.apps.product().clientId;
  const connections = world.stream.connectionsOf(clientId);
  switch (request.do) {
    case 'cut':
      if (request.seconds) world.stream.refuse(request.seconds);
      for (const connection of connections) connection.cut();
      break;
    case 'half-open':
      for (const connection of connections) connection.goHalfOpen();
      if (request.seconds) {
        setTimeout(() => {
          for (const connection of connections) connection.recover();
        }, request.seconds * 1000).unref();
      }
      break;
    case 'disconnect':
      for (const connection of connections) world.stream.askToLeave(connection);
      if (request.seconds) world.stream.refuse(request.seconds);
      break;
    case 'refuse':
      world.stream.refuse(request.seconds ?? WITHOUT_LIMIT_SECONDS);
      break;
    case 'allow':
      world.stream.calm();
      break;
    case 'keepalive':
      for (const connection of connections) world.stream.keepAlive(connection);
      break;
  }
  return { connections: connections.length };
}

function showQuota({ world }: ControlCall): unknown {
  const { month, calls, messages, callsLimit, messagesLimit, byApp } = world.quota.month();
  return { month, calls, messages, limits: { calls: callsLimit, messages: messagesLimit }, byApp };
}

export const faultRoutes: readonly ControlRoute[] = [
  route('POST', '/faults', (call) => ({ id: call.world.faults.add(read(call, FAULT)).id })),
  route('GET', '/faults', ({ world }) => ({ faults: world.faults.all() })),
  route('DELETE', '/faults', ({ world }) => {
    world.faults.clear();
    world.stream.calm();
    return { faults: [] };
  }),
  route('POST', '/stream', disturbStream),
  route('GET', '/stream', ({ world, query }) => {
    const clientId = query.get('clientId') ?? world.apps.product().clientId;
    return {
      connections: world.stream
        .connectionsOf(clientId)
        .map(({ id, isHalfOpen, isLeaving, subscriptions, openedAt }) => ({
          id,
          isHalfOpen,
          isLeaving,
          subscriptions,
          ageMs: Math.round(performance.now() - openedAt),
        })),
    };
  }),
  route('GET', '/quota', showQuota),
  route('POST', '/quota', (call) => {
    const { calls, messages, used, limit } = read(call, QUOTA);
    const { quota } = call.world;
    if (used?.calls !== undefined) quota.set({ calls: used.calls });
    if (used?.messages !== undefined) quota.set({ messages: used.messages });
    if (limit?.calls !== undefined) quota.set({ callsLimit: limit.calls });
    if (limit?.messages !== undefined) quota.set({ messagesLimit: limit.messages });
    if (calls !== undefined) quota.leave('calls', calls);
    if (messages !== undefined) quota.leave('messages', messages);
    return showQuota(call);
  }),
  route('GET', '/log', ({ world, query }) => {
    const entries = world.log.since(numberOf(query, 'since'));
    const last = numberOf(query, 'last');
    return { entries: last > 0 ? entries.slice(-last) : entries };
  }),
  route('GET', '/settings', ({ world }) => world.settings.get()),
  route('POST', '/settings', (call) => {
    const known = new Set(Object.keys(SETTINGS.shape));
    const body = call.body !== null && typeof call.body === 'object' ? (call.body as Record<string, unknown>) : {};
    const unknown = Object.keys(body).find((key) => !known.has(key));
    if (unknown !== undefined) throw new ControlError(400, 'invalid', `${unknown}: no such setting`);
    const merged = read({ ...call, body: { ...call.world.settings.get(), ...body } }, SETTINGS);
    return call.world.settings.change(merged satisfies SandboxSettings);
  }),
];
