import { dateTimeText } from '../../hongkong/date-texts.ts';
import { formatPhone } from '../../hongkong/phones.ts';
import { escapeMarkdown } from '../../lib/escape-markdown.ts';
import type { ActivityRecord } from '../../models/activity.model.ts';
import type { ApplicationRecord } from '../../models/application.model.ts';
import type { CallOutcome, CallReason, CallTaskRecord } from '../../models/call-task.model.ts';
import type { CandidateRecord } from '../../models/candidate.model.ts';
import type { RequisitionRecord } from '../../models/requisition.model.ts';
import type { CardFace } from '../message/effect.ts';
import { detailWords } from '../portal/detail-words.ts';

/** Buttons of a call card. */
export const CALL_BUTTONS = { claim: 'claim_call', outcome: 'call_outcome' } as const;

/** Why somebody must be phoned, in words. */
export const CALL_REASON_TEXT: Readonly<Record<CallReason, string>> = {
  silent: '多日未有回應',
  training_unread: '培訓通知未閱',
  day_one_near: '快將上班，未有同事聯絡過',
  asked_for_call: '對方請我們致電',
  promise_missed: '答應的回覆日期已延期',
  cannot_attend: '表示未能出席',
  offer_unanswered: '聘書未回覆',
};

/** What a call came to, in words; also the order on the card. */
export const CALL_OUTCOME_TEXT: Readonly<Record<CallOutcome, string>> = {
  reached_accepted: '會上班',
  reached_undecided: '猶豫',
  no_answer: '無人接聽',
  voicemail: '已留言',
  callback: '稍後再致電',
  wrong_number: '號碼錯誤',
  reached_declined: '退出',
};

/** What makes people hesitate. */
export const CONCERN_TEXT: Readonly<Record<string, string>> = {
  intensity: '工作強度',
  pay: '薪酬',
  distance: '路程',
  other_offer: '另有聘書',
};

/** Questions that help, by reason. Open ones; nothing about health or family. */
const QUESTIONS: Readonly<Record<CallReason, readonly string[]>> = {
  silent: ['近來情況如何？對工作或培訓有甚麼想了解？', '更份、路程或待遇有沒有需要再傾的地方？'],
  training_unread: ['有沒有收到培訓通知？日期和地點方便嗎？', '如當日未能出席，哪一天較方便？'],
  day_one_near: ['知道第一日的時間、地點和聯絡人嗎？', '還有甚麼想先了解？'],
  asked_for_call: ['想了解甚麼？', '甚麼時間最方便再跟進？'],
  promise_missed: ['說明新的回覆日期，問對方的情況有沒有改變。'],
  cannot_attend: ['哪一天或哪一間分店會較方便？'],
  offer_unanswered: ['聘書內容有沒有不清楚的地方？', '甚麼時候方便決定？'],
};

/** What a caller needs to see. */
export interface CallTaskFacts {
  task: CallTaskRecord;
  candidate: CandidateRecord;
  application: ApplicationRecord;
  requisition: RequisitionRecord | null;
  /** Newest first. */
  activities: readonly ActivityRecord[];
  firstDayAt: Date | null;
  /** Names by staffId. */
  staffNames: ReadonlyMap<string, string>;
}

/** The card of a call task: who, number, why, what happened so far, what to ask, what came of it. */
export function callTaskFace(facts: CallTaskFacts): CardFace {
  const { task, candidate, requisition } = facts;
  const done = task.state === 'done' || task.state === 'cancelled';
  return {
    shared: {
      title: `請致電：${candidate.name.display}（${requisition?.jobTitle ?? ''}）`,
      text: callText(facts),
      status: callStatus(facts),
      form: done ? '' : JSON.stringify(OUTCOME_FORM),
      buttons: done ? '[]' : JSON.stringify(callButtons(task)),
    },
  };
}

function callButtons(task: CallTaskRecord): object[] {
  const claim = { id: CALL_BUTTONS.claim, label: '由我致電', style: 'primary', enabled: true };
  const outcome = { id: CALL_BUTTONS.outcome, label: '記錄結果', enabled: true };
  return task.state === 'open' ? [claim, outcome] : [outcome];
}

function callText({ task, candidate, activities, firstDayAt }: CallTaskFacts): string {
  const lines = [
    `**原因**：${CALL_REASON_TEXT[task.reason]}`,
    `**電話**：${phoneText(candidate)}`,
    ...(firstDayAt ? [`**首日**：${dateTimeText(firstDayAt)}`] : []),
    '**至今**：',
    ...(activities.length > 0
      ? activities.map((one) => `- ${dateTimeText(one.at)} ${activityText(one)}`)
      : ['- 未有紀錄']),
    '**可以問**：',
    ...QUESTIONS[task.reason].map((question) => `- ${question}`),
  ];
  return lines.join('\n');
}

function phoneText({ phone, wrongAddresses = [] }: CandidateRecord): string {
  if (!phone) return '未有電話，請用電郵聯絡';
  return `${formatPhone(phone)}${wrongAddresses.includes(phone) ? '（機主表示並非本人，請先核對號碼）' : ''}`;
}

function callStatus({ task, staffNames }: CallTaskFacts): string {
  const name = (id: string | null): string => (id ? (staffNames.get(id) ?? id) : '');
  const last = task.attempts.at(-1);
  if (task.state === 'done')
    return `已完成：${last ? CALL_OUTCOME_TEXT[last.outcome] : ''}（${name(last?.by ?? null)}）`;
  if (task.state === 'cancelled') return '已取消：毋須再致電';
  const overdue = task.escalations > 0 ? '　已逾時上報' : '';
  if (task.state === 'claimed') return `${name(task.claimedBy)}跟進中${overdue}`;
  return `待認領，請於${dateTimeText(task.dueAt)}前處理${overdue}`;
}

const ACTIVITY_TEXT: Readonly<Record<string, string>> = {
  page_opened: '打開專頁',
  pressed: '按了',
  wrote: '留言',
  sent_files: '以電郵寄來',
  auto_reply: '自動回覆',
  mail_returned: '電郵退回',
  called: '致電',
  noted: '同事備註',
  file_opened: '同事開啟文件',
};

function activityText({ kind, detail, text }: ActivityRecord): string {
  const known = detail ? (CALL_OUTCOME_TEXT[detail as CallOutcome] ?? detailWords(detail) ?? detail) : null;
  const words = text ? (CONCERN_TEXT[text] ?? escapeMarkdown(text)) : null;
  return [ACTIVITY_TEXT[kind] ?? kind, known, words].filter(Boolean).join('：');
}

const options = (texts: Readonly<Record<string, string>>): { value: string; text: string }[] =>
  Object.entries(texts).map(([value, text]) => ({ value, text }));

/** The form of a call card (DingTalk: form component). */
const OUTCOME_FORM = {
  fields: [
    {
      name: 'outcome',
      label: '結果',
      type: 'SELECT',
      required: true,
      requiredMsg: '請選擇結果',
      options: options(CALL_OUTCOME_TEXT),
    },
    { name: 'concern', label: '顧慮', type: 'SELECT', options: options(CONCERN_TEXT) },
    { name: 'summary', label: '重點（會發給對方，60字內）', type: 'TEXT' },
    { name: 'action', label: '我會跟進', type: 'TEXT' },
    { name: 'nextAt', label: '下次聯絡', type: 'DATETIME' },
  ],
};
