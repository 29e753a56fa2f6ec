import type { z } from 'zod';
import type { World } from '../world.ts';
import { ControlError } from './control-error.ts';

/** One call of the control API. */
export interface ControlCall {
  readonly world: World;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

/** One endpoint of the control API; what `run` gives is the JSON of the answer. */
export interface ControlRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path below `/control`. */
  readonly path: string;
  run(call: ControlCall): unknown;
}

export function route(method: ControlRoute['method'], path: string, run: (call: ControlCall) => unknown): ControlRoute {
  return { method, path, run };
}

/** Reads a body by its schema; says which field is wrong. */
export function read<T>(call: ControlCall, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(call.body ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ControlError(400, 'invalid', `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'invalid'}`);
}

/** A number from the query, 0 when it is not there. */
export function numberOf(query: URLSearchParams, name: string): number {
  const text = query.get(name);
  if (text === null || text === '') return 0;
  const value = Number(text);
  if (!Number.isFinite(value)) throw new ControlError(400, 'invalid', `${name} must be a number`);
  return value;
}
