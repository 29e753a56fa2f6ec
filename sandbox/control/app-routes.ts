import { z } from 'zod';
import type { RobotApp } from '../organisation/applications.ts';
import { COMPANY, seedWorld } from '../organisation/seed.ts';
import { ControlError } from './control-error.ts';
import { type ControlRoute, read, route } from './control-route.ts';

const CHANGE = {
  mode: z.enum(['stream', 'http']).optional(),
  callbackUrl: z.url().optional(),
  sign: z.enum(['ok', 'wrong', 'stale']).optional(),
  published: z.boolean().optional(),
  stopped: z.boolean().optional(),
  events: z.array(z.string()).optional(),
  withheldScopes: z.array(z.string()).optional(),
};
const NEW_APP = z.strictObject({
  name: z.string().min(1).optional(),
  groups: z.union([z.literal('all'), z.array(z.string())]).optional(),
  ...CHANGE,
});
const CHANGED_APP = z.strictObject({ name: z.string().min(1).optional(), ...CHANGE });
const SEED = z.object({ seed: z.union([z.string(), z.number(), COMPANY]).default('sample') });

function defined<T extends object>(change: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

function show({
  clientId,
  clientSecret,
  robotCode,
  name,
  mode,
  callbackUrl,
  published,
  stopped,
  events,
  withheldScopes,
  sign,
}: RobotApp): Record<string, unknown> {
  return {
    clientId,
    clientSecret,
    robotCode,
    name,
    mode,
    callbackUrl,
    published,
    stopped,
    events,
    withheldScopes,
    sign,
  };
}

export const appRoutes: readonly ControlRoute[] = [
  route('GET', '/apps', ({ world }) => world.apps.all().map(show)),
  route('POST', '/apps', (call) => {
    const { world } = call;
    const { name, groups, ...change } = read(call, NEW_APP);
    const added = world.apps.add(name ?? `機械人${world.apps.all().length + 1}`);
    const app = world.apps.change(added.clientId, defined(change)) ?? added;
    for (const conversation of world.conversations.all()) {
      const isWanted = conversation.kind === 'group' && (groups === 'all' || groups?.includes(conversation.id));
      if (isWanted) world.conversations.change(conversation.id, { robots: [...conversation.robots, app.robotCode] });
    }
    return show(app);
  }),
  route('POST', '/apps/{clientId}', (call) => {
    const app = call.world.apps.change(call.params.clientId ?? '', defined(read(call, CHANGED_APP)));
    if (!app)
      throw new ControlError(404, 'no_such_app', `no application has the clientId ${call.params.clientId ?? ''}`);
    return show(app);
  }),
  route('POST', '/tokens/expire', ({ world }) => {
    world.tokens.expireAll();
    return { expired: true };
  }),
  route('POST', '/templates', (call) => {
    const template = read(call, z.object({ id: z.string().min(1) }));
    return call.world.templates.put(template.id, template);
  }),
  route('GET', '/cards', ({ world }) => ({ cards: world.cards.all() })),
  route('GET', '/cards/{outTrackId}', ({ world, params }) => {
    const card = world.cards.get(params.outTrackId ?? '');
    if (!card) throw new ControlError(404, 'no_such_card', `there is no card ${params.outTrackId ?? ''}`);
    return card;
  }),
  route('GET', '/events/failed', ({ world }) => ({ events: world.failedEvents.all() })),
  route('POST', '/reset', (call) => {
    const { world } = call;
    const { seed } = read(call, SEED);
    world.settings.keepingWays(() => world.journal.clear());
    world.blobs.clear();
    world.log.clear();
    world.dues.clear();
    world.throttle.clear();
    world.stream.calm();
    world.conversations.reindex();
    seedWorld(world, typeof seed === 'number' ? String(seed) : seed);
    world.conversations.reindex();
    // Connections of applications that are gone end; the product's stays.
    world.stream.dropUnknown();
    world.feed.emit({ type: 'reset', data: { seed: world.meta.get('seed') ?? '' } });
    return { seed: world.meta.get('seed'), now: world.clock.now().toISOString() };
  }),
];
