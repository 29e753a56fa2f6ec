import type { RuleSentences } from '../rule-sentences.ts';
import { say } from '../said.ts';

/** Broken rules of the waiting period: training groups, branches, pauses, calls, messages. */
export const WAITING_SENTENCES: RuleSentences = {
  intake_unknown: () =>
    say('找不到這個培訓班。輸入「培訓班」查看編號。', 'There is no such training group. Type "intakes".'),
  intake_ref_taken: ({ ref }) => say(`培訓班編號 ${ref} 已被使用。`, `The training group ${ref} exists already.`),
  intake_place_too_long: ({ most }) =>
    say(`地點簡稱最多${most}個字，請再短一點。`, `The short name of the place may have ${most} characters at most.`),
  intake_over: ({ ref }) => say(`培訓班 ${ref} 已完結。`, `The training group ${ref} is over.`),
  intake_in_past: () =>
    say('培訓日期已過，請給一個將來的日期。', 'That date has passed; please give one in the future.'),
  intake_same_date: ({ ref }) => say(`${ref} 原本已是這個日期。`, `${ref} has that date already.`),
  intake_full: ({ ref, free }) =>
    say(`${ref} 只餘${free}個名額，未有編入任何人。`, `${ref} has only ${free} seats left; nobody was put in.`),
  already_in_intake: ({ name, ref }) => say(`${name} 已在 ${ref}。`, `${name} is in ${ref} already.`),
  not_waiting: ({ name }) =>
    say(
      `${name} 現時不在等候期（須已通過面試、未上班）。`,
      `${name} is not in the waiting period (passed, not yet at work).`,
    ),
  work_branch_unknown: () => say('找不到這間分店。輸入「分店」查看。', 'There is no such branch. Type "branches".'),
  already_in_branch: ({ name, branch }) =>
    say(`${name} 原本已派往${branch}。`, `${name} is placed at ${branch} already.`),
  pause_in_past: () =>
    say('暫停的日期已過，請給一個將來的日期。', 'That date has passed; please give one in the future.'),
  not_paused: ({ name }) => say(`${name} 的提示沒有暫停。`, `Nudges to ${name} are not paused.`),
  call_task_unknown: () => say('找不到這個致電跟進。', 'There is no such call task.'),
  call_task_taken: ({ by }) => say(`已由${by}認領。`, `${by} has taken it over already.`),
  call_task_closed: () => say('這個致電跟進已完成或取消。', 'This call task is done or cancelled.'),
  call_outcome_missing: () => say('請先選擇致電結果，再按「記錄結果」。', 'Please choose what the call came to first.'),
  summary_too_long: ({ most }) =>
    say(
      `重點最多${most}個字（會發給對方），請縮短。`,
      `The summary may have ${most} characters at most (it is sent to the candidate).`,
    ),
  case_unknown: () => say('找不到這個個案。輸入「個案名單」查看編號。', 'There is no such case. Type "cases".'),
  case_closed: ({ ref }) => say(`個案${ref}已經結案。`, `Case ${ref} is closed already.`),
  message_unknown: () => say('找不到這個訊息。', 'There is no such message.'),
  message_already_settled: () => say('這個訊息已經處理。', 'This message has been settled already.'),
  template_unknown: () => say('沒有這個訊息範本。', 'There is no such message.'),
};
