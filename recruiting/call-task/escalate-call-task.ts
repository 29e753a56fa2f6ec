import { addWorkingDays } from '../../hongkong/working-time.ts';
import { hongKongDate, momentAt } from '../../hongkong/zone.ts';
import type { CallTaskRecord } from '../../models/call-task.model.ts';
import type { Unit } from '../unit/unit.ts';
import { refreshCallCards, showCallTask } from './show-call-task.ts';

/**
 * A call that nobody claimed, or that its owner did not make in time, goes up: to the HR manager, with the name of who
 * owes it; again every working day until it is made.
 */
export async function escalateCallTask(unit: Unit, taskId: string): Promise<CallTaskRecord | null> {
  const before = await unit.get('callTasks', taskId);
  if (!before || before.state === 'done' || before.state === 'cancelled' || before.dueAt > unit.now) return null;
  const task = await unit.change('callTasks', before, {
    escalations: before.escalations + 1,
    dueAt: momentAt(addWorkingDays(hongKongDate(unit.now), 1), unit.settings.workdayStart),
  });
  unit.audit(`application:${task.applicationId}`, 'call_task_escalated', ['callTasks']);
  const owing = await unit.get('staff', task.claimedBy ?? task.ownerStaffId);
  const candidate = await unit.get('candidates', task.candidateId);
  const managers = await unit.list('staff', { roles: 'hr_manager', active: true });
  for (const manager of managers) {
    await showCallTask(unit, task, manager._id);
    unit.effect({
      kind: 'direct_message',
      staffId: manager._id,
      what: 'call_task_overdue',
      occasion: `${task._id}:${task.escalations}`,
      applicationId: task.applicationId,
      body: {
        format: 'text',
        content: `致電逾時：${candidate?.name.display ?? ''}（${candidate?.ref ?? ''}）仍未有人聯絡，負責同事${owing?.name ?? ''}，第${task.escalations}次上報。`,
      },
    });
  }
  await refreshCallCards(unit, task, null);
  return task;
}
