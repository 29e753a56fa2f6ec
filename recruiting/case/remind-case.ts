import { dateText } from '../../hongkong/date-texts.ts';
import { addWorkingDays } from '../../hongkong/working-time.ts';
import { hongKongDate, momentAt } from '../../hongkong/zone.ts';
import type { CandidateCaseRecord } from '../../models/candidate-case.model.ts';
import type { Unit } from '../unit/unit.ts';
import { caseTopicText } from './open-case.ts';

/**
 * An open case whose day is near: its owner is reminded. From the day itself on HR managers hear of it too, with who owes
 * it, every working day until it is closed.
 */
export async function remindCase(unit: Unit, caseId: string): Promise<CandidateCaseRecord | null> {
  const before = await unit.get('candidateCases', caseId);
  if (before?.state !== 'open' || before.nextCheckAt > unit.now) return null;
  const today = hongKongDate(unit.now);
  const dueDay = hongKongDate(before.dueAt);
  const isDue = today >= dueDay;
  const nextDay = isDue ? addWorkingDays(today, 1) : dueDay;
  const found = await unit.change('candidateCases', before, {
    reminders: before.reminders + 1,
    nextCheckAt: momentAt(nextDay, unit.settings.workdayStart),
  });
  unit.audit(`candidate:${found.candidateId}`, 'case_reminded', ['candidateCases']);
  const candidate = await unit.get('candidates', found.candidateId);
  const owner = await unit.get('staff', found.ownerStaffId);
  const managers = isDue ? await unit.list('staff', { roles: 'hr_manager', active: true }) : [];
  const receivers = new Set([found.ownerStaffId, ...managers.map(({ _id }) => _id)]);
  const state = today > dueDay ? '已過限期' : isDue ? '今日到期' : '快將到期';
  for (const staffId of receivers) {
    unit.effect({
      kind: 'direct_message',
      staffId,
      what: 'case_reminder',
      occasion: `${found._id}:${found.reminders}`,
      applicationId: found.applicationId,
      callClass: 'urgent',
      body: {
        format: 'text',
        content: `個案${found.ref}${state}：${candidate?.name.display ?? ''}（${candidate?.ref ?? ''}）的${caseTopicText(found.topic)}，須於${dateText(found.dueAt)}或之前書面回覆，負責同事${owner?.name ?? ''}。完成後輸入「結案 ${found.ref}」。`,
      },
    });
  }
  return found;
}
