import { momentAt } from '../../hongkong/zone.ts';
import { RuleBroken } from '../../lib/errors.ts';
import { applicationScope } from '../../recruiting/application/application-scope.ts';
import { type OfferFact, recordOffer } from '../../recruiting/application/record-offer.ts';
import { resumeAfterUndo } from '../../recruiting/application/resume-after-undo.ts';
import { mayMove } from '../../recruiting/application/stage.ts';
import type { Settings } from '../../recruiting/settings.ts';
import { defineCommand } from '../command.ts';
import { lines, type Said, say } from '../replies/said.ts';
import { staffDate } from '../replies/staff-dates.ts';

const FACTS = [
  { id: 'sent', title: say('已發出', 'sent'), aliases: ['已發出', '已發', '發出', '寄出', 'sent', 'issued'] },
  {
    id: 'accepted',
    title: say('已接受', 'accepted'),
    aliases: ['已接受', '接受', '簽咗', '應承', 'accepted', 'accepts'],
  },
  {
    id: 'declined',
    title: say('已婉拒', 'declined'),
    aliases: ['已婉拒', '婉拒', '拒絕', '唔接受', '不接受', 'declined', 'declines'],
  },
] as const;

const TO = { sent: 'offer_sent', accepted: 'offer_accepted', declined: 'declined' } as const;

/** Records what happened with an offer that was sent outside of the robot. */
export const offer = defineCommand({
  name: 'offer',
  aliases: { hant: ['聘書', '出offer', 'offer'], en: ['offer'] },
  summary: say('記錄聘書已發出、已接受或已婉拒。', 'Record an offer as sent, accepted or declined.'),
  usage: say(
    '聘書 〈應徵者〉 〈已發／已接受／已婉拒〉 〔上班日期〕 〔期限：日期〕',
    'offer <candidate> <sent|accepted|declined> [first day] [deadline: day]',
  ),
  examples: ['聘書 家欣 已發 期限：4/12', '聘書 A1003 已接受 14/12', 'offer Kelly declined'],
  changes:
    'Sent: offer_sent, `offer_reminder` 48 and 24 hours before the deadline. Accepted: offer_accepted, `offer_accepted` leaves. Declined: declined, the waiting period ends.',
  permission: 'record_offer',
  surface: 'any',
  consequential: true,
  takes: {
    who: {
      kind: 'application',
      title: say('應徵者', 'candidate'),
      stages: ['passed', 'offer_sent', 'offer_accepted', 'declined'],
    },
    fact: { kind: 'choice', title: say('情況', 'what happened'), choices: FACTS },
    deadline: {
      kind: 'date',
      title: say('回覆期限', 'deadline'),
      optional: true,
      labels: ['期限', '回覆期限', '截止', 'deadline', 'reply by'],
      labelled: true,
    },
    start: {
      kind: 'date',
      title: say('上班日期', 'first day'),
      optional: true,
      labels: ['上班', '上班日期', 'start', 'first day'],
    },
  },
  async confirmation({ unit }, { who, fact, start, deadline }) {
    const scope = await applicationScope(unit, who.application._id);
    const { application, candidate, requisition } = scope;
    const kind = fact as keyof typeof TO;
    const verdict = mayMove(requisition.stageTemplate, application.stage, TO[kind]);
    const amends = kind === 'sent' && application.stage === 'offer_sent' && (start ?? deadline) !== undefined;
    if (!verdict.allowed && !amends) {
      const names = { name: candidate.name.display, ref: application.ref };
      throw new RuleBroken(verdict.obstacle, { ...names, from: application.stage, to: TO[kind] });
    }
    const title = FACTS.find(({ id }) => id === fact)?.title;
    return lines(
      say(
        `記錄 ${candidate.name.display}（${application.ref}，${requisition.jobTitle}）的聘書：${title?.hant ?? ''}。`,
        `Record the offer to ${candidate.name.display} (${application.ref}, ${requisition.jobTitle}) as ${title?.en ?? ''}.`,
      ),
      dateLine(say('上班日期', 'First day'), start ? momentAt(start) : application.startAt, kind === 'accepted'),
      kind === 'sent'
        ? dateLine(say('回覆期限', 'Deadline'), deadline ? momentAt(deadline) : application.offerReplyBy, false)
        : undefined,
      leavesLine(kind, deadline !== undefined, unit.settings),
    );
  },
  async action({ unit }, { who, fact, start, deadline }) {
    const applicationId = who.application._id;
    const wanted: OfferFact =
      fact === 'sent'
        ? {
            fact,
            startOn: start,
            replyBy: deadline ? momentAt(deadline, unit.settings.workdayEnd) : undefined,
          }
        : fact === 'accepted'
          ? { fact, startOn: start }
          : { fact: 'declined' };
    const application = await recordOffer(unit, { applicationId, ...wanted });
    const title = FACTS.find(({ id }) => id === fact)?.title;
    const name = who.candidate.name.display;
    return {
      text: lines(
        say(`已記錄 ${name} 的聘書：${title?.hant ?? ''}。`, `Recorded: the offer to ${name} is ${title?.en ?? ''}.`),
        fact === 'accepted' && application.startAt === null
          ? say(
              `尚欠上班日期，確認訊息要補上才會發出：請輸入「聘書 ${application.ref} 已發 〈上班日期〉」或指派培訓班。`,
              'The first day is missing; the confirmation is not sent before it is known.',
            )
          : undefined,
      ),
      did: `聘書 ${name} ${title?.hant ?? ''}`,
    };
  },
  async undone({ unit, undone }) {
    await resumeAfterUndo(unit, undone);
    return undefined;
  },
});

function dateLine(label: { hant: string; en: string }, day: Date | null, needed: boolean): Said | undefined {
  if (!day && !needed) return undefined;
  return (lang) => {
    const text = day ? staffDate(day, lang) : lang === 'en' ? 'not known yet' : '未定';
    return lang === 'en' ? `${label.en}: ${text}.` : `${label.hant}：${text}。`;
  };
}

function leavesLine(fact: keyof typeof TO, hasDeadline: boolean, settings: Settings): Said {
  if (fact === 'accepted') {
    return say('會發出：「接受聘書確認」。', 'The candidate gets the confirmation of the accepted offer.');
  }
  if (fact === 'sent' && hasDeadline) {
    const hours = settings.offerReminderHours.join('及');
    return say(
      `會發出：期限前${hours}小時的「聘書回覆提示」（如仍未回覆）。`,
      `A reminder leaves ${settings.offerReminderHours.join(' and ')} hours before the deadline if still open.`,
    );
  }
  return say('不會發訊息給應徵者。', 'Nothing is sent to the candidate.');
}
