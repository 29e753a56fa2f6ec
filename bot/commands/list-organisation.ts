import { defineCommand } from '../command.ts';
import { ROLE_CHOICES } from '../replies/role-titles.ts';
import { inLanguage, say } from '../replies/said.ts';

/** All branches with their managers. */
export const listBranches = defineCommand({
  name: 'list_branches',
  aliases: { hant: ['分店', '分店名單', '所有分店'], en: ['branches', 'stores'] },
  summary: say('列出所有分店和經理。', 'List branches and their managers.'),
  usage: say('分店', 'branches'),
  examples: ['分店', 'branches'],
  changes: 'Nothing.',
  readsOnly: true,
  permission: 'use_robot',
  surface: 'any',
  takes: {},
  async action({ unit }) {
    const branches = await unit.list('branches', {}, { sort: { code: 1 } });
    const managers = await unit.list('staff', { _id: { $in: branches.flatMap((b) => b.managerStaffId ?? []) } });
    const names = new Map(managers.map(({ _id, name }) => [_id, name]));
    if (branches.length === 0) {
      return {
        text: say(
          '未有分店。HR 經理可輸入「設定分店」新增。',
          'There are no branches yet. The HR manager can type "set branch".',
        ),
      };
    }
    return {
      text: (lang) => {
        const nobody = inLanguage(say('未有經理', 'no manager yet'), lang);
        return branches
          .map(({ code, name, managerStaffId }) => `· ${name}（${code}）：${names.get(managerStaffId ?? '') ?? nobody}`)
          .join('\n');
      },
    };
  },
});

/** Everybody who may use the robot, with roles. */
export const listStaff = defineCommand({
  name: 'list_staff',
  aliases: { hant: ['同事', '同事名單', '所有同事'], en: ['staff', 'colleagues'] },
  summary: say('列出可使用機械人的同事和角色。', 'List colleagues and their roles.'),
  usage: say('同事', 'staff'),
  examples: ['同事', 'staff'],
  changes: 'Nothing.',
  readsOnly: true,
  permission: 'see_organisation',
  surface: 'any',
  takes: {},
  async action({ unit }) {
    const staff = await unit.list('staff', { active: true }, { sort: { _id: 1 }, limit: 100 });
    return {
      text: (lang) =>
        staff
          .map(({ name, englishName, roles }) => {
            const titles = ROLE_CHOICES.filter(({ id }) => roles.includes(id)).map(({ title }) =>
              inLanguage(title, lang),
            );
            return `· ${name}${englishName ? ` ${englishName}` : ''}：${titles.join(lang === 'en' ? ', ' : '、')}`;
          })
          .join('\n'),
    };
  },
});
