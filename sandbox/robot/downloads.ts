import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { type Answer, appOf, type Call, type Operation, ok } from '../http/operation.ts';
import { readRequest } from '../http/validate.ts';
import { badRequest } from '../http/wire-error.ts';
import type { Table } from '../state/journal.ts';
import type { World } from '../world.ts';

interface Code {
  readonly robotCode: string;
  readonly fileId: string;
  readonly expiresAt: string;
}

const SIGNING_KEY = 'sandbox-download';

/** Codes for files that people sent, and the short-lived addresses they are traded for. */
export class Downloads {
  readonly #world: World;
  readonly #codes: Table<Code>;

  constructor(world: World) {
    this.#world = world;
    this.#codes = world.journal.table('downloads');
  }

  issue(robotCode: string, fileId: string): string {
    const code = this.#world.ids.opaque('dc', 40).replaceAll('=', '');
    const expiresAt = new Date(
      this.#world.clock.now().getTime() + this.#world.settings.get().downloadCodeMinutes * 60_000,
    ).toISOString();
    this.#codes.put(code, { robotCode, fileId, expiresAt });
    return code;
  }

  /** The address for a code; it ends in `.file` and is good for some minutes. */
  urlFor(code: string, robotCode: string, origin: string): string | undefined {
    const known = this.#codes.get(code);
    const now = this.#world.clock.now();
    if (!known || known.robotCode !== robotCode || new Date(known.expiresAt) <= now) return undefined;
    const expires = String(Math.floor(now.getTime() / 1000 + this.#world.settings.get().downloadUrlMinutes * 60));
    return `${origin}/files/${known.fileId}.file?Expires=${expires}&Signature=${sign(known.fileId, expires)}`;
  }

  /** The bytes behind an address, or the HTTP status of the refusal. */
  open(fileId: string, query: URLSearchParams): Buffer | number {
    const expires = query.get('Expires') ?? '';
    if (query.get('Signature') !== sign(fileId, expires)) return 403;
    if (Number(expires) * 1000 <= this.#world.clock.now().getTime()) return 403;
    return this.#world.blobs.get(fileId) ?? 404;
  }
}

function sign(fileId: string, expires: string): string {
  return createHmac('sha1', SIGNING_KEY).update(`${fileId}\n${expires}`).digest('hex');
}

const REQUEST = z.object({ downloadCode: z.string().default(''), robotCode: z.string().default('') });

/** `POST /v1.0/robot/messageFiles/download` */
export const downloadMessageFile: Operation = {
  method: 'POST',
  path: '/v1.0/robot/messageFiles/download',
  access: 'token',
  billed: true,
  scope: 'qyapi_robot_sendmsg',
  run(call: Call): Answer {
    const { downloadCode, robotCode } = readRequest(call, REQUEST);
    if (robotCode === '') throw badRequest('invalidParameter.robotCode.empty', 'robotCode不能为空');
    if (robotCode !== appOf(call).robotCode) throw badRequest('invalidParameter.robotCode.auth', 'robotCode无权限');
    const downloadUrl = call.world.downloads.urlFor(downloadCode, robotCode, call.origin);
    if (downloadUrl === undefined)
      throw badRequest('invalidParameter.robotCode.downloadCode', 'downloadCode错误或已过期');
    return ok({ downloadUrl });
  },
};
