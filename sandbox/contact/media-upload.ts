import { type Answer, type Call, type Operation, ok } from '../http/operation.ts';
import { LegacyError } from '../http/wire-error.ts';

/** An uploaded file; media ids never expire. */
export interface Media {
  readonly mediaId: string;
  readonly fileId: string;
  readonly name: string;
  readonly bytes: number;
  readonly type: string;
}

const MB = 1024 * 1024;
const MAX_BYTES: Readonly<Record<string, number>> = { image: 20 * MB, voice: 2 * MB, video: 20 * MB, file: 20 * MB };
const FILE_ENDINGS = ['doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx', 'zip', 'pdf', 'rar'];

/** `POST /media/upload?access_token=&type=` with the multipart field `media`. Some SDKs send `type` as a form field. */
export const uploadMedia: Operation = {
  method: 'POST',
  path: '/media/upload',
  access: 'legacy',
  billed: true,
  async run(call: Call): Promise<Answer> {
    const { fields, file } = await readMultipart(call);
    const type = call.query.get('type') ?? fields.get('type') ?? '';
    const limit = MAX_BYTES[type];
    if (limit === undefined) throw new LegacyError(40004, '不合法的媒体文件类型');
    if (!file || file.content.length === 0) throw new LegacyError(41005, '缺少多媒体文件数据');
    if (file.content.length > limit) throw new LegacyError(40006, '不合法的文件大小');
    const ending = file.name.split('.').pop()?.toLowerCase() ?? '';
    if (type === 'file' && !FILE_ENDINGS.includes(ending)) throw new LegacyError(40005, `不合法的文件类型 ${ending}`);
    const fileId = call.world.ids.opaque('file').replaceAll('=', '');
    call.world.blobs.put(fileId, file.content);
    const mediaId = `@lAL${call.world.ids.hash(`media:${fileId}`).slice(0, 24)}`;
    call.world.media.put(mediaId, { mediaId, fileId, name: file.name, bytes: file.content.length, type });
    return ok({ errcode: 0, errmsg: 'ok', media_id: mediaId, created_at: call.world.clock.now().getTime(), type });
  },
};

interface Multipart {
  readonly fields: Map<string, string>;
  readonly file: { name: string; content: Buffer } | undefined;
}

async function readMultipart(call: Call): Promise<Multipart> {
  const headers = { 'content-type': call.headers['content-type'] ?? '' };
  let form: FormData;
  try {
    form = await new Response(new Uint8Array(call.raw), { headers }).formData();
  } catch {
    throw new LegacyError(43003, '需要multipart/form-data');
  }
  const fields = new Map<string, string>();
  let file: Multipart['file'];
  for (const [name, value] of form) {
    if (typeof value === 'string') fields.set(name, value);
    else if (name === 'media') file = { name: value.name, content: Buffer.from(await value.arrayBuffer()) };
  }
  return { fields, file };
}
