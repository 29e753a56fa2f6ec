import { describe, expect } from 'vitest';
import { seedSampleCompany } from '../../app/sample/seed-sample-company.ts';
import { DELIVERY_RULES } from '../../recruiting/message/delivery-rules.ts';
import { loadMessageFacts } from '../../recruiting/message/message-facts.ts';
import { previewMessage } from '../../recruiting/message/preview-message.ts';
import { loadTemplates } from '../../templates/renderer.ts';
import { TEMPLATE_IDS } from '../../templates/template-ids.ts';
import { test } from '../fixtures/office.ts';

describe('messages to a real candidate of the sample company', () => {
  test('each of the 38 can be previewed, with a name, the brand and no slot left open', async ({ office }) => {
    await office.models.organisation.create({ _id: 'organisation', mode: 'sandbox' });
    await seedSampleCompany(office);
    const interview = await office.models.interviews.findOne({ state: 'scheduled' }).lean();
    const application = await office.models.applications.findOne({ _id: interview?.applicationId ?? '' }).lean();
    const numbered = TEMPLATE_IDS.filter((id) => loadTemplates().templates.get(id)?.number !== null);
    expect(numbered).toHaveLength(38);
    for (const template of numbered) {
      const shown = await previewMessage(office, {
        template,
        candidateId: application?.candidateId ?? '',
        applicationId: application?._id ?? '',
        interviewId: interview?._id ?? '',
      });
      expect(shown.text, template).toMatch(/您好/);
      expect(shown.text + (shown.sms ?? ''), template).not.toMatch(/\{\{|undefined|NaN|Invalid/);
      expect(shown.text, template).not.toMatch(/https?:/);
      if (shown.sms)
        expect(shown.smsCostHkd).toBeCloseTo((shown.smsSegments ?? 0) * office.settings().smsSegmentPriceHkd);
    }
  });

  test('what is missing is named with who can supply it', async ({ office }) => {
    await office.models.organisation.create({ _id: 'organisation', mode: 'sandbox' });
    await seedSampleCompany(office);
    const application = await office.models.applications.findOne({ stage: 'applied' }).lean();
    const shown = await previewMessage(office, {
      template: 'training_notice',
      candidateId: application?.candidateId ?? '',
      applicationId: application?._id ?? '',
    });
    expect(shown.missing.join()).toMatch(/培訓日期（由HR補上）/);
  });

  test('a preview makes no link', async ({ office }) => {
    await office.models.organisation.create({ _id: 'organisation', mode: 'sandbox' });
    await seedSampleCompany(office);
    const application = await office.models.applications.findOne({ stage: 'passed' }).lean();
    const key = {
      recipient: `candidate:${application?.candidateId}`,
      applicationId: application?._id ?? '',
      payload: {},
    };
    const [facts] = await loadMessageFacts(office.models, [key]);
    expect(facts?.owner).not.toBeNull();
    await previewMessage(office, {
      template: 'passed_welcome_pack',
      candidateId: application?.candidateId ?? '',
      applicationId: application?._id ?? '',
    });
    expect(await office.models.portalLinks.countDocuments()).toBe(0);
  });
});

test('every message says how it is delivered, and its head names the same channels', () => {
  for (const [id, template] of loadTemplates().templates) {
    const rule = DELIVERY_RULES[id];
    expect(rule, id).toBeDefined();
    const used = new Set([...(rule?.now ?? []), ...(rule?.otherwise ?? []), ...(rule?.smsIfUnopened ? ['sms'] : [])]);
    const unknown = [...used].filter((channel) => !(template.channels as readonly string[]).includes(channel));
    expect(unknown, id).toEqual([]);
  }
});
