/** Every text a candidate can receive; one file each in `zh-HK/`. */
export const TEMPLATE_IDS = [
  'application_received',
  'shortlisted',
  'interview_invitation',
  'slot_offer',
  'interview_confirmed',
  'reminder_day_before',
  'reminder_2h',
  'rescheduled',
  'no_show_followup',
  'thank_you_after_interview',
  'passed_welcome_pack',
  'prep_tips_day3',
  'employee_story_friday',
  'training_notice',
  'training_unread_reminder',
  'store_assignment',
  'company_news',
  'bg_check_consent',
  'offer',
  'offer_reminder',
  'offer_accepted',
  'rejection',
  'talent_pool_consent',
  'document_request',
  'first_day_reminder',
  'bad_weather_change',
  'silence_checkin',
  'human_call_followup',
  'withdrawal_ack',
  'opt_out_confirmation',
  'probation_m1',
  'probation_review',
  'employment_confirmed',
  'interview_cancelled',
  'decision_delayed',
  'waiting_progress',
  'training_changed',
  'case_received',
  'portal_notice',
  'late_reply',
  'files_not_taken',
  'words_received',
  'words_answered',
] as const;

export type TemplateId = (typeof TEMPLATE_IDS)[number];

/** True for the id of a message (the e-mail frame is none). */
export function isTemplateId(text: string): text is TemplateId {
  return (TEMPLATE_IDS as readonly string[]).includes(text);
}
