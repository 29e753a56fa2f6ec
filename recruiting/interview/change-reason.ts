/**
 * Why an interview is moved or called off, as a candidate may read it: a closed list, so that nobody's health or family
 * is ever told.
 */
export const CHANGE_REASONS = ['interviewer_busy', 'place_changed', 'branch_arrangement'] as const;
export type ChangeReason = (typeof CHANGE_REASONS)[number];

/** The words for each reason. */
export const CHANGE_REASON_TEXTS: Readonly<Record<ChangeReason, string>> = {
  interviewer_busy: '接見同事臨時有要務',
  place_changed: '場地調動',
  branch_arrangement: '分店特別安排',
};
