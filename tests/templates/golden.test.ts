import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { messagesPage, slotsPage } from '../../templates/docs.ts';
import { previewSample, sampleFor } from '../../templates/preview.ts';
import { render, templateOf } from '../../templates/renderer.ts';
import { TEMPLATE_IDS, type TemplateId } from '../../templates/template-ids.ts';
import { readTemplates } from '../../templates/template-set.ts';

const golden = new URL('./golden/', import.meta.url);
const docs = new URL('../../docs/', import.meta.url);
const update = Boolean(process.env.UPDATE);

/** Every variant of a message as people read it, and the e-mail around the plain one. */
function allTexts(id: TemplateId): string {
  const parts = previewSample(id).map(({ channel, variant, message }) => {
    const size = message.sms
      ? `${message.sms.units} units, ${message.sms.segments} segment`
      : `${message.length} units`;
    const buttons = message.buttons.length > 0 ? `\n[${message.buttons.map(({ label }) => label).join('] [')}]` : '';
    return `## ${channel}${variant ? ` ${variant}` : ''} (${size})\n${message.text}${buttons}`;
  });
  const template = templateOf(id);
  const section = template.sections.findLast((part) => part.kind === 'text') ?? template.sections[0];
  if (template.channels.includes('email') && section) {
    const request = { ...sampleFor(id, section), channel: 'email', buttonUrl: () => 'https://hr.kamkee.hk' } as const;
    const mail = render(id, request);
    parts.push(`## email\n${mail.subject}\n\n${mail.text}`);
  }
  return `${parts.join('\n\n')}\n`;
}

function same(file: URL, text: string): void {
  if (update) writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, 'utf8'));
}

describe('golden texts', () => {
  if (update) mkdirSync(golden, { recursive: true });

  test.each(TEMPLATE_IDS)('%s reads as reviewed', (id) => {
    same(new URL(`${id}.txt`, golden), allTexts(id));
  });

  test('there is one golden file for each message and no other', () => {
    expect(readdirSync(golden).sort()).toEqual(TEMPLATE_IDS.map((id) => `${id}.txt`).sort());
  });

  test('38 numbered messages, each number once', () => {
    const numbers = [...readTemplates().templates.values()].flatMap(({ number }) => number ?? []);
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 38 }, (_, index) => index + 1));
  });

  test('one slot has one name for people in all messages', () => {
    const labels = new Map<string, Set<string>>();
    for (const template of readTemplates().templates.values()) {
      for (const { name, label } of template.slots.values())
        labels.set(name, (labels.get(name) ?? new Set()).add(label));
    }
    expect([...labels].filter(([, names]) => names.size > 1)).toEqual([]);
  });
});

describe('pages made from the templates', () => {
  test('docs/messages.md is up to date', () => same(new URL('messages.md', docs), messagesPage()));
  test('docs/slots.md is up to date', () => same(new URL('slots.md', docs), slotsPage()));
});

describe('typical lengths', () => {
  // Length of each text with typical values, as it was planned; dates far ahead carry their weekday here.
  const planned: Partial<Record<TemplateId, number[]>> = {
    application_received: [175],
    shortlisted: [87],
    interview_invitation: [161, 69],
    slot_offer: [155],
    reminder_day_before: [81, 61],
    reminder_2h: [72, 55, 53, 60, 43, 47],
    rescheduled: [150, 128, 69],
    no_show_followup: [103],
    thank_you_after_interview: [89],
    passed_welcome_pack: [141, 149],
    prep_tips_day3: [118, 109],
    employee_story_friday: [111],
    training_unread_reminder: [120, 69],
    store_assignment: [93, 103],
    company_news: [117],
    bg_check_consent: [173],
    offer: [228, 69],
    offer_reminder: [87, 70],
    offer_accepted: [133],
    document_request: [129],
    first_day_reminder: [110, 45],
    silence_checkin: [89, 66],
    human_call_followup: [76, 91, 63],
    opt_out_confirmation: [102, 95, 55, 65],
    probation_m1: [109],
    probation_review: [126],
    decision_delayed: [117],
    waiting_progress: [117],
    training_changed: [191, 69],
    case_received: [107],
    portal_notice: [57],
    late_reply: [50, 56],
  };

  test.each(Object.entries(planned))('%s', (id, lengths) => {
    expect(previewSample(id as TemplateId).map(({ message }) => message.sms?.units ?? message.length)).toEqual(lengths);
  });
});
