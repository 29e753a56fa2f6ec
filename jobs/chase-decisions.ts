import {
  dueDecisionEscalations,
  dueDecisionReminders,
  escalateDecision,
  nextDecisionDue,
  remindDecision,
} from '../recruiting/decision/remind-decision.ts';
import type { Job } from './job.ts';
import { workEach } from './work-each.ts';

/** Managers who have not decided: one reminder after `decisionHours`, then their superior and HR see who owes it. */
export const chaseDecisions: Job = {
  name: 'chase-decisions',
  nextDue: ({ models }) => nextDecisionDue(models),
  async run({ office, scheduledFor }) {
    const { models } = office;
    const by = 'job:chase-decisions';
    const reminded = await workEach(
      office,
      by,
      () => dueDecisionReminders(models, scheduledFor),
      (unit, requestId) => remindDecision(unit, { requestId }),
    );
    const raised = await workEach(
      office,
      by,
      () => dueDecisionEscalations(models, scheduledFor),
      (unit, requestId) => escalateDecision(unit, { requestId }),
    );
    return reminded + raised;
  },
};
