import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseBody, readBody } from '../http/body.ts';
import { compilePath, matchPath } from '../http/routes.ts';
import type { World } from '../world.ts';
import { appRoutes } from './app-routes.ts';
import { channelRoutes } from './channel-routes.ts';
import { clockRoutes } from './clock-routes.ts';
import { ControlError } from './control-error.ts';
import type { ControlRoute } from './control-route.ts';
import { conversationRoutes } from './conversation-routes.ts';
import { faultRoutes } from './fault-routes.ts';
import { peopleRoutes } from './people-routes.ts';

const ROUTES: readonly ControlRoute[] = [
  ...peopleRoutes,
  ...conversationRoutes,
  ...channelRoutes,
  ...clockRoutes,
  ...faultRoutes,
  ...appRoutes,
];

/** `/control/…`: plays all roles, makes faults, moves the clock. */
export class ControlApi {
  readonly #world: World;
  readonly #routes = ROUTES.map((route) => ({ route, ...compilePath(route.path) }));

  constructor(world: World) {
    this.#world = world;
  }

  async serve(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    let status = 200;
    let answer: unknown;
    try {
      answer = await this.#run(request, url);
    } catch (error) {
      if (error instanceof ControlError) {
        status = error.status;
        answer = { error: { code: error.code, message: error.message }, ...error.extra };
      } else {
        this.#world.report(error);
        status = 500;
        answer = { error: { code: 'bug', message: error instanceof Error ? error.message : String(error) } };
      }
    }
    this.#world.journal.flush();
    const text = JSON.stringify(answer ?? {});
    response.writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(text),
      'cache-control': 'no-store',
    });
    response.end(text);
  }

  async #run(request: IncomingMessage, url: URL): Promise<unknown> {
    const { value, wrong } = parseBody(await readBody(request));
    if (wrong) throw new ControlError(400, 'invalid', 'the body is not JSON');
    const path = url.pathname.slice('/control'.length) || '/';
    let isKnownPath = false;
    for (const { route, pattern, names } of this.#routes) {
      const params = matchPath(pattern, names, path);
      if (!params) continue;
      isKnownPath = true;
      if (route.method === request.method)
        return route.run({ world: this.#world, params, query: url.searchParams, body: value });
    }
    throw isKnownPath
      ? new ControlError(405, 'method_not_allowed', `${request.method} ${path}`)
      : new ControlError(404, 'not_found', `there is no ${path}`);
  }
}
