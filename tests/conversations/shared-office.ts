import { test as base } from 'vitest';
import { ConversationOffice } from './office.ts';

/** What a dialogue leaves behind: people, their appointments and everything that was said about them. */
const TRACES = [
  'candidates',
  'applications',
  'interviews',
  'waitingPlans',
  'callTasks',
  'decisionRequests',
  'portalLinks',
  'complianceEvents',
  'orderRuns',
  'dialogues',
  'spokenOf',
  'readings',
  'readingReviews',
  'activities',
  'acts',
  'cards',
  'outbox',
] as const;

/**
 * Tests in which people talk, all of one file in the same office: it is opened once, and everybody spoken of in one test is
 * forgotten before the next. The clock only goes on.
 */
export const test = base.extend<{ $file: { company: ConversationOffice }; $test: { office: ConversationOffice } }>({
  company: [
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures a fixture needs from this pattern
    async ({}, use) => {
      const company = new ConversationOffice();
      await company.opens();
      await use(company);
      await company.closes();
    },
    { scope: 'file' },
  ],
  office: async ({ company }, use) => {
    const { models } = company.office;
    await Promise.all(TRACES.map((name) => (models[name] as { deleteMany(): Promise<unknown> }).deleteMany()));
    await use(company);
  },
});
