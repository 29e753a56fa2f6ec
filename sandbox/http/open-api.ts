import type { IncomingMessage, ServerResponse } from 'node:http';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { faultAnswer } from '../fault/fault-answer.ts';
import type { Fault } from '../fault/faults.ts';
import type { RobotApp } from '../organisation/applications.ts';
import type { World } from '../world.ts';
import { parseBody, readBody } from './body.ts';
import type { Answer, Call, Operation } from './operation.ts';
import type { Routes } from './routes.ts';
import { LegacyError, WireError } from './wire-error.ts';

const THROTTLED = '您的企业应用调用钉钉开放平台当前接口的所有请求都被暂时禁用了';
const THROTTLE_CODE = /Qps|Qpm|ApiCountLimit/;

/** What belongs to one request until it is answered and logged. */
interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly startedAt: number;
  readonly requestid: string;
  readonly violations: string[];
  body: unknown;
  clientId: string | undefined;
}

/**
 * The gateway of the Open Platform: finds the operation, lets scripted faults strike, checks token, permission, rate
 * and monthly quota, runs the operation, and logs both sides. Everything the operation changed is on its way to the
 * disk before the answer leaves.
 */
export class OpenApi {
  readonly #world: World;
  readonly #routes: Routes;
  readonly #inHand = new Map<string, string>();

  constructor(world: World, routes: Routes) {
    this.#world = world;
    this.#routes = routes;
  }

  /** Calls that are being worked on. */
  inHand(): string[] {
    return [...this.#inHand.values()];
  }

  async serve(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const exchange: Exchange = {
      request,
      response,
      url,
      startedAt: performance.now(),
      requestid: this.#world.ids.uuid('request').toUpperCase(),
      violations: [],
      body: undefined,
      clientId: undefined,
    };
    const method = request.method ?? 'GET';
    this.#inHand.set(exchange.requestid, `${method} ${url.pathname}`);
    try {
      await this.#exchange(exchange, method);
    } finally {
      this.#inHand.delete(exchange.requestid);
    }
  }

  async #exchange(exchange: Exchange, method: string): Promise<void> {
    const raw = await readBody(exchange.request);
    const parsed = parseBody(raw);
    const isJson =
      (exchange.request.headers['content-type'] ?? '').includes('json') || exchange.url.pathname.startsWith('/v1.0');
    exchange.body = parsed.wrong ? `(${raw.length} bytes)` : parsed.value;
    const fault = this.#world.faults.take(exchange.url.pathname, method);
    if (fault && !fault.afterWork) {
      if (fault.delayMs) await pause(fault.delayMs);
      if (exchange.request.socket.destroyed) {
        this.#countUndone(exchange, method, fault);
        this.#log(exchange, 'caller gone before the work', undefined);
        return;
      }
      if (this.#strike(exchange, fault)) {
        this.#countUndone(exchange, method, fault);
        return;
      }
    }
    const run = (): Promise<Answer> => this.#answer(exchange, method, raw, parsed.value, parsed.wrong && isJson);
    if (fault?.duplicate) await run();
    const answer = await run();
    this.#world.journal.flush();
    if (fault?.afterWork) {
      if (fault.delayMs) await pause(fault.delayMs);
      if (this.#strike(exchange, fault)) return;
    }
    if (fault?.partial) this.#sendHalf(exchange, answer);
    else this.#send(exchange, answer);
  }

  /** Lets a fault end the exchange; false when it only delayed or doubled it. */
  #strike(exchange: Exchange, fault: Fault): boolean {
    if (fault.drop) {
      exchange.request.socket.destroy();
      this.#log(exchange, fault.afterWork ? 'done, then cut' : 'cut', undefined);
      return true;
    }
    const answer = faultAnswer(fault, exchange.requestid);
    if (!answer) return false;
    if (fault.partial) this.#sendHalf(exchange, answer);
    else this.#send(exchange, answer);
    return true;
  }

  /** A call that reached a billed API counts although a fault answered for it, unless the fault was a throttle. */
  #countUndone(exchange: Exchange, method: string, fault: Fault): void {
    const operation = this.#routes.find(method, exchange.url.pathname)?.operation;
    const token =
      operation?.access === 'token'
        ? exchange.request.headers['x-acs-dingtalk-access-token']
        : exchange.url.searchParams.get('access_token');
    const known = this.#world.tokens.check(typeof token === 'string' ? token : undefined);
    const throttled = fault.status === 403 && THROTTLE_CODE.test(JSON.stringify(fault.body ?? 'Qps'));
    if (operation?.billed && typeof known === 'object' && !throttled) this.#world.quota.count('calls', known.clientId);
    this.#world.journal.flush();
  }

  async #answer(exchange: Exchange, method: string, raw: Buffer, body: unknown, notJson: boolean): Promise<Answer> {
    const { url, requestid } = exchange;
    const isLegacy = !url.pathname.startsWith('/v1.0');
    try {
      const match = this.#routes.find(method, url.pathname);
      if (!match)
        throw new WireError(
          404,
          'InvalidAction.NotFound',
          'Specified api is not found, please check your url and method.',
        );
      const app = this.#admit(exchange, match.operation);
      exchange.clientId = app?.clientId;
      if (notJson)
        throw isLegacy
          ? new LegacyError(40035, '不合法的参数')
          : new WireError(400, 'InvalidParameter', 'the body is not JSON');
      const call: Call = {
        world: this.#world,
        app,
        params: match.params,
        query: url.searchParams,
        headers: exchange.request.headers,
        body,
        raw,
        origin: originOf(exchange.request),
        violation: (text) => exchange.violations.push(text),
      };
      return await match.operation.run(call);
    } catch (error) {
      if (error instanceof WireError) return { status: error.status, body: error.body(requestid) };
      if (error instanceof LegacyError) {
        return {
          status: 200,
          body: { errcode: error.errcode, errmsg: error.message, request_id: requestid.toLowerCase(), ...error.extra },
        };
      }
      this.#world.report(error);
      return { status: 500, body: { code: 'system.error', requestid, message: '系统错误' } };
    }
  }

  /** Token, permission, rate, quota; in this order. Gives the application. */
  #admit(exchange: Exchange, operation: Operation): RobotApp | undefined {
    if (operation.access === 'none') return undefined;
    const { apps, tokens, settings } = this.#world;
    const isLegacy = operation.access === 'legacy';
    const header = exchange.request.headers['x-acs-dingtalk-access-token'];
    const token = isLegacy ? exchange.url.searchParams.get('access_token') : header;
    const known = tokens.check(typeof token === 'string' ? token : undefined);
    const app = typeof known === 'object' ? apps.get(known.clientId) : undefined;
    if (!app) {
      if (isLegacy)
        throw known === 'expired'
          ? new LegacyError(42001, 'access_token超时')
          : new LegacyError(40014, '不合法的access_token');
      throw new WireError(settings.get().invalidTokenStatus, 'InvalidAuthentication', '不合法的access_token');
    }
    exchange.clientId = app.clientId;
    if (operation.scope !== undefined && app.withheldScopes.includes(operation.scope)) {
      const requiredScopes = [operation.scope];
      if (isLegacy)
        throw new LegacyError(88, `ding talk error[subcode=60011,submsg=没有调用该接口的权限,${operation.scope}]`, {
          sub_code: '60011',
        });
      throw new WireError(403, 'Forbidden.AccessDenied.AccessTokenPermissionDenied', '没有调用该接口的权限', {
        accessdenieddetail: { requiredScopes },
      });
    }
    if (
      !this.#world.throttle.admit(
        `${app.clientId} ${operation.method} ${operation.path}`,
        settings.get().callsPerSecond,
      )
    ) {
      if (isLegacy) throw new LegacyError(90018, THROTTLED);
      throw new WireError(403, 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', THROTTLED);
    }
    if (operation.billed) {
      if (this.#world.quota.isSpent('calls')) {
        if (isLegacy) throw new LegacyError(90020, '您的企业本月调用量已达上限');
        throw new WireError(403, 'Forbidden.AccessDenied.ApiCountLimitForOrg', '您的企业本月调用量已达上限');
      }
      this.#world.quota.count('calls', app.clientId);
    }
    return app;
  }

  #send(exchange: Exchange, answer: Answer): void {
    const { response } = exchange;
    const text =
      typeof answer.body === 'string' || Buffer.isBuffer(answer.body) ? answer.body : JSON.stringify(answer.body);
    response.writeHead(answer.status, {
      'content-type': answer.contentType ?? 'application/json;charset=utf-8',
      'content-length': Buffer.byteLength(text),
      'x-acs-request-id': exchange.requestid,
      'x-acs-trace-id': exchange.requestid.replaceAll('-', '').toLowerCase(),
    });
    // The entry is written before the answer leaves, so that whoever has the answer finds it in the log.
    this.#log(exchange, answer.status, answer.body);
    response.end(text);
  }

  /** Announces the whole body, sends half of it and cuts the connection. */
  #sendHalf(exchange: Exchange, answer: Answer): void {
    const text = Buffer.from(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
    exchange.response.writeHead(answer.status, { 'content-type': 'application/json', 'content-length': text.length });
    this.#log(exchange, 'half, then cut', answer.body);
    exchange.response.write(text.subarray(0, Math.floor(text.length / 2)), () => exchange.request.socket.destroy());
  }

  #log(exchange: Exchange, status: number | string, answer: unknown): void {
    this.#world.log.add({
      direction: 'in',
      kind: 'http',
      name: `${exchange.request.method} ${exchange.url.pathname}`,
      status,
      ackMs: Math.round(performance.now() - exchange.startedAt),
      ...(exchange.violations.length > 0 ? { violation: exchange.violations.join('; ') } : {}),
      body: exchange.body ?? Object.fromEntries(exchange.url.searchParams),
      answer: Buffer.isBuffer(answer) ? `(${answer.length} bytes)` : (answer ?? null),
      ...(exchange.clientId === undefined ? {} : { clientId: exchange.clientId }),
    });
  }
}

/** `http://host:port` as the caller wrote it, so that addresses handed out lead back the same way. */
export function originOf(request: IncomingMessage): string {
  const forwarded = request.headers['x-forwarded-proto'];
  const scheme = forwarded === 'https' ? 'https' : 'http';
  return `${scheme}://${request.headers.host ?? `${request.socket.localAddress}:${request.socket.localPort}`}`;
}
