import { RuleBroken } from '../lib/errors.ts';
import type { StaffRecord } from '../models/staff.model.ts';
import { reachOf } from '../recruiting/access/permissions.ts';
import type { Reader } from '../recruiting/unit/reader.ts';
import type { AnyCommand } from './command.ts';
import { ruleSentence } from './replies/rule-sentences.ts';
import { type Said, say } from './replies/said.ts';

/** Where and by whom a command is asked for. */
export interface AskedHere {
  reader: Reader;
  asker: StaffRecord;
  conversation: { id: string; kind: 'direct' | 'group' };
}

/** Why somebody may not use a command here, with the way on; undefined when they may. */
export async function refusalOf(command: AnyCommand, here: AskedHere): Promise<Said | undefined> {
  const { reader, asker, conversation } = here;
  if (reachOf(asker.roles, command.permission) === undefined) {
    const managers = await reader.list('staff', { roles: 'hr_manager', active: true }, { limit: 3 });
    const who = managers
      .filter(({ _id }) => _id !== asker._id)
      .map(({ name }) => name)
      .join('、');
    return ruleSentence(new RuleBroken('not_allowed', { who }));
  }
  if (conversation.kind === 'direct') return undefined;
  if (command.surface === 'direct') {
    return say(
      '這項工作涉及個人資料，請在與我的一對一對話中輸入，未有作出任何更改。',
      'This involves personal data. Please send it in our 1:1 chat; nothing has been changed.',
    );
  }
  if (command.anywhere) return undefined;
  const organisation = await reader.get('organisation', 'organisation');
  if (organisation?.hrGroupId === conversation.id) return undefined;
  return organisation?.hrGroupId
    ? say(
        '這裡不是 HR 群組，為保護應徵者資料，我不會在此處理。請到 HR 群組或一對一對話輸入。',
        'This is not the HR group. To protect candidates I do not act here: please use the HR group or our 1:1 chat.',
      )
    : say(
        '尚未設定 HR 群組。如這裡就是 HR 群組，請 HR 經理在此輸入「設定HR群組」；您亦可在一對一對話中輸入指令。',
        'No HR group has been set yet. If this is it, the HR manager can type "set hr group" here; our 1:1 chat works as well.',
      );
}
