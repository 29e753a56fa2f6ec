/** What the sandbox refused, in words for the person before the screen. */
export class Refused extends Error {
  constructor(status, code, message, extra) {
    super(message);
    this.status = status;
    this.code = code;
    this.extra = extra;
  }
}

const WORDS = {
  unreachable: '連不上沙盒，請確認程式仍在執行。',
  not_in_organisation: '此人不是公司成員，不能與機械人對話。',
  not_a_member: '此人不在這個對話內。',
  nothing_said: '請先輸入文字或選擇檔案。',
  only_in_direct: '檔案只能在一對一對話內傳給機械人。',
  group_disbanded: '這個群組已解散。',
  no_such_card: '這張卡已不存在。',
  time_never_goes_back: '時鐘只能向前走，請選較後的時間。',
};

/** A kind sentence for anything that went wrong. */
export function sentenceOf(error) {
  if (!(error instanceof Refused)) return '頁面出了問題，請重新整理後再試。';
  if (error.code === 'form_incomplete') return error.message;
  if (error.code === 'not_settled') {
    const open = (error.extra.open ?? []).slice(0, 3).join('、');
    return `時鐘停了下來：招聘助手未能完成手上的工作${open ? `（${open}）` : ''}。可以再試一次。`;
  }
  return WORDS[error.code] ?? `沙盒未能做到：${error.message}`;
}

async function call(method, path, body) {
  let response;
  try {
    response = await fetch(`/control${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
  } catch {
    throw new Refused(0, 'unreachable', 'unreachable', {});
  }
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  throw new Refused(
    response.status,
    answer.error?.code ?? 'unknown',
    answer.error?.message ?? String(response.status),
    answer,
  );
}

/** Asks the control API. Throws Refused. */
export const get = (path) => call('GET', path);
export const post = (path, body = {}) => call('POST', path, body);
export const remove = (path) => call('DELETE', path);
