import type { RequisitionRecord, StageTemplate } from '../../models/requisition.model.ts';
import { reachOf } from '../../recruiting/access/permissions.ts';
import { openRequisition, setRequisitionState } from '../../recruiting/requisition/open-requisition.ts';
import { requisitionFigures } from '../../recruiting/requisition/requisition-figures.ts';
import { type AnyCommand, type Choice, defineCommand } from '../command.ts';
import { inLanguage, say, type Texts } from '../replies/said.ts';
import { STAGE_TITLES } from '../replies/stage-titles.ts';

const TEMPLATES: readonly (Choice & { id: StageTemplate })[] = [
  { id: 'shop', title: say('店舖', 'shop'), aliases: ['樓面', '前線', '店面', 'retail', 'front'] },
  { id: 'kitchen', title: say('廚房', 'kitchen'), aliases: ['廚務', '水吧', 'kitchen'] },
  { id: 'office', title: say('辦公室', 'office'), aliases: ['寫字樓', '後勤', 'back office'] },
];

/** Opens a vacancy. */
export const openRequisitionCommand = defineCommand({
  name: 'open_requisition',
  aliases: {
    hant: ['開職位', '開新職位', '新增職位', '開位', '請人', '開空缺', '新職位'],
    en: ['open vacancy', 'open requisition', 'open job', 'open position', 'new vacancy', 'new job'],
  },
  summary: say('開一個職位空缺。', 'Open a vacancy.'),
  usage: say(
    '開職位 〈職位〉 〈人數〉人 〈分店〉 經理 〈姓名〉 流程 〈店舖／廚房／辦公室〉',
    'open vacancy <job> <number> people <branch> manager <name> process <shop/kitchen/office>',
  ),
  examples: [
    '開職位 店務員 3人 旺角店',
    '開職位 廚師 1人 MK 經理 何家明 流程 廚房',
    'open vacancy Cashier 2 people MK',
  ],
  changes: 'Adds the vacancy (R…); applications can be added to it. No message leaves.',
  permission: 'open_requisition',
  surface: 'any',
  takes: {
    jobTitle: {
      kind: 'text',
      title: say('職位', 'job'),
      labels: ['職位', 'job title'],
      question: say('請問是甚麼職位？例如「店務員」。', 'What is the job title?'),
    },
    manager: {
      kind: 'staff',
      title: say('用人經理', 'hiring manager'),
      optional: true,
      labels: ['用人經理', '經理', '主管', '店長', 'hiring manager', 'manager'],
      labelled: true,
    },
    stageTemplate: {
      kind: 'choice',
      title: say('流程', 'process'),
      optional: true,
      labels: ['流程', '範本', 'process', 'template'],
      labelled: true,
      choices: TEMPLATES,
    },
    headcount: {
      kind: 'number',
      title: say('人數', 'number of people'),
      optional: true,
      labels: ['人數', 'headcount'],
      units: ['人', '個', '名', '位', 'people', 'persons', 'pax', 'ppl'],
    },
    branch: { kind: 'branch', title: say('分店', 'branch') },
  },
  async action({ unit, asker }, args) {
    const requisition = await openRequisition(unit, {
      jobTitle: args.jobTitle,
      headcount: args.headcount ?? 1,
      branch: args.branch,
      hiringManager: args.manager,
      stageTemplate: (args.stageTemplate as StageTemplate | undefined) ?? guessTemplate(args.jobTitle),
      opener: asker,
    });
    const manager = await unit.get('staff', requisition.hiringManagerId);
    const recruiter = await unit.get('staff', requisition.recruiterId);
    const template = TEMPLATES.find(({ id }) => id === requisition.stageTemplate);
    return {
      text: (lang) =>
        inLanguage(
          say(
            `已開職位「${requisition.jobTitle}」（${requisition.ref}）：${args.branch.name}，${requisition.headcount}人，用人經理${manager?.name ?? ''}，負責同事${recruiter?.name ?? ''}，${template?.title.hant ?? ''}流程。\n下一步：加入應徵者，例如「新增應徵者 陳家欣 9123 4567 ${requisition.ref}」。`,
            `Vacancy "${requisition.jobTitle}" (${requisition.ref}) is open: ${args.branch.name}, ${requisition.headcount} to hire, hiring manager ${manager?.name ?? ''}, recruiter ${recruiter?.name ?? ''}, ${template?.title.en ?? ''} process.\nNext: add candidates, for example "add candidate Kelly Chan 9123 4567 ${requisition.ref}".`,
          ),
          lang,
        ),
      did: `開職位 ${requisition.jobTitle}（${requisition.ref}）`,
    };
  },
});

/** The process a job title suggests, when none is named; it can be seen in the answer and undone. */
function guessTemplate(jobTitle: string): StageTemplate {
  if (/廚|水吧|點心|燒味|洗碗|chef|cook|kitchen/i.test(jobTitle)) return 'kitchen';
  return /會計|人事|行政|文員|採購|市場|資訊|秘書|office|account|admin|hr\b/i.test(jobTitle) ? 'office' : 'shop';
}

const STATE_TITLES: Readonly<Record<RequisitionRecord['state'], Texts>> = {
  open: say('招聘中', 'open'),
  frozen: say('暫停', 'on hold'),
  filled: say('已請滿', 'filled'),
  closed: say('已關閉', 'closed'),
};

/** Vacancies the person may see, with how far their applications are. */
export const listRequisitions = defineCommand({
  name: 'list_requisitions',
  aliases: {
    hant: ['職位', '空缺', '職位名單', '所有職位', '有咩空缺'],
    en: ['vacancies', 'jobs', 'requisitions', 'openings'],
  },
  summary: say('列出職位空缺和進度。', 'List vacancies and how far they are.'),
  usage: say('職位', 'vacancies'),
  examples: ['職位', 'vacancies'],
  changes: 'Nothing.',
  readsOnly: true,
  permission: 'see_applications',
  surface: 'any',
  takes: {},
  async action({ unit, asker }) {
    const all = await unit.list(
      'requisitions',
      { state: { $in: ['open', 'frozen'] } },
      { sort: { ref: 1 }, limit: 60 },
    );
    const own = reachOf(asker.roles, 'see_applications') === 'own';
    const branchIds = new Set(asker.branchIds);
    const seen = own ? all.filter((one) => one.hiringManagerId === asker._id || branchIds.has(one.branchId)) : all;
    const rows: {
      requisition: RequisitionRecord;
      branch: string;
      figures: Awaited<ReturnType<typeof requisitionFigures>>;
    }[] = [];
    for (const requisition of seen) {
      const branch = await unit.get('branches', requisition.branchId);
      rows.push({ requisition, branch: branch?.name ?? '', figures: await requisitionFigures(unit, requisition) });
    }
    if (rows.length === 0) {
      return {
        text: say(
          '目前沒有職位空缺。可輸入「開職位」新增。',
          'There are no vacancies. Type "open vacancy" to add one.',
        ),
      };
    }
    return {
      text: (lang) =>
        rows
          .map(({ requisition, branch, figures }) => {
            const counts = figures.map(({ stage, count }) => `${inLanguage(STAGE_TITLES[stage], lang)} ${count}`);
            const none = inLanguage(say('未有應徵者', 'no applications yet'), lang);
            const state = inLanguage(STATE_TITLES[requisition.state], lang);
            const people = inLanguage(say(`${requisition.headcount}人`, `${requisition.headcount} to hire`), lang);
            const sep = lang === 'en' ? ', ' : '，';
            return `· ${requisition.ref} ${requisition.jobTitle}${sep}${branch}${sep}${people}${sep}${state}${lang === 'en' ? ': ' : '：'}${counts.join(lang === 'en' ? ', ' : '、') || none}`;
          })
          .join('\n'),
    };
  },
});

function stateCommand(
  name: string,
  state: RequisitionRecord['state'],
  aliases: { hant: readonly string[]; en: readonly string[] },
  verb: Texts,
): AnyCommand {
  return defineCommand({
    name,
    aliases,
    summary: say(`${verb.hant}職位空缺。`, `${verb.en} a vacancy.`),
    usage: say(`${aliases.hant[0]} 〈職位或編號〉`, `${aliases.en[0]} <job or number>`),
    examples: [`${aliases.hant[0]} R101`],
    changes: 'Changes the state of the vacancy. Running applications go on; no message leaves.',
    permission: 'open_requisition',
    surface: 'any',
    takes: { requisition: { kind: 'requisition', title: say('職位', 'vacancy') } },
    async action({ unit }, { requisition }) {
      const changed = await setRequisitionState(unit, requisition, state);
      const alive = (await requisitionFigures(unit, changed)).filter(
        ({ stage }) => !['rejected', 'withdrawn', 'declined', 'arrived'].includes(stage),
      );
      const count = alive.reduce((sum, one) => sum + one.count, 0);
      return {
        text: say(
          `已${verb.hant}「${changed.jobTitle}」（${changed.ref}）。${count > 0 && state !== 'open' ? `仍有${count}位應徵者未完結，請逐一決定；他們不會自動收到通知。` : ''}`,
          `"${changed.jobTitle}" (${changed.ref}) is ${inLanguage(STATE_TITLES[state], 'en')} now.${count > 0 && state !== 'open' ? ` ${count} application${count === 1 ? ' is' : 's are'} still running: please decide each; nobody is told by itself.` : ''}`,
        ),
        did: `${verb.hant}職位 ${changed.ref}`,
      };
    },
  });
}

export const requisitionStateCommands: readonly AnyCommand[] = [
  stateCommand(
    'freeze_requisition',
    'frozen',
    { hant: ['凍結職位', '暫停職位'], en: ['freeze vacancy'] },
    say('暫停', 'Freeze'),
  ),
  stateCommand(
    'close_requisition',
    'closed',
    { hant: ['關閉職位', '閂位', '取消職位'], en: ['close vacancy'] },
    say('關閉', 'Close'),
  ),
  stateCommand(
    'fill_requisition',
    'filled',
    { hant: ['職位請滿', '請滿', '已請滿'], en: ['vacancy filled', 'fill vacancy'] },
    say('請滿', 'Fill'),
  ),
  stateCommand(
    'reopen_requisition',
    'open',
    { hant: ['重開職位', '恢復職位'], en: ['reopen vacancy'] },
    say('重開', 'Reopen'),
  ),
];
