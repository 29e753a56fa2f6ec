import type { IncomingHttpHeaders } from 'node:http';
import type { RobotApp } from '../organisation/applications.ts';
import type { World } from '../world.ts';

/** One call of an API operation, after the gateway has let it pass. */
export interface Call {
  readonly world: World;
  /** The application the token belongs to; operations without a token have none. */
  readonly app: RobotApp | undefined;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The parsed JSON body, `undefined` when there was none. */
  readonly body: unknown;
  readonly raw: Buffer;
  /** `http://host:port` under which the caller reached the sandbox. */
  readonly origin: string;
  /** Notes what the caller did against the contract; it is shown in the log. */
  violation(text: string): void;
}

/** What goes back. A string body is sent as it is, anything else as JSON. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly contentType?: string;
}

/** One API operation as the gateway sees it. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path with `{name}` for parameters. */
  readonly path: string;
  /** `token`: header x-acs-dingtalk-access-token; `legacy`: access_token in the query; `none`: nothing. */
  readonly access: 'token' | 'legacy' | 'none';
  /** Whether it counts against the monthly number of calls. */
  readonly billed: boolean;
  /** The permission the application needs. */
  readonly scope?: string;
  run(call: Call): Answer | Promise<Answer>;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });

/** The application of a call with a token. */
export function appOf(call: Call): RobotApp {
  if (!call.app) throw new Error('an operation without a token has no application');
  return call.app;
}
