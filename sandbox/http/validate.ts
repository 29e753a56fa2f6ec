import type { z } from 'zod';
import type { Call } from './operation.ts';
import { WireError } from './wire-error.ts';

/**
 * Reads a request by its schema. A field of the wrong type is refused with `code`; fields DingTalk does not know are
 * ignored as DingTalk ignores them, but noted as a violation, because most of them are misspelt.
 */
export function readRequest<T>(call: Call, schema: z.ZodType<T>, code = 'invalidParameter.param.invalid'): T {
  const parsed = schema.safeParse(call.body ?? {});
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new WireError(400, code, `参数错误: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim());
  }
  const unknown = unknownFields(call.body, parsed.data);
  if (unknown.length > 0) call.violation(`unknown fields: ${unknown.join(', ')}`);
  return parsed.data;
}

/** Paths of keys that the caller sent and the schema dropped. */
export function unknownFields(sent: unknown, kept: unknown, path = ''): string[] {
  if (Array.isArray(sent) && Array.isArray(kept)) {
    return sent.flatMap((item, index) => unknownFields(item, kept[index], `${path}[${index}]`));
  }
  if (!isRecord(sent) || !isRecord(kept)) return [];
  return Object.entries(sent).flatMap(([key, value]) => {
    const inner = path === '' ? key : `${path}.${key}`;
    return key in kept ? unknownFields(value, kept[key], inner) : [inner];
  });
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
