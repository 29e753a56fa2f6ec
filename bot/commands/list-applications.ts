import type { QueryFilter } from 'mongoose';
import { APPLICATION_STAGES, type ApplicationRecord, type ApplicationStage } from '../../models/application.model.ts';
import { mayReach } from '../../recruiting/access/reach.ts';
import { applicationScope } from '../../recruiting/application/application-scope.ts';
import { type ApplicationInfo, type Choice, defineCommand } from '../command.ts';
import { applicationLabel } from '../replies/labels.ts';
import { inLanguage, say } from '../replies/said.ts';
import { staffDate } from '../replies/staff-dates.ts';
import { STAGE_TITLES } from '../replies/stage-titles.ts';

const STAGE_ALIASES: Readonly<Partial<Record<ApplicationStage, readonly string[]>>> = {
  applied: ['新申請', '收到申請', '未入圍', 'new'],
  shortlisted: ['入圍', '短名單', 'shortlist'],
  interview: ['面試', '約咗面試', 'interviews'],
  interviewed: ['待決定', '面完', '已面試'],
  passed: ['通過', '等候', '等候期', 'waiting'],
  offer_sent: ['聘書', 'offer', 'offers'],
  offer_accepted: ['接受聘書', 'accepted'],
  arrived: ['到職', '返咗工'],
  rejected: ['不合適', '拒絕', 'rejections'],
  withdrawn: ['退出'],
  declined: ['婉拒'],
  no_show: ['缺席', '冇嚟', 'no show'],
};

const STAGES: readonly Choice[] = APPLICATION_STAGES.map((id) => ({
  id,
  title: STAGE_TITLES[id],
  aliases: STAGE_ALIASES[id] ?? [],
}));

/** Most rows of one answer; a chat message has a limited length. */
const MOST_ROWS = 30;

/** Applications by stage and vacancy, the longest waiting first. */
export const listApplications = defineCommand({
  name: 'list',
  aliases: { hant: ['名單', '列出', '列表', '清單', '應徵者名單'], en: ['list', 'show list'] },
  summary: say('按階段或職位列出應徵者。', 'List candidates by stage or vacancy.'),
  usage: say('名單 〈階段〉 〈職位〉', 'list <stage> <vacancy>'),
  examples: ['名單 已入圍', '名單 店務員', 'list shortlisted R101'],
  changes: 'Nothing.',
  readsOnly: true,
  permission: 'see_applications',
  surface: 'any',
  takes: {
    stage: { kind: 'choice', title: say('階段', 'stage'), optional: true, many: true, choices: STAGES },
    branch: { kind: 'branch', title: say('分店', 'branch'), optional: true },
    requisition: { kind: 'requisition', title: say('職位', 'vacancy'), optional: true },
  },
  async action({ unit, asker }, { stage, branch, requisition }) {
    const alive: ApplicationStage[] = APPLICATION_STAGES.filter(
      (one) => !['arrived', 'rejected', 'withdrawn', 'declined'].includes(one),
    );
    const stages = stage.length > 0 ? (stage as ApplicationStage[]) : alive;
    const jobs = branch ? (await unit.list('requisitions', { branchId: branch._id })).map(({ _id }) => _id) : undefined;
    const filter: QueryFilter<ApplicationRecord> = {
      stage: { $in: stages },
      ...(requisition ? { requisitionId: requisition._id } : jobs ? { requisitionId: { $in: jobs } } : {}),
    };
    const found = await unit.list('applications', filter, { sort: { stageSince: 1 }, limit: 300 });
    const shown: ApplicationInfo[] = [];
    for (const application of found) {
      if (shown.length > MOST_ROWS) break;
      const info = await applicationScope(unit, application._id);
      if (await mayReach(unit, asker, 'see_applications', info)) shown.push(info);
    }
    if (shown.length === 0) {
      return { text: say('名單上暫時沒有人。', 'Nobody is on this list at present.') };
    }
    return {
      text: (lang) => {
        const rows = shown.slice(0, MOST_ROWS).map((info) => {
          const since = staffDate(info.application.stageSince, lang);
          return `· ${applicationLabel(info, lang)} ${inLanguage(say(`${since}起`, `since ${since}`), lang)}`;
        });
        const more =
          shown.length > MOST_ROWS
            ? [
                inLanguage(
                  say('……還有更多，可加上職位或階段收窄。', '… and more: add a stage or vacancy to narrow it.'),
                  lang,
                ),
              ]
            : [];
        const head = say(
          `共${shown.length > MOST_ROWS ? `多於${MOST_ROWS}` : shown.length}位（等候最久的在前）：`,
          `${shown.length > MOST_ROWS ? `More than ${MOST_ROWS}` : shown.length} (longest waiting first):`,
        );
        return [inLanguage(head, lang), ...rows, ...more].join('\n');
      },
    };
  },
});
