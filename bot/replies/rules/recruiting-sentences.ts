import type { ApplicationStage } from '../../../models/application.model.ts';
import type { RuleSentences } from '../rule-sentences.ts';
import { inLanguage, type Lang, say } from '../said.ts';
import { staffDateTime } from '../staff-dates.ts';
import { STAGE_TITLES } from '../stage-titles.ts';

type Slot = string | number | readonly string[] | undefined;

const stage = (from: Slot, lang: Lang): string =>
  typeof from === 'string' && from in STAGE_TITLES ? inLanguage(STAGE_TITLES[from as ApplicationStage], lang) : '';

const when = (at: Slot, lang: Lang): string => (typeof at === 'string' ? staffDateTime(new Date(at), lang) : '');

/** Broken rules of applications, interviews, decisions and offers: what stands in the way, and what can be done. */
export const RECRUITING_SENTENCES: RuleSentences = {
  already_in_stage: ({ name, to }) =>
    say(
      `${name} 已經是「${stage(to, 'hant')}」，毋須再做。`,
      `${name} is in stage "${stage(to, 'en')}" already; there is nothing to do.`,
    ),
  application_ended: ({ name, from }) =>
    say(
      `${name} 的申請已結束${from ? `（${stage(from, 'hant')}）` : ''}，未有作出任何更改。`,
      `The application of ${name} has ended${from ? ` (${stage(from, 'en')})` : ''}; nothing has been changed.`,
    ),
  not_shortlisted_yet: ({ name, ref }) =>
    say(
      `${name} 尚未入圍，請先輸入「入圍 ${ref}」。`,
      `${name} is not shortlisted yet. Please type "shortlist ${ref}" first.`,
    ),
  not_interviewed_yet: ({ name, ref, from }) =>
    say(
      `${name} 尚未面試（目前：${stage(from, 'hant')}）。可先輸入「約 ${ref} 日期時間」安排面試。`,
      `${name} has not been interviewed yet (now: ${stage(from, 'en')}). Type "schedule ${ref} <day> <time>" first.`,
    ),
  not_passed_yet: ({ name, ref, from }) =>
    say(
      `${name} 尚未通過面試（目前：${stage(from, 'hant')}）。通過後請輸入「批 ${ref}」。`,
      `${name} has not passed yet (now: ${stage(from, 'en')}). Type "approve ${ref}" when they have.`,
    ),
  no_offer_sent: ({ name, ref }) =>
    say(
      `尚未記錄發出聘書給 ${name}。如他們決定不來，請輸入「退出 ${ref}」。`,
      `No offer to ${name} has been recorded. If they are not coming, type "withdraw ${ref}".`,
    ),
  offer_not_accepted: ({ name, ref }) =>
    say(
      `${name} 尚未接受聘書，這個職位須先記錄「聘書 ${ref} 已接受」。`,
      `${name} has not accepted the offer yet. For this job, record "offer ${ref} accepted" first.`,
    ),
  already_passed: ({ name, from }) =>
    say(
      `${name} 已通過面試（目前：${stage(from, 'hant')}），未有作出任何更改。`,
      `${name} has passed already (now: ${stage(from, 'en')}); nothing has been changed.`,
    ),
  stage_not_allowed: ({ name, from, to }) =>
    say(
      `${name} 目前是「${stage(from, 'hant')}」，不能改為「${stage(to, 'hant')}」。`,
      `${name} is in stage "${stage(from, 'en')}", which cannot be followed by "${stage(to, 'en')}".`,
    ),
  application_unknown: () =>
    say('找不到這份申請，未有作出任何更改。', 'This application cannot be found; nothing has been changed.'),
  hold_in_past: ({ name }) =>
    say(
      `擱置日期須在今日之後。請再輸入一次，例如「擺住 ${name} 下星期一」。`,
      'The day must lie ahead. Please try again with a later day.',
    ),
  not_on_hold: ({ name }) => say(`${name} 並沒有被擱置。`, `${name} is not on hold.`),

  interview_in_past: ({ name }) =>
    say(
      `面試時間須在現在之後，未有為 ${name} 安排面試。`,
      `The time must lie ahead; no interview with ${name} was arranged.`,
    ),
  interview_exists: ({ name, ref, at }) =>
    say(
      `${name} 已約${when(at, 'hant')}面試。如要更改，請輸入「改期 ${ref} 新日期時間」。`,
      `${name} has an interview on ${when(at, 'en')} already. To move it, type "reschedule ${ref} <day> <time>".`,
    ),
  kind_not_allowed: ({ job }) =>
    say(
      `「${job}」不設這種面試方式，請改用其他方式。`,
      `This kind of interview is not used for "${job}". Please choose another.`,
    ),
  staff_unknown: () =>
    say('這位同事未有登記或已離職，未能安排。', 'This colleague is not registered or no longer active.'),
  branch_unknown: () => say('請說明面試地點（分店名稱或代號）。', 'Please say where: the name or code of a branch.'),
  interview_unknown: ({ name }) =>
    say(
      name ? `${name} 沒有已約的面試。` : '找不到這次面試。',
      name ? `${name} has no interview arranged.` : 'This interview cannot be found.',
    ),
  interview_over: ({ name }) =>
    say(`${name} 的這次面試已完結或已取消。`, `This interview with ${name} is over or was called off.`),
  interview_ahead: ({ name, ref, at }) =>
    say(
      `${name} 的面試在${when(at, 'hant')}，尚未舉行。如要取消，請先輸入「取消面試 ${ref}」。`,
      `The interview with ${name} is on ${when(at, 'en')} and has not taken place. To call it off first, type "cancel interview ${ref}".`,
    ),
  interview_changed: ({ at }) =>
    say(`面試時間已改為${when(at, 'hant')}。`, `The interview has been moved to ${when(at, 'en')}.`),
  same_time: ({ name }) =>
    say(`${name} 的面試本來就是這個時間，未有更改。`, `The interview with ${name} is at this time already.`),

  decision_unknown: ({ ref }) =>
    say(
      `找不到這項決定（${ref}），可能已重新詢問，請看最新的卡片或訊息。`,
      `This question (${ref}) cannot be found; it may have been asked anew. Please use the latest card or message.`,
    ),
  decision_made: ({ name, by, choice }) =>
    say(
      `${name} 已由 ${by} 決定：${choice}。您這次的選擇沒有計入。`,
      `${by} has decided about ${name} already: ${choice}. Your choice was not counted.`,
    ),
  decision_closed: ({ name }) =>
    say(
      `${name} 已毋須決定，未有作出任何更改。`,
      `No decision about ${name} is needed any more; nothing has been changed.`,
    ),
  reason_missing: ({ name, ref }) =>
    say(
      `請寫下對 ${name} 這個決定的原因（只供內部），例如「決定 ${ref} 不合適 原因：當值時間未能配合」。`,
      `Please give a reason (for staff only), for example "decide ${ref} reject reason: shifts do not fit".`,
    ),
  rejected_by_manager: ({ ref }) =>
    say(
      `經理已決定不合適，正等待婉拒信。請輸入「婉拒信 ${ref}」；如要改變決定，請由經理復原。`,
      `The manager has decided against this person; the letter is owed. Type "rejection letter ${ref}", or ask the manager to undo.`,
    ),

  positive_missing: ({ name, ref }) =>
    say(
      `${name} 曾經面試，婉拒信要有一句真心欣賞之處。請輸入「婉拒信 ${ref}」。`,
      `${name} was interviewed: the letter needs one sentence of true appreciation. Type "rejection letter ${ref}".`,
    ),
  positive_empty: () =>
    say(
      '請寫出欣賞應徵者的地方，例如「您的耐心及親和力」。',
      'Please name what you appreciated, for example 「您的耐心及親和力」.',
    ),
  positive_too_long: ({ most }) =>
    say(`這句讚賞太長，請限於${most}字以內。`, `Please keep it within ${most} characters.`),
  positive_not_allowed: () =>
    say(
      '請只寫一個與工作有關的優點，不要比較他人，亦不要提及年齡、外貌、性別、健康、家庭或個人資料。例如「您的耐心及親和力」。',
      'Please name one strength that has to do with work: no comparison, age, looks, sex, health, family or personal data.',
    ),
  positive_is_reason: () =>
    say(
      '經理的內部原因不可寫入信件，請另寫一句讚賞。',
      "The manager's reason must not enter the letter. Please write something else.",
    ),

  start_in_past: ({ name }) =>
    say(`${name} 的上班日期不能早於今日。`, `The first day of ${name} cannot lie in the past.`),
  deadline_in_past: ({ name }) => say(`${name} 的回覆期限須在現在之後。`, `The deadline for ${name} must lie ahead.`),
  arrival_in_future: ({ name }) => say(`${name} 的到職日尚未到。`, `The first day of ${name} lies ahead.`),
};
