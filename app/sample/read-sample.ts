import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { APPLICATION_STAGES } from '../../models/application.model.ts';
import { STAGE_TEMPLATES } from '../../models/requisition.model.ts';
import { STAFF_ROLES } from '../../models/staff.model.ts';

const personSchema = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(STAFF_ROLES),
  staffId: z.string(),
  title: z.string(),
  managerStaffId: z.string().optional(),
  departmentIds: z.array(z.number()),
});

const applicationSchema = z.object({
  candidateId: z.string(),
  requisition: z.string(),
  stage: z.enum(APPLICATION_STAGES),
  /** How long ago this stage began. */
  daysAgo: z.number(),
  /** Days without a sign of life. */
  silentDays: z.number().default(0),
  intake: z.boolean().default(false),
  humanContact: z.boolean().default(false),
  interviewInDays: z.number().optional(),
  interviewAt: z.string().optional(),
  startInDays: z.number().optional(),
});

/** What the app reads of the sample company's data file; the sandbox reads the people and groups of the same file. */
const sampleSchema = z.object({
  corpId: z.string(),
  people: z.array(personSchema),
  candidates: z.array(z.object({ id: z.string(), name: z.string(), phone: z.string(), email: z.string().optional() })),
  recruiting: z.object({
    organisation: z.object({
      brand: z.string(),
      legalEntity: z.string(),
      officeAddress: z.string(),
      hrPhone: z.string(),
      hrGroupId: z.string(),
      dataLocation: z.string(),
    }),
    englishNames: z.record(z.string(), z.string()),
    /** The form of address a candidate has chosen, by id. */
    titles: z.record(z.string(), z.string()),
    branches: z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        shortName: z.string(),
        address: z.string(),
        landmark: z.string(),
        departmentId: z.number(),
        managerStaffId: z.string(),
      }),
    ),
    requisitions: z.array(
      z.object({
        ref: z.string(),
        jobTitle: z.string(),
        headcount: z.number(),
        branch: z.string(),
        hiringManagerId: z.string(),
        recruiterId: z.string(),
        stageTemplate: z.enum(STAGE_TEMPLATES),
      }),
    ),
    intake: z.object({
      ref: z.string(),
      firstDay: z.string(),
      time: z.string(),
      days: z.number(),
      place: z.string(),
      placeShort: z.string(),
      outline: z.string(),
      payNote: z.string(),
      capacity: z.number(),
    }),
    applications: z.array(applicationSchema),
    story: z.object({ title: z.string(), teaser: z.string(), text: z.string() }),
  }),
});

export type Sample = z.infer<typeof sampleSchema>;
export type SampleApplication = z.infer<typeof applicationSchema>;

/** Reads the sample company. */
export function readSample(): Sample {
  const file = new URL('../../sandbox/sample-company.json', import.meta.url);
  return sampleSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}
