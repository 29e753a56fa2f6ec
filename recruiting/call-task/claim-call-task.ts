import { addWorkingHours } from '../../hongkong/working-time.ts';
import { RuleBroken } from '../../lib/errors.ts';
import type { CallTaskRecord } from '../../models/call-task.model.ts';
import type { Unit } from '../unit/unit.ts';

/** The task is mine: the first to claim has it. @throws RuleBroken call_task_taken, call_task_closed, call_task_unknown */
export async function claimCallTask(unit: Unit, claim: { taskId: string; staffId: string }): Promise<CallTaskRecord> {
  const task = await openTask(unit, claim.taskId);
  if (task.state === 'claimed') {
    if (task.claimedBy === claim.staffId) return task;
    const other = task.claimedBy ? await unit.get('staff', task.claimedBy) : null;
    throw new RuleBroken('call_task_taken', { by: other?.name ?? '' });
  }
  unit.audit(`application:${task.applicationId}`, 'call_task_claimed', ['callTasks']);
  return unit.change('callTasks', task, {
    state: 'claimed',
    claimedBy: claim.staffId,
    claimedAt: unit.now,
    dueAt: addWorkingHours(unit.now, unit.settings.callClaimHours, {
      dayStart: unit.settings.workdayStart,
      dayEnd: unit.settings.workdayEnd,
    }),
  });
}

/** A task that still waits for a call. */
export async function openTask(unit: Unit, taskId: string): Promise<CallTaskRecord> {
  const task = await unit.get('callTasks', taskId);
  if (!task) throw new RuleBroken('call_task_unknown');
  if (task.state === 'done' || task.state === 'cancelled') throw new RuleBroken('call_task_closed');
  return task;
}
