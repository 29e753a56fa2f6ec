import { RuleBroken } from '../../lib/errors.ts';
import type { WaitingPlanRecord } from '../../models/waiting-plan.model.ts';
import { openCallTask } from '../call-task/open-call-task.ts';
import type { Unit } from '../unit/unit.ts';
import { tellResponsible } from './responsible-person.ts';

/** What a candidate answers to a training notice, with the version they were looking at. */
export interface TrainingAnswer {
  applicationId: string;
  intakeId: string;
  version: number;
  reply: 'attend' | 'cannot';
}

/**
 * A candidate confirms the training or says that they cannot come; then a human phones. The same answer twice changes
 * nothing; a changed mind is told to the responsible person.
 * @throws RuleBroken `training_changed` (they looked at an earlier date or another group), `training_over`
 */
export async function answerTraining(unit: Unit, answer: TrainingAnswer): Promise<WaitingPlanRecord> {
  const plan = await unit.get('waitingPlans', answer.applicationId);
  const application = await unit.get('applications', answer.applicationId);
  if (plan?.state !== 'active' || !application) throw new RuleBroken('training_over');
  const intake = application.intakeId ? await unit.get('intakes', application.intakeId) : null;
  if (intake?._id !== answer.intakeId || intake.version !== answer.version || intake.state !== 'fixed') {
    throw new RuleBroken('training_changed');
  }
  if (intake.firstDayAt && intake.firstDayAt <= unit.now) throw new RuleBroken('training_over');
  if (plan.trainingReply === answer.reply) return plan;
  const changed = await unit.change('waitingPlans', plan, { trainingReply: answer.reply });
  unit.audit(`application:${plan._id}`, `training_reply:${answer.reply}`, ['trainingReply']);
  const occasion = `training:${intake._id}:v${intake.version}`;
  if (answer.reply === 'cannot') {
    await openCallTask(unit, { applicationId: plan._id, reason: 'cannot_attend', occasion });
  }
  const candidate = await unit.get('candidates', plan.candidateId);
  if (candidate && (answer.reply === 'cannot' || plan.trainingReply === 'cannot')) {
    await tellResponsible(unit, {
      application,
      candidate,
      what: 'training_reply',
      occasion: `${occasion}:${answer.reply}:${unit.now.getTime()}`,
      happened: answer.reply === 'cannot' ? `未能出席培訓（${intake.ref}）` : `改為確認出席培訓（${intake.ref}）`,
      urgent: true,
    });
  }
  return changed;
}
