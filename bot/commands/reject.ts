import { RuleBroken } from '../../lib/errors.ts';
import { draftRejection, rejectApplication } from '../../recruiting/application/reject-application.ts';
import { resumeAfterUndo } from '../../recruiting/application/resume-after-undo.ts';
import { ArgumentNeeded } from '../argument-needed.ts';
import { type ActionContext, type ApplicationInfo, defineCommand } from '../command.ts';
import { lines, type Said, say } from '../replies/said.ts';
import { staffDateTime } from '../replies/staff-dates.ts';
import { letterLines } from './letter-preview.ts';

const POSITIVE = {
  kind: 'text',
  title: say('欣賞之處', 'appreciation'),
  labels: ['欣賞', '讚賞', 'positive'],
  labelled: true,
  optional: true,
} as const;

const QUESTION = say(
  '這位應徵者曾經面試，婉拒信會寫「我們欣賞……」。請寫一個真心欣賞之處，例如：您的耐心及親和力（不要寫婉拒原因）。',
  'This person was interviewed; the letter says 「我們欣賞……」. Please write one thing you truly appreciated, for example 「您的耐心及親和力」 (not the reason).',
);

/** Refuses an application, with the letter shown first. */
export const reject = defineCommand({
  name: 'reject',
  aliases: { hant: ['唔要', '婉拒', '拒絕', '不合適', '唔啱'], en: ['reject', 'turn down'] },
  summary: say(
    '婉拒應徵者：先看婉拒信，確認後才發出。',
    'Turn a candidate down: you see the letter first, then confirm.',
  ),
  usage: say('唔要 〈應徵者〉 〔原因〕 〔欣賞：……〕', 'reject <candidate> [reason] [positive: …]'),
  examples: ['唔要 家欣 經驗不足', '唔要 A1003 欣賞：您的耐心及親和力', 'reject Kelly'],
  changes:
    'The application moves to rejected; `rejection` leaves Monday to Thursday 10:00-17:00; the reason stays internal; the day on which the data go is set.',
  permission: 'decide',
  surface: 'any',
  consequential: true,
  takes: {
    who: {
      kind: 'application',
      title: say('應徵者', 'candidate'),
      stages: [
        'applied',
        'shortlisted',
        'interview',
        'interviewed',
        'no_show',
        'passed',
        'offer_sent',
        'offer_accepted',
      ],
    },
    positive: POSITIVE,
    reason: {
      kind: 'text',
      title: say('原因（只供內部）', 'reason (internal)'),
      labels: ['原因', 'reason', 'because'],
      optional: true,
    },
  },
  confirmation: (context, { who, positive, reason }) => confirmLetter(context, who, positive, reason),
  action: (context, { who, positive, reason }) => sendLetter(context, who, positive, reason),
  async undone({ unit, undone }) {
    await resumeAfterUndo(unit, undone);
    return undefined;
  },
  remedy: say(
    '請直接致電應徵者說明，再重新登記其申請。',
    'Please phone the candidate and register the application again.',
  ),
});

/** Writes the letter after a manager's decision. */
export const rejectionLetter = defineCommand({
  name: 'rejection_letter',
  aliases: { hant: ['婉拒信', '寫婉拒信'], en: ['rejection letter', 'letter'] },
  summary: say(
    '經理決定不合適後，寫一句讚賞並發出婉拒信。',
    'After a manager decided against somebody: write the letter and send it.',
  ),
  usage: say('婉拒信 〈應徵者〉 〔欣賞：……〕', 'rejection letter <candidate> [positive: …]'),
  examples: ['婉拒信 A1003', '婉拒信 家欣 欣賞：您的耐心及親和力'],
  changes: 'As `reject`, with the sentence that the letter needs.',
  permission: 'decide',
  surface: 'any',
  consequential: true,
  takes: {
    who: { kind: 'application', title: say('應徵者', 'candidate'), stages: ['interviewed', 'no_show', 'interview'] },
    positive: { ...POSITIVE, labelled: false },
  },
  confirmation: (context, { who, positive }) => confirmLetter(context, who, positive, undefined),
  action: (context, { who, positive }) => sendLetter(context, who, positive, undefined),
  async undone({ unit, undone }) {
    await resumeAfterUndo(unit, undone);
    return undefined;
  },
});

async function confirmLetter(
  { unit, office }: ActionContext,
  who: ApplicationInfo,
  positive: string | undefined,
  reason: string | undefined,
): Promise<Said> {
  const { letter } = await asking(() => draftRejection(unit, { applicationId: who.application._id, positive }));
  const name = who.candidate.name.display;
  return lines(
    say(
      `婉拒 ${name}（${who.application.ref}，${who.requisition.jobTitle}）。`,
      `Turn down ${name} (${who.application.ref}, ${who.requisition.jobTitle}).`,
    ),
    reason ? say(`內部原因（不會寫入信件）：${reason}`, `Reason (internal, not in the letter): ${reason}`) : undefined,
    await letterLines(office, who, letter),
  );
}

async function sendLetter(
  { unit }: ActionContext,
  who: ApplicationInfo,
  positive: string | undefined,
  reason: string | undefined,
): Promise<{ text: Said; did: string }> {
  const { letter } = await asking(() =>
    rejectApplication(unit, { applicationId: who.application._id, positive, reason }),
  );
  const name = who.candidate.name.display;
  return {
    text: (lang) =>
      lang === 'en'
        ? `${name} is turned down; the letter leaves on ${staffDateTime(letter.dueAt, lang)}.`
        : `已婉拒 ${name}，信件將於${staffDateTime(letter.dueAt, lang)}發出。`,
    did: `婉拒 ${name}`,
  };
}

/** A missing sentence is asked for instead of refused. */
async function asking<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RuleBroken && error.code === 'positive_missing')
      throw new ArgumentNeeded('positive', QUESTION);
    throw error;
  }
}
