import { defineCommand } from '../command.ts';
import { ROLE_CHOICES } from '../replies/role-titles.ts';
import { inLanguage, say } from '../replies/said.ts';

/** Who the robot thinks the person is. */
export const whoami = defineCommand({
  name: 'whoami',
  aliases: { hant: ['我是誰', '我係邊個', '我的身份', '我嘅身份', '我的權限'], en: ['who am i', 'whoami', 'my roles'] },
  summary: say('查看您的身份、分店和權限。', 'Show who you are here: roles and branches.'),
  usage: say('我是誰', 'who am i'),
  examples: ['我是誰', 'who am i'],
  changes: 'Nothing.',
  readsOnly: true,
  permission: 'use_robot',
  surface: 'any',
  anywhere: true,
  takes: {},
  async action({ unit, asker }) {
    const branches = await unit.list('branches', {
      $or: [{ _id: { $in: asker.branchIds } }, { managerStaffId: asker._id }],
    });
    const superior = asker.superiorStaffId ? await unit.get('staff', asker.superiorStaffId) : null;
    const own = await unit.list('requisitions', { hiringManagerId: asker._id, state: 'open' });
    return {
      text: (lang) => {
        const roles = ROLE_CHOICES.filter(({ id }) => asker.roles.includes(id))
          .map(({ title }) => inLanguage(title, lang))
          .join(lang === 'en' ? ', ' : '、');
        const names = branches.map(({ name }) => name).join('、');
        const jobs = own.map(({ jobTitle, ref }) => `${jobTitle}（${ref}）`).join('、');
        const rows = [
          say(
            `您是${asker.name}${asker.title ? `（${asker.title}）` : ''}，角色：${roles}。`,
            `You are ${asker.name}${asker.title ? ` (${asker.title})` : ''}. Roles: ${roles}.`,
          ),
          ...(names ? [say(`分店：${names}。`, `Branches: ${names}.`)] : []),
          ...(superior ? [say(`上司：${superior.name}。`, `Superior: ${superior.name}.`)] : []),
          ...(jobs ? [say(`負責的空缺：${jobs}。`, `Your vacancies: ${jobs}.`)] : []),
          say('輸入「幫助」可查看您可用的指令。', 'Type "help" for the commands you may use.'),
        ];
        return rows.map((row) => inLanguage(row, lang)).join('\n');
      },
    };
  },
});
