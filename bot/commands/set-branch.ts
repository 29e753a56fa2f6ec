import { saveBranch } from '../../recruiting/organisation/save-branch.ts';
import { defineCommand } from '../command.ts';
import { say } from '../replies/said.ts';

/** Adds a branch, or changes what is named of the one with this code. */
export const setBranch = defineCommand({
  name: 'set_branch',
  aliases: { hant: ['設定分店', '新增分店', '加分店', '更改分店'], en: ['set branch', 'add branch'] },
  summary: say('新增分店，或更改其地址、地標、經理。', 'Add a branch, or change its address, landmark or manager.'),
  usage: say(
    '設定分店 〈代號〉 〈名稱〉 地址 〈地址〉 簡稱 〈8字內〉 地標 〈8字內〉 經理 〈姓名〉',
    'set branch <code> <name> address <address> short <up to 8> landmark <up to 8> manager <name>',
  ),
  examples: ['設定分店 MK 旺角店 地址 旺角彌敦道700號地舖 地標 旺角站E2 經理 何家明', '設定分店 MK 經理 何家明'],
  changes: 'Adds or changes the branch; its manager becomes a hiring manager. Messages sent later use the new data.',
  permission: 'manage_organisation',
  surface: 'any',
  takes: {
    address: {
      kind: 'text',
      title: say('地址', 'address'),
      optional: true,
      labels: ['地址', 'address'],
      labelled: true,
    },
    shortName: {
      kind: 'text',
      title: say('簡稱', 'short name'),
      optional: true,
      labels: ['簡稱', 'short'],
      labelled: true,
    },
    landmark: {
      kind: 'text',
      title: say('地標', 'landmark'),
      optional: true,
      labels: ['地標', 'landmark'],
      labelled: true,
    },
    manager: {
      kind: 'staff',
      title: say('經理', 'manager'),
      optional: true,
      labels: ['分店經理', '經理', '店長', 'manager'],
      labelled: true,
    },
    what: {
      kind: 'text',
      title: say('代號和名稱', 'code and name'),
      question: say(
        '請輸入分店代號和名稱，例如「MK 旺角店」。',
        'Please type the code and name, such as "MK Mong Kok".',
      ),
    },
  },
  async action({ unit }, { what, address, shortName, landmark, manager }) {
    const [code = '', ...rest] = what.split(/\s+/);
    const name = rest.join(' ').trim();
    const { branch, isNew } = await saveBranch(unit, {
      code,
      name: name || undefined,
      address,
      shortName,
      landmark,
      manager,
    });
    const who = manager ? say(`，經理：${manager.name}`, `, manager: ${manager.name}`) : say('', '');
    return {
      text: say(
        `${isNew ? '已新增' : '已更新'}${branch.name}（${branch.code}）：${branch.address}${who.hant}。`,
        `${isNew ? 'Added' : 'Updated'} ${branch.name} (${branch.code}): ${branch.address}${who.en}.`,
      ),
      did: `${isNew ? '新增' : '更新'}分店 ${branch.name}`,
    };
  },
});
