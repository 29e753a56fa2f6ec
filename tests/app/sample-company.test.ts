import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect } from 'vitest';
import { describeSample } from '../../app/sample/describe-sample.ts';
import { readSample } from '../../app/sample/read-sample.ts';
import { seedSampleCompany } from '../../app/sample/seed-sample-company.ts';
import { test } from '../fixtures/office.ts';

const PAGE = join(resolve(import.meta.dirname, '../..'), 'docs/sample-company.md');

describe('the sample company', () => {
  test('is what its page says', () => {
    const page = describeSample(readSample());
    if (process.env.UPDATE) writeFileSync(PAGE, page);
    expect(readFileSync(PAGE, 'utf8')).toBe(page);
  });

  test('has 12 shops and an office, 30 staff, 3 vacancies, 40 candidates in all stages and an intake next month', async ({
    office,
  }) => {
    await office.models.organisation.create({ _id: 'organisation', mode: 'sandbox' });
    await seedSampleCompany(office);
    const { models } = office;
    expect(await models.branches.countDocuments()).toBe(13);
    expect(await models.staff.countDocuments()).toBe(30);
    expect(await models.requisitions.countDocuments({ state: 'open' })).toBe(3);
    expect(await models.candidates.countDocuments()).toBe(40);
    const stages = await models.applications.distinct('stage');
    expect(stages.sort()).toEqual(
      [
        'applied',
        'arrived',
        'interview',
        'interviewed',
        'no_show',
        'offer_accepted',
        'offer_sent',
        'passed',
        'rejected',
        'shortlisted',
        'withdrawn',
      ].sort(),
    );
    const intake = await models.intakes.findOne().lean();
    expect(intake).toMatchObject({ ref: 'T2612', state: 'fixed', firstDayAt: new Date('2026-12-07T09:30+08:00') });
  });

  test('is laid down once: a restart goes on where it was', async ({ office }) => {
    await office.models.organisation.create({ _id: 'organisation', mode: 'sandbox' });
    await seedSampleCompany(office);
    await office.models.candidates.updateOne({ ref: 'C1001' }, { $set: { source: 'changed' } });
    await seedSampleCompany(office);
    expect(await office.models.candidates.countDocuments()).toBe(40);
    expect((await office.models.candidates.findOne({ ref: 'C1001' }).lean())?.source).toBe('changed');
  });

  test('has invented people only: phones and addresses that belong to nobody', () => {
    const sample = readSample();
    expect(sample.candidates.every(({ email }) => email === undefined || email.endsWith('.example'))).toBe(true);
  });
});
