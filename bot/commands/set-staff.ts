import type { DirectoryPerson } from '../../channels/channel.ts';
import { RuleBroken } from '../../lib/errors.ts';
import type { StaffRole } from '../../models/staff.model.ts';
import { saveStaff } from '../../recruiting/staff/save-staff.ts';
import { defineCommand } from '../command.ts';
import { ROLE_CHOICES } from '../replies/role-titles.ts';
import { inLanguage, say } from '../replies/said.ts';

/** Adds a colleague from DingTalk's address book, or changes roles, superior and branches of one who is known. */
export const setStaff = defineCommand({
  name: 'set_staff',
  aliases: {
    hant: ['設定同事', '新增同事', '加同事', '設定角色', '更改同事'],
    en: ['set staff', 'add staff', 'set colleague'],
  },
  summary: say('加入同事，或更改其角色、上司、分店。', 'Add a colleague, or change roles, superior or branches.'),
  usage: say(
    '設定同事 〈staff:編號 或 姓名〉 〈角色〉… 上司 〈姓名〉 分店 〈分店〉… 英文名 〈英文名〉',
    'set staff <staff:ID or name> <role>… superior <name> branch <branch>… english name <name>',
  ),
  examples: [
    '設定同事 staff:0123 招聘主任',
    '設定同事 何家明 用人經理 上司 李美華 分店 旺角店',
    'set staff staff:0123 recruiter',
  ],
  changes: 'Adds the person or changes what is named. They can use the robot at once. No message leaves.',
  permission: 'manage_organisation',
  surface: 'any',
  takes: {
    superior: {
      kind: 'staff',
      title: say('上司', 'superior'),
      optional: true,
      labels: ['上司', '上級', 'superior', 'reports to'],
      labelled: true,
    },
    englishName: {
      kind: 'text',
      title: say('英文名', 'English name'),
      optional: true,
      labels: ['英文名', 'english name'],
      labelled: true,
    },
    branches: {
      kind: 'branch',
      title: say('分店', 'branch'),
      optional: true,
      many: true,
      labels: ['分店', 'branch', 'store'],
    },
    roles: {
      kind: 'choice',
      title: say('角色', 'role'),
      optional: true,
      many: true,
      labels: ['角色', 'role', 'roles'],
      choices: ROLE_CHOICES,
    },
    known: { kind: 'staff', title: say('姓名', 'name'), optional: true },
    staffId: { kind: 'staffId', title: say('釘釘編號', 'DingTalk id'), optional: true },
  },
  async prepare({ staffChannel }, { known, staffId }): Promise<DirectoryPerson | undefined> {
    if (known || staffId === undefined) return undefined;
    return staffChannel.findPerson(staffId);
  },
  async action({ unit }, args, person) {
    const staffId = args.known?._id ?? args.staffId;
    if (staffId === undefined) throw new RuleBroken('staff_id_missing');
    const existing = args.known ?? (await unit.get('staff', staffId)) ?? undefined;
    if (!existing && !person) throw new RuleBroken('staff_not_in_directory', { staffId });
    const { staff, isNew } = await saveStaff(unit, {
      staffId,
      name: existing?.name ?? person?.name,
      unionId: person?.unionId,
      title: person?.title,
      roles: args.roles as StaffRole[],
      englishName: args.englishName,
      superiorStaffId: args.superior?._id,
      ...(args.branches.length > 0 ? { branchIds: args.branches.map(({ _id }) => _id) } : {}),
    });
    const branches = args.branches.map(({ name }) => name).join('、');
    return {
      text: (lang) => {
        const titles = ROLE_CHOICES.filter(({ id }) => staff.roles.includes(id))
          .map(({ title }) => inLanguage(title, lang))
          .join(lang === 'en' ? ', ' : '、');
        const more = [args.superior ? `上司：${args.superior.name}` : '', branches ? `分店：${branches}` : '']
          .filter(Boolean)
          .join('；');
        const moreEn = [args.superior ? `superior: ${args.superior.name}` : '', branches ? `branches: ${branches}` : '']
          .filter(Boolean)
          .join('; ');
        return inLanguage(
          say(
            `${isNew ? '已加入' : '已更新'}${staff.name}：${titles}${more ? `；${more}` : ''}。對方現在可直接與我對話。`,
            `${isNew ? 'Added' : 'Updated'} ${staff.name}: ${titles}${moreEn ? `; ${moreEn}` : ''}. They can talk to me now.`,
          ),
          lang,
        );
      },
      did: `${isNew ? '加入' : '更新'}同事 ${staff.name}`,
    };
  },
});

/** Takes a colleague off the list. */
export const removeStaff = defineCommand({
  name: 'remove_staff',
  aliases: { hant: ['移除同事', '停用同事', '刪除同事'], en: ['remove staff', 'deactivate staff'] },
  summary: say('停用已離職同事的權限。', 'End the rights of a colleague who has left.'),
  usage: say('移除同事 〈姓名〉', 'remove staff <name>'),
  examples: ['移除同事 何家明'],
  changes: 'The person can no longer use the robot. What they did stays on record.',
  permission: 'manage_organisation',
  surface: 'any',
  takes: { staff: { kind: 'staff', title: say('同事', 'colleague') } },
  async action({ unit }, { staff }) {
    await saveStaff(unit, { staffId: staff._id, active: false });
    return {
      text: say(
        `已停用${staff.name}的權限。請檢查其負責的職位和分店是否需要交接（輸入「職位」或「分店」）。`,
        `${staff.name} can no longer use the robot. Please check vacancies and branches to hand over (type "vacancies" or "branches").`,
      ),
      did: `停用同事 ${staff.name}`,
    };
  },
});
