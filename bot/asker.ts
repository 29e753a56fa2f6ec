import type { InboundMessage } from '../channels/channel.ts';
import type { StaffRecord } from '../models/staff.model.ts';
import { enrolAdmin } from '../recruiting/staff/enrol-admin.ts';
import { commit } from '../recruiting/unit/commit.ts';
import type { BotParts } from './bot-parts.ts';
import { type Said, say } from './replies/said.ts';

/** The member of staff who sent a message, or what to tell somebody whom the robot does not know. */
export async function findAsker(
  parts: BotParts,
  sender: InboundMessage['sender'],
): Promise<{ asker: StaffRecord } | { stranger: Said }> {
  const { office } = parts;
  if (sender.staffId === undefined) {
    return {
      stranger: say(
        '我認不到您的帳戶：您可能不是本公司釘釘成員，或機械人尚未發佈。請聯絡公司的 IT 同事。',
        'I cannot tell who you are: you may not be a member of this DingTalk organisation, or the robot has not been published. Please ask your IT colleague.',
      ),
    };
  }
  const known = (await office.models.staff.findById(sender.staffId).lean()) as StaffRecord | null;
  if (known?.active) return { asker: known };
  if (!known && parts.adminStaffIds.includes(sender.staffId)) return { asker: await enrol(parts, sender) };
  const managers = (await office.models.staff
    .find({ roles: 'hr_manager', active: true })
    .limit(3)
    .lean()) as unknown as StaffRecord[];
  const names = managers.map((staff) => staff.name).join('、');
  return {
    stranger: say(
      `您好！我是招聘助理，但名單上未有您的資料，所以未能為您辦理。請 HR 經理${names ? `（${names}）` : ''}輸入「設定同事 staff:${sender.staffId}」把您加入。`,
      `Hello! I am the recruiting assistant, but you are not on my list yet, so I cannot act for you. Please ask the HR manager${names ? ` (${names})` : ''} to type "set staff staff:${sender.staffId}".`,
    ),
  };
}

async function enrol(parts: BotParts, sender: InboundMessage['sender']): Promise<StaffRecord> {
  const staffId = sender.staffId ?? '';
  const person = await parts.staffChannel.findPerson(staffId);
  return commit(parts.office, 'job:enrol-admins', (unit) =>
    enrolAdmin(unit, {
      staffId,
      name: person?.name ?? sender.nick,
      unionId: person?.unionId ?? sender.unionId ?? null,
      title: person?.title ?? null,
    }),
  );
}
