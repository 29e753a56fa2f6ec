import { TEMPLATE_IDS } from '../../templates/template-ids.ts';
import { template } from '../message/compose-message.ts';

/** Buttons, pages and ways of writing that no message names. */
const OWN: Readonly<Record<string, string>> = {
  stop_nudges: '停止提示訊息',
  stop_news: '停止公司消息',
  news_on: '接收公司消息',
  news_off: '停止公司消息',
  nudges_on: '恢復提示訊息',
  resume_all: '恢復接收訊息',
  read: '已閱',
  pics_read: '我已閱讀（聲明）',
  tip_done: '已備妥',
  tip_open: '未備妥',
  page: '申請進度',
  pics: '個人資料收集聲明',
  story: '同事故事',
  news: '公司消息',
  stop: '停止接收訊息',
  withdraw: '退出申請',
  cv: '履歷',
  email: '電郵',
  sms: '短訊',
};

let fromMessages: ReadonlyMap<string, string> | undefined;

/** What a button or page of the candidate's is called, for staff; undefined when it has no name. */
export function detailWords(id: string): string | undefined {
  fromMessages ??= new Map(
    TEMPLATE_IDS.flatMap((name) => (template(name)?.buttons ?? []).map((button) => [button.id, button.label] as const)),
  );
  return fromMessages.get(id) ?? (Object.hasOwn(OWN, id) ? OWN[id] : undefined);
}
