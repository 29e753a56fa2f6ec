import { describe, expect, test } from 'vitest';
import { templateProblems } from '../../templates/linter/template-rules.ts';
import { sampleProblems } from '../../templates/load-templates.ts';
import { previewSample, sampleSlots } from '../../templates/preview.ts';
import { render, type SlotValues, templateOf } from '../../templates/renderer.ts';
import { BadTemplate, readTemplateFile } from '../../templates/template-file.ts';
import { TEMPLATE_IDS, type TemplateId } from '../../templates/template-ids.ts';

const now = new Date('2026-11-23T10:00+08:00');

/** A template file with one text. */
const file = (text: string, more = '', slots = ''): string => `---
id: sample
title: 樣本
moment: sample
trigger: now
channels: [portal]
${more}slots:
  salute: { label: 稱呼, type: salutation, sample: 陳先生 }
${slots}---
=== text
${text}
`;

const problemsOf = (text: string, more = '', slots = ''): string[] =>
  templateProblems(readTemplateFile('sample.hbs', file(text, more, slots)));

const rulesOf = (id: TemplateId, slots: SlotValues, channel: 'portal' | 'sms' = 'portal'): string[] =>
  render(id, { channel, slots: { ...sampleSlots(id), ...slots }, now }).lint.map(({ rule }) => rule);

describe('every template', () => {
  test.each(TEMPLATE_IDS)('%s passes the linter and keeps its length', (id) => {
    expect(previewSample(id).flatMap((preview) => sampleProblems(templateOf(id), preview))).toEqual([]);
  });
});

describe('rules for sentences', () => {
  const link = '  portal: { label: 專頁, type: link, sample: https://hr.kamkee.hk }\n';
  const day = '  reply_by: { label: 期限, type: date, sample: 2026-11-30, deadline: true }\n';

  test('a link is not glued to Chinese', () => {
    expect(problemsOf('{{salute}}您好：請看{{portal}}', '', link)).toEqual([
      'text: a space or ： belongs before {{portal}}',
    ]);
    expect(problemsOf('{{salute}}您好：請看：{{portal}}。', '', link)).toEqual([
      'text: a space or a new line belongs behind {{portal}}',
    ]);
    expect(problemsOf('{{salute}}您好：請看：{{portal}}\n謝謝', '', link)).toEqual([]);
  });

  test('a deadline says whether its day counts', () => {
    expect(problemsOf('{{salute}}您好：請於{{reply_by}}前回覆。', '', day)).toEqual([
      'text: behind the deadline {{reply_by}} stands 或之前',
    ]);
    expect(problemsOf('{{salute}}您好：請於{{reply_by}}或之前回覆。', '', day)).toEqual([]);
    expect(
      problemsOf('{{salute}}您好：請於{{reply_by}}或之前回覆。', '', day.replace('type: date', 'type: datetime')),
    ).toEqual(['text: behind the deadline {{reply_by}} stands 前']);
  });

  test('no date and no address stands inside brackets', () => {
    const place = '  place: { label: 地點, type: text, sample: 旺角 }\n';
    expect(problemsOf('{{salute}}您好：面試（{{reply_by}}或之前）。', '', day)).toEqual([
      'text: {{reply_by}} stands inside brackets',
    ]);
    expect(problemsOf('{{salute}}您好：面試（{{place}}）。', '', place)).toEqual([
      'text: {{place}} stands inside brackets',
    ]);
  });

  test('who introduces himself or writes an e-mail names the employer', () => {
    const who = '  hr_name: { label: 同事, type: text, sample: Carmen }\n';
    expect(problemsOf('{{salute}}您好：我是{{hr_name}}。', '', who)).toHaveLength(1);
    expect(
      templateProblems(
        readTemplateFile('sample.hbs', file('{{salute}}您好：已收到。').replace('[portal]', '[portal, email]')),
      ),
    ).toHaveLength(1);
  });

  test('day words are left to the moment of sending, and the warm close is there', () => {
    expect(problemsOf('{{salute}}您好：明天見！')).toEqual(['text: 明天 is worked out when sending: use a slot']);
    expect(problemsOf('{{salute}}您好：已取消。', 'warmClose: 祝一切順利\n')).toEqual([
      'text: the warm close is missing: 祝一切順利',
    ]);
  });

  test('an SMS says brand, date, phone, link in this order', () => {
    const sms = (text: string): string[] =>
      templateProblems(
        readTemplateFile(
          'sample.hbs',
          file(
            '{{salute}}您好。',
            '',
            `  brand: { label: 品牌, type: text, sample: 金記 }
  dt: { label: 時間, type: datetime, sample: 2026-11-26T15:30 }
  dt_short: { label: 時間, type: datetime_short, of: dt }
  hr_phone: { label: 電話, type: phone, sample: 2123 4567 }
  link: { label: 連結, type: link, sample: https://hr.kamkee.hk }
`,
          ).replace('{{salute}}您好。', `{{salute}}您好：{{dt_short}}。\n=== sms\n${text}`),
        ),
      );
    expect(sms('{{brand}}：{{dt_short}}面試。查詢{{hr_phone}} {{link}}')).toEqual([]);
    expect(sms('{{dt_short}}面試，{{brand}}。查詢{{hr_phone}} {{link}}')).toEqual([
      'sms: an SMS begins with {{brand}}',
    ]);
    expect(sms('{{brand}}：查詢{{hr_phone}}。{{dt_short}}面試 {{link}}')).toEqual([
      'sms: the date stands before the phone number',
    ]);
    expect(sms('{{brand}}：{{dt_short}}面試，按 {{link}} 查詢{{hr_phone}}')).toEqual([
      'sms: {{link}} is not last',
      'sms: the phone number stands before the link',
    ]);
  });
});

describe('rules for files', () => {
  const refusal = (source: string): string => {
    try {
      readTemplateFile('sample.hbs', source);
      return '';
    } catch (error) {
      expect(error).toBeInstanceOf(BadTemplate);
      return (error as BadTemplate).problems.join('\n');
    }
  };

  test('slots used and slots declared are the same', () => {
    expect(refusal(file('您好。'))).toBe('slot declared and not used: salute');
    expect(refusal(file('{{salute}}您好：{{job}}'))).toBe('slot used and not declared: job');
  });

  test('an optional slot has a text for the case without it', () => {
    const bring = '  bring: { label: 攜帶物品, type: list, sample: [筆], optional: true }\n';
    expect(refusal(file('{{salute}}您好：帶備{{bring}}。', '', bring))).toBe(
      'optional slot without {{#if}} or other text: bring',
    );
    expect(refusal(file('{{salute}}您好{{#if bring}}：帶備{{bring}}{{/if}}。', '', bring))).toBe('');
  });

  test('buttons and the texts that name them belong together', () => {
    expect(refusal(file('{{salute}}您好：請按「出席」。'))).toBe('text names an undeclared button: 出席');
    expect(refusal(`${file('{{salute}}您好。')}`.replace('---\n===', 'buttons:\n  attend: 出席\n---\n==='))).toBe(
      'button that no text names: 出席',
    );
  });

  test('nothing but slots and {{#if}} is understood, and the head is strict', () => {
    expect(refusal(file('{{salute}}您好：{{{html}}}'))).toContain('not a slot');
    expect(refusal(file('{{salute}}您好：{{#each list}}x{{/each}}'))).toContain('not a slot');
    expect(refusal(file('{{salute}}您好', 'colour: red\n'))).toContain('colour');
    expect(refusal(file('{{salute}}您好').replace('trigger: now', 'trigger: soon'))).toContain('trigger');
  });

  test('Chinese slot names may stand in a text', () => {
    const template = readTemplateFile(
      'sample.hbs',
      file('{{姓名}}您好：多謝應徵「{{職位}}」。', '', '  job: { label: 職位, type: text, sample: 店務員 }\n'),
    );
    expect(template.sections[0]?.source).toBe('{{salute}}您好：多謝應徵「{{job}}」。');
  });
});

describe('rules for filled texts', () => {
  test('a bare full name is no form of address', () => {
    expect(rulesOf('shortlisted', { salute: '陳大文' })).toEqual(['bare_full_name']);
    expect(rulesOf('shortlisted', { salute: 'Peter Chan' })).toEqual(['bare_full_name']);
    for (const salute of ['陳先生', '大文', 'Kelly', '', '歐陽小姐', '陳同學'])
      expect(rulesOf('shortlisted', { salute })).toEqual([]);
  });

  test('names and addresses are left alone, the words of the company are not', () => {
    expect(rulesOf('store_assignment', { store_addr: '上海街1號視訊大廈门店' })).toEqual([]);
    expect(rulesOf('prep_tips_day3', { tips: ['請帶備健康證', '留意短信', '穿防滑鞋'] })).toEqual([
      'wording:health-certificate',
      'wording:sms',
    ]);
    expect(rulesOf('prep_tips_day3', { tips: ['唔使帶嘢'] })).toContain('cantonese');
    expect(rulesOf('prep_tips_day3', { tips: ['请带笔'] })).toContain('simplified');
    expect(rulesOf('prep_tips_day3', { tips: ['加油😀'] })).toEqual(['emoji']);
    expect(rulesOf('prep_tips_day3', { tips: ['太好了！！'] })).toEqual(['mark_chain']);
  });

  test('free text ends as its place wants it', () => {
    expect(rulesOf('rejection', { positive: '您的耐心' })).toEqual([]);
    expect(rulesOf('rejection', { positive: '您的耐心。' })).toEqual(['double_stop']);
    expect(rulesOf('bad_weather_change', { new_plan: '稍後再約。' })).toEqual(['double_stop']);
    expect(rulesOf('employee_story_friday', { story_teaser: '師傅教我的第一課' })).toEqual(['open_sentence']);
    expect(rulesOf('employee_story_friday', { story_title: '我的第一日。' })).toEqual(['title_end']);
    expect(rulesOf('employee_story_friday', { story_teaser: `${'長'.repeat(60)}。` })).toEqual(['slot_length']);
  });

  test('an identity card number in a free text is found and not repeated', () => {
    const { lint } = render('human_call_followup', {
      channel: 'portal',
      slots: { ...sampleSlots('human_call_followup'), call_summary: '證件A123456(3)已收' },
      now,
    });
    expect(lint.map(({ rule }) => rule)).toEqual(['hkid']);
    expect(JSON.stringify(lint)).not.toContain('A123456');
  });

  test('an SMS may take two segments with a real link, not three', () => {
    const link = 'https://careers.kamkee-group.com.hk/AbCdEfGhIjKlMnOpQrStUv';
    expect(rulesOf('interview_invitation', { link }, 'sms')).toEqual([]);
    expect(rulesOf('interview_invitation', { link, brand: '金'.repeat(60) }, 'sms')).toEqual(['length']);
    expect(rulesOf('interview_invitation', { place_short: '旺角彌敦道六百八十八號' }, 'sms')).toEqual(['slot_length']);
  });
});
