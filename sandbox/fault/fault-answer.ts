import type { Answer } from '../http/operation.ts';
import type { Fault } from './faults.ts';

const HTML_PAGE =
  '<!DOCTYPE html><html><head><title>504 Gateway Time-out</title></head><body><h1>504 Gateway Time-out</h1></body></html>';

const CODES: Readonly<Record<number, [code: string, message: string]>> = {
  400: ['invalidParameter', '参数错误'],
  401: ['InvalidAuthentication', '不合法的access_token'],
  403: [
    'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi',
    '您的企业应用调用钉钉开放平台当前接口的所有请求都被暂时禁用了',
  ],
  404: ['InvalidAction.NotFound', 'Specified api is not found, please check your url and method.'],
  429: ['system.busy', '系统繁忙'],
  500: ['system.error', '系统错误'],
};

/** What a fault answers instead of the truth; undefined when it only delays, cuts or doubles. */
export function faultAnswer(fault: Fault, requestid: string): Answer | undefined {
  if (fault.empty) return { status: fault.status ?? 200, body: '' };
  if (fault.html !== undefined && fault.html !== false) {
    return {
      status: fault.status ?? 504,
      body: fault.html === true ? HTML_PAGE : fault.html,
      contentType: 'text/html; charset=utf-8',
    };
  }
  if (fault.body !== undefined) return { status: fault.status ?? 200, body: fault.body };
  if (fault.status === undefined) return undefined;
  if (fault.status < 400) return { status: fault.status, body: {} };
  const [code, message] = CODES[fault.status] ?? ['system.error', '系统错误'];
  return { status: fault.status, body: { code, requestid, message } };
}
