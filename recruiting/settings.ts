import { z } from 'zod';

/**
 * Every threshold of the product, with its default and its reason. An organisation overrides single values
 * (`organisation.settings`); nothing else in the code holds such a number.
 */
export const settingsSchema = z.object({
  /** Seconds in which staff may take an act back before anything reaches the candidate. */
  undoSeconds: z.number().int().min(0).default(120),
  /** Working hours a manager has before the decision card is reminded once; the same again before it goes up. */
  decisionHours: z.number().positive().default(4),
  /** Working hours a call task may stay unclaimed before it goes up to the HR manager. */
  callClaimHours: z.number().positive().default(4),
  /** Working day of the office, Hong Kong time. */
  workdayStart: z.string().default('09:00'),
  workdayEnd: z.string().default('18:00'),
  /** No law on recruitment messages was found; the voluntary code for marketing calls ends at 22:00. */
  sendWindowStart: z.string().default('09:00'),
  sendWindowEnd: z.string().default('21:00'),
  /** Reminders two hours before an interview may go out earlier than the window. */
  earlyReminderStart: z.string().default('07:30'),
  /** Rejections reach people on Monday to Thursday in these hours only, so that somebody is there to talk to. */
  rejectionWindowStart: z.string().default('10:00'),
  rejectionWindowEnd: z.string().default('17:00'),
  /** Nudges a candidate may get: in one day and in one week. */
  nudgesPerDay: z.number().int().positive().default(1),
  nudgesPerWeek: z.number().int().positive().default(3),
  /** The welcome pack goes out this long after passing (one hour: soon, but the call of the manager may come first). */
  welcomeAfterHours: z.number().positive().default(1),
  /** Preparation tips: this many days after passing, at this hour. */
  tipsAfterDays: z.number().int().positive().default(3),
  tipsAt: z.string().default('11:00'),
  /** Staff story on Fridays. */
  storyAt: z.string().default('15:00'),
  /** First-day reminder on the day before. */
  firstDayReminderAt: z.string().default('17:00'),
  /** Interview reminder on the day before, and how long before the interview the second one goes. */
  dayBeforeReminderAt: z.string().default('18:00'),
  dayBeforeSmsAt: z.string().default('20:00'),
  shortReminderHours: z.number().positive().default(2),
  /** The silence ladder in days: friendly question, SMS, human call. */
  silentCheckinDays: z.number().int().positive().default(3),
  silentSmsDays: z.number().int().positive().default(5),
  silentCallDays: z.number().int().positive().default(7),
  /** Unread training notice: reminders after these hours; then a human call. */
  trainingUnreadHours: z.array(z.number().positive()).default([24, 48]),
  /** An unread training notice becomes a human call after this many hours. */
  trainingUnreadCallHours: z.number().positive().default(72),
  /** From this many working days before day 1 a person without human contact is a call task. */
  humanContactWorkingDays: z.number().int().positive().default(3),
  /** Weekly progress message while no training date is known. */
  progressEveryDays: z.number().int().positive().default(7),
  /** A page counts as in use this long; otherwise a notice goes out with a message. */
  pageInUseMinutes: z.number().int().positive().default(10),
  /** One notice for all messages of this stretch. */
  noticeEveryMinutes: z.number().int().positive().default(30),
  /** An interview invitation goes by SMS as well when the page was not opened in this time. */
  invitationSmsAfterHours: z.number().positive().default(24),
  /** Thank-you note after the interview. */
  thankYouAfterHours: z.number().positive().default(2),
  /** No-show follow-up. */
  noShowAfterMinutes: z.number().int().positive().default(60),
  /** Working days until a promised answer. */
  firstReplyWorkingDays: z.number().int().positive().default(5),
  resultWorkingDays: z.number().int().positive().default(3),
  replyCalendarDays: z.number().int().positive().default(2),
  /** Data of people who were not hired: months until they go (Code of Practice on Human Resource Management: 24 at most). */
  retentionMonths: z.number().int().min(1).max(24).default(24),
  /** Days until somebody on hold is looked at again when no day was named. */
  holdDays: z.number().int().positive().default(7),
  /** Reminders of an open offer: hours before its deadline. */
  offerReminderHours: z.array(z.number().positive()).default([48, 24]),
  /** Documents for joining are asked for up to this many days before day 1. */
  documentsDaysBeforeStart: z.number().int().positive().default(3),
  /** A cancelled interview this near is told by telephone as well. */
  callWhenCancelledWithinHours: z.number().positive().default(3),
  /** Length of an interview unless said otherwise, and how early people should come. */
  interviewMinutes: z.number().int().positive().default(30),
  arriveEarlyMinutes: z.number().int().positive().default(10),
  /** Requests about one's own data are answered within 40 days of receipt (Personal Data (Privacy) Ordinance). */
  dataRequestDays: z.number().int().min(1).max(40).default(40),
  /** The person in charge is reminded of it this many days before. */
  dataRequestReminderDays: z.number().int().positive().default(7),
  /** Working days in which complaints and the like are answered in writing: soon, and after somebody could ask around. */
  caseWorkingDays: z.number().int().positive().default(3),
  /** Working days in which a candidate who wrote to us hears from a person. */
  wordsWorkingDays: z.number().int().positive().default(1),
  /** How long a question of the robot waits for its answer. */
  questionMinutes: z.number().int().positive().default(30),
  /** How long 「佢」 means the person just spoken of in a conversation. */
  pronounMinutes: z.number().int().positive().default(15),
  /** How long somebody may ask how their last message was read, and report it as wrong. */
  readingHours: z.number().positive().default(24),
  /** How long reported readings, which name nobody, are kept to make the lexicon better. */
  readingReviewDays: z.number().int().positive().default(180),
  /** How long it is counted who met which ground: as long as a complaint about it may come up. */
  complianceEventMonths: z.number().int().min(1).max(24).default(24),
  /** How long links live: a candidate's page, and the link to a CV. */
  pageLinkDays: z.number().int().positive().default(180),
  fileLinkMinutes: z.number().int().positive().default(60),
  /** Price of one SMS segment in Hong Kong dollars, for previews; the gateway's own tariff. */
  smsSegmentPriceHkd: z.number().nonnegative().default(0.4),
  /** Largest CV. */
  cvMaxBytes: z.number().int().positive().default(10_000_000),
  /** Largest list of candidates, staff or branches that is taken in at once: rows that a person can still look through. */
  importMaxBytes: z.number().int().positive().default(2_000_000),
  importMaxRows: z.number().int().positive().default(500),
  /** Version of the personal information collection statement. */
  picsVersion: z.string().default('2026-11'),
  /** The employer's own approved list of preparation tips. */
  tips: z
    .array(z.string())
    .default(['準備一雙舒適的防滑鞋', '預先查看前往分店的路線', '想好方便上班的時段，培訓當日與經理傾談']),
  /** A staff story for Fridays; none = no story is sent. */
  story: z.object({ title: z.string(), teaser: z.string(), text: z.string() }).nullable().default(null),
  /** What people are asked to wear and to bring on day 1. */
  dress: z.string().default('黑色長褲及防滑鞋，公司提供上衣'),
});

/** All thresholds, complete. */
export type Settings = z.infer<typeof settingsSchema>;

/** Defaults with an organisation's overrides. @throws ZodError naming the wrong setting */
export function resolveSettings(overrides: Record<string, unknown> = {}): Settings {
  return settingsSchema.parse(overrides);
}
