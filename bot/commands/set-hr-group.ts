import { RuleBroken } from '../../lib/errors.ts';
import { setHrGroup } from '../../recruiting/organisation/organisation-fields.ts';
import { defineCommand } from '../command.ts';
import { say } from '../replies/said.ts';

/** Makes the group in which it is typed the HR group. */
export const setHrGroupCommand = defineCommand({
  name: 'set_hr_group',
  aliases: {
    hant: ['設定HR群組', '設定HR群', '這是HR群組', '呢個係HR群組'],
    en: ['set hr group', 'this is the hr group'],
  },
  summary: say('把目前的群組設為 HR 群組（在該群組內輸入）。', 'Make this group the HR group (type it in that group).'),
  usage: say('設定HR群組', 'set hr group'),
  examples: ['設定HR群組', 'set hr group'],
  changes: 'The robot works in this group from now on and reports to it; another group that was set before is left.',
  permission: 'manage_organisation',
  surface: 'any',
  anywhere: true,
  takes: {},
  async action({ unit, conversation }) {
    if (conversation.kind !== 'group') throw new RuleBroken('hr_group_needs_group');
    await setHrGroup(unit, conversation.id);
    return {
      text: say(
        '這裡已設為 HR 群組。同事可在此 @我 輸入指令，提醒和致電跟進亦會在此發出。',
        'This is the HR group now. Colleagues can mention me here with commands; reminders and call tasks are posted here.',
      ),
      quickReplies: [{ label: say('還欠甚麼？', 'What is missing?'), sends: '我可以開始未' }],
    };
  },
});
