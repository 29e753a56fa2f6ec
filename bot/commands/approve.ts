import { resumeAfterUndo } from '../../recruiting/application/resume-after-undo.ts';
import { approveApplication, checkApproval } from '../../recruiting/decision/approve-application.ts';
import { defineCommand } from '../command.ts';
import { lines, say } from '../replies/said.ts';

/** Somebody passes. */
export const approve = defineCommand({
  name: 'approve',
  aliases: { hant: ['批', '批准', '批核', '通過'], en: ['approve', 'pass'] },
  summary: say('批准應徵者通過面試，開始等候期。', 'Approve a candidate: they pass and the waiting period begins.'),
  usage: say('批 〈應徵者〉 〔原因〕', 'approve <candidate> [reason]'),
  examples: ['批 家欣', 'approve A1003'],
  changes:
    'The application moves to passed, open decision cards close, the waiting period begins; `passed_welcome_pack` leaves an hour later inside the send window.',
  permission: 'decide',
  surface: 'any',
  consequential: true,
  takes: {
    who: { kind: 'application', title: say('應徵者', 'candidate'), stages: ['interview', 'interviewed'] },
    reason: { kind: 'text', title: say('原因', 'reason'), labels: ['原因', 'reason', 'because'], optional: true },
  },
  async confirmation({ unit }, { who }) {
    await checkApproval(unit, who.application._id);
    const name = who.candidate.name.display;
    const hours = unit.settings.welcomeAfterHours;
    return lines(
      say(
        `批准 ${name}（${who.application.ref}，${who.requisition.jobTitle}）通過面試，開始等候期。`,
        `Approve ${name} (${who.application.ref}, ${who.requisition.jobTitle}): they pass and the waiting period begins.`,
      ),
      say(
        `會發出：「通過面試及歡迎資料」，${hours}小時後（在發送時段內）。`,
        `The welcome message leaves after ${hours} hour${hours === 1 ? '' : 's'}, inside the send window.`,
      ),
    );
  },
  async action({ unit, asker }, { who, reason }) {
    await approveApplication(unit, { applicationId: who.application._id, staffId: asker._id, reason });
    const name = who.candidate.name.display;
    return {
      text: say(`已批准 ${name} 通過面試，等候期開始。`, `${name} has passed; the waiting period begins.`),
      did: `批准 ${name}`,
    };
  },
  async undone({ unit, undone }) {
    await resumeAfterUndo(unit, undone);
    return undefined;
  },
  remedy: say(
    '歡迎訊息已發出，請先致電應徵者，再輸入「唔要」。',
    'The welcome message has gone: phone the candidate first, then type "reject".',
  ),
});
