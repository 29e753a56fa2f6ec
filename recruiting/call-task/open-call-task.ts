import { addWorkingHours } from '../../hongkong/working-time.ts';
import type { CallReason, CallTaskRecord } from '../../models/call-task.model.ts';
import type { Unit } from '../unit/unit.ts';
import { showCallTask } from './show-call-task.ts';

/**
 * Asks a human to phone a candidate: a task with an owner, shown as a card. The same cause makes one task; while another
 * task for the person is open nothing new is shown.
 */
export async function openCallTask(
  unit: Unit,
  cause: { applicationId: string; reason: CallReason; occasion: string },
): Promise<CallTaskRecord | null> {
  const application = await unit.get('applications', cause.applicationId);
  if (!application) return null;
  const key = `${cause.applicationId}|${cause.reason}|${cause.occasion}`;
  const known = await unit.one('callTasks', { key });
  if (known) return known;
  const [running] = await unit.list(
    'callTasks',
    { applicationId: cause.applicationId, state: { $in: ['open', 'claimed'] } },
    { limit: 1 },
  );
  const requisition = await unit.get('requisitions', application.requisitionId);
  const plan = await unit.get('waitingPlans', application._id);
  const ownerStaffId = plan?.ownerStaffId ?? requisition?.recruiterId;
  if (!ownerStaffId) return null;
  if (running) return running;
  const task = await unit.insert('callTasks', {
    _id: unit.newId('call'),
    key,
    applicationId: application._id,
    candidateId: application.candidateId,
    reason: cause.reason,
    ownerStaffId,
    state: 'open',
    claimedBy: null,
    claimedAt: null,
    attempts: [],
    createdAt: unit.now,
    dueAt: addWorkingHours(unit.now, unit.settings.callClaimHours, {
      dayStart: unit.settings.workdayStart,
      dayEnd: unit.settings.workdayEnd,
    }),
    escalations: 0,
    closedAt: null,
  });
  unit.audit(`application:${application._id}`, 'call_task_opened', ['callTasks']);
  await showCallTask(unit, task, ownerStaffId);
  return task;
}
