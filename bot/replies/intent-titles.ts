import type { StaffIntent } from '../understand/intents.ts';
import { say, type Texts } from './said.ts';

/** What an order is called in plain words. */
export const INTENT_TITLES: Readonly<Record<StaffIntent, Texts>> = {
  shortlist: say('入圍', 'shortlist'),
  schedule: say('約面試', 'arrange an interview'),
  reschedule: say('改期', 'move an interview'),
  cancel: say('取消面試', 'call an interview off'),
  approve: say('批准', 'approve'),
  reject: say('婉拒', 'turn down'),
  hold: say('擱置', 'put on hold'),
  status: say('查進度', 'look up the status'),
  list: say('列名單', 'list people'),
  score: say('評分', 'score'),
  offer: say('出聘書', 'an offer'),
  assign_store: say('派分店', 'assign to a branch'),
  note: say('加備註', 'keep a note'),
  call_outcome: say('記錄致電結果', 'record a call'),
  report: say('出報告', 'a report'),
  help: say('教用法', 'explain how to'),
  blind_on: say('開啟盲選', 'switch blind mode on'),
  blind_off: say('關閉盲選', 'switch blind mode off'),
  undo: say('復原', 'undo'),
  pause_nudges: say('暫停提示訊息', 'pause messages'),
  resume_nudges: say('恢復提示訊息', 'resume messages'),
  open_requisition: say('開職位', 'open a vacancy'),
  no_show: say('記錄缺席', 'record a no-show'),
  send_message: say('發訊息', 'send a message'),
  smalltalk: say('閒談', 'small talk'),
  unknown: say('未明白', 'not understood'),
};
