import type { RuleSentences } from '../rule-sentences.ts';
import { say } from '../said.ts';

/** Broken rules of setting up: organisation, staff, branches, vacancies. */
export const ORGANISATION_SENTENCES: RuleSentences = {
  organisation_field_empty: () => say('內容是空白的，未有更改。', 'There was no text; nothing has been changed.'),
  organisation_field_too_long: ({ limit }) =>
    say(
      `最多${limit}個字，因為它會出現在短訊和電郵內。請縮短後再輸入。`,
      `At most ${limit} characters, because it stands in SMS and e-mails. Please shorten it.`,
    ),
  phone_wrong: ({ phone }) =>
    say(
      `「${phone}」不是有效的電話號碼，例如 2123 4567。`,
      `"${phone}" is not a telephone number. For example 2123 4567.`,
    ),
  sms_sender_wrong: () =>
    say(
      '短訊發送人名稱須以 # 開頭，加2至11個英文字母或數字，並已向通訊事務管理局登記。',
      'The SMS sender starts with # and has 2 to 11 letters or digits, as registered with OFCA.',
    ),
  hr_group_needs_group: () =>
    say(
      '請到要用作 HR 群組的釘釘群組內，@我 並輸入「設定HR群組」。',
      'Please mention me in the group that is to be the HR group and type "set hr group".',
    ),
  branch_code_wrong: ({ code }) =>
    say(
      `分店代號「${code}」不合格式：2至8個英文字母或數字，以字母開頭，例如 MK。`,
      `"${code}" is no branch code: 2 to 8 letters or digits, starting with a letter, such as MK.`,
    ),
  branch_name_missing: ({ code }) =>
    say(
      `${code} 是新分店，請加上名稱，例如「設定分店 ${code} 旺角店 地址 …」。`,
      `${code} is new: please add its name, such as "set branch ${code} Mong Kok address …".`,
    ),
  branch_address_missing: ({ name }) =>
    say(
      `請加上${name}的地址，應徵者要憑它前往面試，例如「地址 旺角彌敦道700號地舖」。`,
      `Please add the address of ${name}; candidates need it for interviews.`,
    ),
  branch_short_too_long: ({ text, limit }) =>
    say(
      `「${text}」超過${limit}個字。短訊用的簡稱和地標最多${limit}個字，請加「簡稱 …」。`,
      `"${text}" is longer than ${limit} characters. Short name and landmark stand in SMS: at most ${limit}.`,
    ),
  branch_unknown: () =>
    say('找不到這間分店。輸入「分店」可查看。', 'There is no such branch. Type "branches" to see all.'),
  staff_id_missing: () =>
    say(
      '請寫上同事的釘釘編號，例如「設定同事 staff:0123 招聘主任」。',
      'Please give the DingTalk id, such as "set staff staff:0123 recruiter".',
    ),
  staff_not_in_directory: ({ staffId }) =>
    say(
      `釘釘通訊錄內找不到「${staffId}」，或機械人未有讀取通訊錄的權限。請核對編號。`,
      `"${staffId}" is not in the DingTalk address book, or the robot may not read it. Please check the id.`,
    ),
  staff_name_missing: ({ staffId }) => say(`不知道 ${staffId} 的姓名。`, `The name of ${staffId} is not known.`),
  staff_role_missing: ({ name }) =>
    say(
      `請寫上${name}的角色：招聘主任、HR經理、用人經理、區域經理、面試官、HR總監或 IT。`,
      `Please give ${name} a role: recruiter, HR manager, hiring manager, area manager, interviewer, HR director or IT.`,
    ),
  staff_own_superior: ({ name }) => say(`${name}不能做自己的上司。`, `${name} cannot be their own superior.`),
  staff_unknown: () =>
    say('找不到這位同事。輸入「同事」可查看。', 'I do not know this colleague. Type "staff" to see all.'),
  last_hr_manager: ({ name }) =>
    say(
      `${name}是唯一的 HR 經理，請先設定另一位。`,
      `${name} is the only HR manager; please appoint another one first.`,
    ),
  job_title_invalid: ({ limit }) => say(`職位名稱須為1至${limit}個字。`, `A job title has 1 to ${limit} characters.`),
  headcount_invalid: () => say('人數須為1至999。', 'The number of people is 1 to 999.'),
  hiring_manager_missing: ({ branch }) =>
    say(
      `${branch}未有經理，請在指令加「經理 〈姓名〉」，或先設定分店經理。`,
      `${branch} has no manager: add "manager <name>", or set the branch's manager first.`,
    ),
  recruiter_missing: () =>
    say('未有招聘主任或 HR 經理可負責這個職位。', 'There is no recruiter or HR manager to answer for this vacancy.'),
  requisition_state_same: ({ job, ref }) =>
    say(`「${job}」（${ref}）本來就是這個狀態。`, `"${job}" (${ref}) is in that state already.`),
  vacancy_not_open: ({ job, ref }) =>
    say(
      `「${job}」（${ref}）現時凍結、已請滿或已關閉，未有作出任何更改。如要繼續，請先「重開職位 ${ref}」。`,
      `"${job}" (${ref}) is frozen, filled or closed; nothing has been changed. Type "reopen vacancy ${ref}" first.`,
    ),
  requisition_not_open: ({ job, ref }) =>
    say(
      `「${job}」（${ref}）目前不接受新申請。如要繼續，請先「重開職位 ${ref}」。`,
      `"${job}" (${ref}) takes no applications now. Type "reopen vacancy ${ref}" first.`,
    ),
};
