import { addDays, hongKongDate, momentAt } from '../../hongkong/zone.ts';
import type { InterviewRecord } from '../../models/interview.model.ts';
import { mayReach } from '../../recruiting/access/reach.ts';
import { applicationScope } from '../../recruiting/application/application-scope.ts';
import { type ApplicationInfo, defineCommand } from '../command.ts';
import { inLanguage, say } from '../replies/said.ts';
import { staffDate, staffDateTime } from '../replies/staff-dates.ts';
import { KIND_WORDS } from './interview-arguments.ts';

/** Most rows of one answer. */
const MOST_ROWS = 30;

/** Who comes to an interview in the days named; today when none is. */
export const listInterviews = defineCommand({
  name: 'list_interviews',
  aliases: { hant: ['面試名單', '面試時間表', '有咩面試'], en: ['interviews', 'interview list'] },
  summary: say('列出某日或某段日子的面試。', 'List the interviews of a day or some days.'),
  usage: say('面試名單 〔日期〕 〔至：日期〕 〔分店〕', 'interviews [day] [until: day] [branch]'),
  examples: ['面試名單', '面試名單 聽日', 'interviews Friday'],
  changes: 'Nothing.',
  readsOnly: true,
  permission: 'see_applications',
  surface: 'any',
  takes: {
    to: {
      kind: 'date',
      title: say('至', 'until'),
      optional: true,
      labelled: true,
      labels: ['至', '到', 'until', 'to'],
    },
    from: { kind: 'date', title: say('日期', 'day'), optional: true },
    branch: { kind: 'branch', title: say('分店', 'branch'), optional: true },
  },
  async action({ unit, asker, now }, { from, to, branch }) {
    const first = from ?? hongKongDate(now);
    const last = to && to > first ? to : first;
    const found = await unit.list(
      'interviews',
      {
        state: 'scheduled',
        startAt: { $gte: momentAt(first), $lt: momentAt(addDays(last, 1)) },
        ...(branch ? { branchId: branch._id } : {}),
      },
      { sort: { startAt: 1 }, limit: 200 },
    );
    const shown: { info: ApplicationInfo; interview: InterviewRecord; interviewers: string }[] = [];
    for (const interview of found) {
      if (shown.length > MOST_ROWS) break;
      const info = await applicationScope(unit, interview.applicationId);
      if (!(await mayReach(unit, asker, 'see_applications', info))) continue;
      const people = await unit.list('staff', { _id: { $in: [...interview.interviewerIds] } });
      shown.push({ info, interview, interviewers: people.map(({ name }) => name).join('、') });
    }
    return {
      text: (lang) => {
        const days =
          first === last
            ? staffDate(momentAt(first), lang)
            : `${staffDate(momentAt(first), lang)} – ${staffDate(momentAt(last), lang)}`;
        if (shown.length === 0) {
          return inLanguage(say(`${days}沒有面試。`, `There are no interviews: ${days}.`), lang);
        }
        const rows = shown.slice(0, MOST_ROWS).map(({ info, interview, interviewers }) => {
          const kind = inLanguage(say(KIND_WORDS[interview.kind].hant, KIND_WORDS[interview.kind].en), lang);
          const at = staffDateTime(interview.startAt, lang);
          const { candidate, application, requisition } = info;
          return lang === 'en'
            ? `· ${at}: ${candidate.name.display} (${application.ref}, ${requisition.jobTitle}), ${kind}, with ${interviewers}`
            : `· ${at}　${candidate.name.display}（${application.ref}，${requisition.jobTitle}）${kind}，面試官：${interviewers}`;
        });
        const more =
          shown.length > MOST_ROWS
            ? [inLanguage(say('……還有更多，請用較短的日子。', '… and more: name fewer days.'), lang)]
            : [];
        const head = say(`${days}的面試：`, `Interviews, ${days}:`);
        return [inLanguage(head, lang), ...rows, ...more].join('\n');
      },
    };
  },
});
