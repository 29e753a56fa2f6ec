import { dateText } from '../../hongkong/date-texts.ts';
import { addWorkingDays } from '../../hongkong/working-time.ts';
import { addDays, hongKongDate, momentAt } from '../../hongkong/zone.ts';
import type { Unit } from '../unit/unit.ts';

/**
 * Tells the HR group who starts within the next working days without a recorded human contact, and who owes the call;
 * also who arrived without one since yesterday. Silent when there is nobody. @returns how many people were named
 */
export async function reportHumanContact(unit: Unit): Promise<number> {
  const today = hongKongDate(unit.now);
  const until = momentAt(addDays(addWorkingDays(today, unit.settings.humanContactWorkingDays), 1));
  const owed = await unit.list(
    'waitingPlans',
    { state: 'active', firstDayAt: { $gte: momentAt(today), $lt: until } },
    { sort: { firstDayAt: 1 } },
  );
  const breaches = await unit.list('waitingPlans', {
    state: 'ended',
    breachAt: { $gte: momentAt(addDays(today, -1)), $lt: momentAt(today) },
  });
  const lines: string[] = [];
  for (const plan of owed.filter((one) => one.humanContactAt === null)) {
    const { name, owner } = await namesOf(unit, plan.candidateId, plan.ownerStaffId);
    lines.push(`- ${name}，${plan.firstDayAt ? dateText(plan.firstDayAt) : ''}首日，負責致電：${owner}`);
  }
  for (const plan of breaches) {
    const { name, owner } = await namesOf(unit, plan.candidateId, plan.ownerStaffId);
    lines.push(`- ${name} 已上班但事前未有同事聯絡（負責：${owner}）`);
  }
  if (lines.length === 0) return 0;
  unit.effect({
    kind: 'group_message',
    conversationId: 'hr',
    what: 'human_contact_report',
    occasion: today,
    body: { format: 'markdown', title: '上班前未聯絡名單', text: `#### 上班前仍未有同事聯絡\n\n${lines.join('\n')}` },
  });
  return lines.length;
}

async function namesOf(unit: Unit, candidateId: string, staffId: string): Promise<{ name: string; owner: string }> {
  const candidate = await unit.get('candidates', candidateId);
  const owner = await unit.get('staff', staffId);
  return { name: candidate?.name.display ?? candidateId, owner: owner?.name ?? staffId };
}
