import { CallFailure, callFailureOf } from './call-failure.ts';

/** DingTalk: "Upload media files": 20 MB is the most a chat file may have. */
export const MOST_FILE_BYTES = 20 * 1024 * 1024;

/** Fetches a file from its short-lived address. @throws CallFailure; `bad_request` when it is too large. */
export async function downloadFileFrom(
  url: string,
  options: { fetch: typeof fetch; timeoutMs: number },
): Promise<Uint8Array> {
  try {
    const response = await options.fetch(url, { signal: AbortSignal.timeout(options.timeoutMs) });
    if (!response.ok) throw refused(`the file’s address answered ${response.status}`);
    const parts: Uint8Array[] = [];
    let bytes = 0;
    // The announced length may be missing or wrong: count what comes.
    for await (const part of response.body ?? []) {
      bytes += part.byteLength;
      if (bytes > MOST_FILE_BYTES) throw refused(`larger than ${MOST_FILE_BYTES} bytes`);
      parts.push(part);
    }
    return new Uint8Array(Buffer.concat(parts));
  } catch (error) {
    throw callFailureOf(error);
  }
}

function refused(message: string): CallFailure {
  return new CallFailure(message, { kind: 'bad_request', retryAfterMs: null, isBilled: false });
}
