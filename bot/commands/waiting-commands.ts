import { momentAt } from '../../hongkong/zone.ts';
import { assignBranch } from '../../recruiting/application/assign-branch.ts';
import { pauseNudges, resumeNudges } from '../../recruiting/waiting/pause-nudges.ts';
import { type AnyCommand, defineCommand } from '../command.ts';
import { say } from '../replies/said.ts';
import { staffDate } from '../replies/staff-dates.ts';

const WAITING = ['passed', 'offer_sent', 'offer_accepted'] as const;

const assignBranchCommand = defineCommand({
  name: 'assign_store',
  aliases: { hant: ['派店', '派駐', '編店', '派去'], en: ['assign store', 'assign branch', 'place at'] },
  summary: say('派應徵者到分店，並請對方回覆是否方便。', 'Name the branch somebody will work in; they may object.'),
  usage: say('派店 〈應徵者〉 〈分店〉', 'assign store <candidate> <branch>'),
  examples: ['派店 家欣 旺角店', 'assign store Kelly MK'],
  changes: '`store_assignment` leaves after the time to undo.',
  permission: 'assign_branch',
  surface: 'any',
  takes: {
    who: { kind: 'application', title: say('應徵者', 'candidate'), stages: WAITING },
    branch: { kind: 'branch', title: say('分店', 'branch') },
  },
  async action({ unit }, { who, branch }) {
    await assignBranch(unit, { applicationId: who.application._id, branchId: branch._id });
    const name = who.candidate.name.display;
    return {
      text: say(
        `已派 ${name} 到${branch.name}。可復原時間過後會通知對方地址和負責人。`,
        `${name} will work at ${branch.name}. They hear the address and the manager after the time to undo.`,
      ),
      did: `派店 ${name} ${branch.name}`,
    };
  },
});

const pause = defineCommand({
  name: 'pause_nudges',
  aliases: { hant: ['暫停訊息', '暫停提示', '唔好再嘈'], en: ['pause messages', 'pause nudges', 'pause'] },
  summary: say('暫停向一位應徵者發送提示。', 'Stop nudges to a candidate for a while.'),
  usage: say('暫停訊息 〈應徵者〉 至 〈日期〉', 'pause messages <candidate> until <date>'),
  examples: ['暫停訊息 家欣 至 7/12', 'pause messages Kelly until 7/12'],
  changes: 'No tips, stories, check-ins or progress messages until then; dates and training notices still go.',
  permission: 'pause_messages',
  surface: 'any',
  takes: {
    who: { kind: 'application', title: say('應徵者', 'candidate'), stages: WAITING },
    until: { kind: 'date', title: say('至哪一日', 'until when'), labels: ['至', '到', 'until', 'till'] },
  },
  async action({ unit }, { who, until }) {
    const name = who.candidate.name.display;
    const moment = momentAt(until);
    await pauseNudges(unit, { applicationId: who.application._id, until: moment, name });
    return {
      text: (lang) =>
        lang === 'en'
          ? `Nudges to ${name} are paused until ${staffDate(moment, lang)}. Fixed dates are still announced.`
          : `已暫停向 ${name} 發送提示，至${staffDate(moment, lang)}。已定的日期仍會通知。`,
      did: `暫停訊息 ${name}`,
    };
  },
});

const resume = defineCommand({
  name: 'resume_nudges',
  aliases: { hant: ['恢復訊息', '恢復提示', '繼續訊息'], en: ['resume messages', 'resume nudges', 'resume'] },
  summary: say('恢復向一位應徵者發送提示。', 'Let nudges to a candidate go out again.'),
  usage: say('恢復訊息 〈應徵者〉', 'resume messages <candidate>'),
  examples: ['恢復訊息 家欣', 'resume messages Kelly'],
  changes: 'Tips, stories, check-ins and progress messages go on.',
  permission: 'pause_messages',
  surface: 'any',
  takes: { who: { kind: 'application', title: say('應徵者', 'candidate'), stages: WAITING } },
  async action({ unit }, { who }) {
    const name = who.candidate.name.display;
    await resumeNudges(unit, { applicationId: who.application._id, name });
    return {
      text: say(`已恢復向 ${name} 發送提示。`, `Nudges to ${name} go out again.`),
      did: `恢復訊息 ${name}`,
    };
  },
});

/** What staff can do about a waiting period. */
export const WAITING_COMMANDS: readonly AnyCommand[] = [assignBranchCommand, pause, resume];
