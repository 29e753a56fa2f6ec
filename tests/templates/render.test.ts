import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleSlots } from '../../templates/preview.ts';
import {
  BadSlotValue,
  hasForm,
  MissingSlot,
  NoForm,
  type RenderedMessage,
  type RenderRequest,
  render,
  slotsNeeded,
  VariantUndecided,
} from '../../templates/renderer.ts';
import { TEMPLATE_IDS, type TemplateId } from '../../templates/template-ids.ts';

const at = (text: string): Date => new Date(`${text}+08:00`);
const page = (button: string): string => `https://hr.kamkee.hk/p?do=${button}`;

/** Writes a message from its samples with some things changed. */
function write(id: TemplateId, change: Partial<RenderRequest> = {}): RenderedMessage {
  const { slots = {}, ...rest } = change;
  return render(id, {
    channel: 'portal',
    now: at('2026-11-25T18:00'),
    buttonUrl: page,
    ...rest,
    slots: { ...sampleSlots(id), ...slots },
  });
}

function missingIn(run: () => unknown): MissingSlot {
  try {
    run();
  } catch (error) {
    if (error instanceof MissingSlot) return error;
    throw error;
  }
  throw new Error('nothing was missing');
}

describe('form of address', () => {
  const chan = { surnameZh: '陳', givenZh: '大文', englishName: 'Kelly', preferredName: '大文' };

  test('陳先生您好／Kelly 您好／您好', () => {
    expect(write('shortlisted', { slots: { salute: { ...chan, title: '先生' } } }).text).toMatch(/^陳先生您好：/);
    expect(write('shortlisted', { slots: { salute: chan } }).text).toMatch(/^Kelly 您好：/);
    expect(write('shortlisted', { slots: { salute: { surnameZh: '陳', givenZh: '大文' } } }).text).toMatch(/^您好：/);
    expect(write('shortlisted', { slots: { salute: undefined } }).text).toMatch(/^您好：/);
  });

  test('a reminder takes the name the person asked for, an invitation the title', () => {
    const salute = { ...chan, title: '先生' };
    expect(write('reminder_day_before', { slots: { salute } }).text).toMatch(/^大文您好：/);
    expect(write('interview_invitation', { slots: { salute } }).text).toMatch(/^陳先生您好：/);
  });
});

describe('missing values', () => {
  test('all of them are named, in Chinese too, and nothing is written', () => {
    const missing = missingIn(() => write('shortlisted', { slots: { hr_name: '', reply_by: null } }));
    expect(missing.slots).toEqual(['hr_name', 'reply_by']);
    expect(missing.labels).toEqual(['負責同事', '回覆期限']);
  });

  test('an SMS asks for the slot its short date comes from', () => {
    expect(missingIn(() => write('interview_invitation', { channel: 'sms', slots: { dt: undefined } })).slots).toEqual([
      'dt',
    ]);
  });

  test('an e-mail needs the employer and a person in its frame, and an address for each button', () => {
    const slots = { hr_phone: undefined, legal_entity: undefined };
    expect(missingIn(() => write('interview_confirmed', { channel: 'email', slots })).slots).toEqual([
      'hr_phone',
      'legal_entity',
    ]);
    expect(
      missingIn(() => write('interview_confirmed', { channel: 'email', buttonUrl: () => undefined })).slots,
    ).toEqual(['button:reschedule']);
  });

  test('any required slot of any message, left out, stops it', () => {
    for (const id of TEMPLATE_IDS) {
      const facts = { by: 'us', reached: 'no', interviewed: 'yes', closed: 'no' };
      const channel = hasForm(id, 'portal', sampleSlots(id), facts) ? 'portal' : 'sms';
      for (const name of slotsNeeded(id, channel, sampleSlots(id), facts)) {
        if (name === 'scope') continue; // without it the variant is the plain one, which then misses it
        const change = { channel, facts, slots: { [name]: undefined } } as const;
        expect(missingIn(() => write(id, change)).slots).toEqual([name]);
      }
    }
  });

  test('a value of the wrong type is refused', () => {
    expect(() => write('shortlisted', { slots: { reply_by: '30/11' } })).toThrow(BadSlotValue);
    expect(() => write('shortlisted', { slots: { reply_by: '2026-11-30T18:00' } })).toThrow(BadSlotValue);
    expect(() => write('rescheduled', { facts: { by: 'us' }, slots: { reason: '應徵者家有病人' } })).toThrow(
      BadSlotValue,
    );
    expect(() => write('application_received', { slots: { portal: 'javascript:alert(1)' } })).toThrow(BadSlotValue);
  });
});

describe('variants', () => {
  test('by kind of interview', () => {
    expect(write('interview_confirmed', { facts: { mode: 'in_person' } }).text).toContain(
      '到達，並帶備履歷表及原子筆。',
    );
    expect(write('interview_confirmed', { slots: { bring: [] } }).text).toContain('分鐘到達。現階段');
    expect(write('interview_confirmed', { facts: { mode: 'phone' }, slots: { place: '電話面試' } }).text).toContain(
      '形式：電話面試',
    );
    expect(write('reminder_2h', { slots: { landmark: null } }).text).toContain('在旺角店面試。如有延誤');
  });

  test('by who moved the appointment; without knowing, none is written', () => {
    expect(write('rescheduled', { facts: { by: 'candidate' }, slots: { reason: undefined } }).text).toContain(
      '已按您的要求',
    );
    expect(write('rescheduled', { facts: { by: 'us' } }).text).toContain('敬請見諒');
    expect(() => write('rescheduled')).toThrow(VariantUndecided);
  });

  test('by what the record holds', () => {
    expect(write('passed_welcome_pack', { slots: { next_date: undefined } }).text).toContain('日期確定後即通知您');
    expect(write('first_day_reminder', { slots: { bring: undefined } }).text).toContain('（即場核對）。如有延誤');
    expect(write('late_reply', { slots: { eta: undefined } }).text).toBe(
      '收到，已通知接見同事。路上請注意安全；如仍趕不及，請按「改期」或電2123 4567。',
    );
    expect(write('rejection', { facts: { interviewed: 'no' }, slots: { positive: undefined } }).text).toContain(
      '未能邀請您面試',
    );
  });

  test('by what was stopped', () => {
    expect(write('opt_out_confirmation', { slots: { scope: 'nudges' } }).text).toContain('已停止向您發送提示訊息。');
    expect(write('opt_out_confirmation', { slots: { scope: 'all' } })).toMatchObject({ variant: '全部', buttons: [] });
  });

  test('a message without SMS text says so', () => {
    expect(() => write('shortlisted', { channel: 'sms' })).toThrow(NoForm);
    expect(hasForm('human_call_followup', 'sms', {}, { reached: 'no' })).toBe(true);
    expect(hasForm('human_call_followup', 'sms', {}, { reached: 'yes' })).toBe(false);
  });
});

describe('words that depend on the moment of sending', () => {
  const sentAt = (moment: string): string => write('reminder_day_before', { now: at(moment) }).text;

  test('明天 held past midnight becomes 今日, any other day stands', () => {
    expect(sentAt('2026-11-25T18:00')).toMatch(/溫馨提示，明天下午3時30分有.*明天見！/);
    expect(sentAt('2026-11-26T00:10')).toMatch(/溫馨提示，今日下午3時30分有.*今日見！/);
    expect(sentAt('2026-11-23T18:00')).toMatch(/溫馨提示，11月26日（星期四）下午3時30分有.*到時見！/);
  });

  test('今日 becomes 昨日', () => {
    expect(write('thank_you_after_interview', { now: at('2026-11-27T09:00') }).text).toContain('多謝您昨日抽空');
  });

  test('剛才 holds for two hours', () => {
    const call = (moment: string): string =>
      write('human_call_followup', { facts: { reached: 'no' }, channel: 'sms', now: at(moment) }).text;
    expect(call('2026-11-26T16:30')).toContain('剛才就');
    expect(call('2026-11-26T16:31')).toContain('今日就');
    expect(call('2026-11-27T09:00')).toContain('昨日就');
    expect(call('2026-11-29T09:00')).toContain('11月26日(四)就');
  });
});

describe('typed values', () => {
  test('money, choices, lists and phones are written the Hong Kong way', () => {
    expect(write('offer', { slots: { pay: { hkd: 65, unit: 'hour' } } }).text).toContain(
      '薪金：每小時HK$65（按月支薪）',
    );
    expect(write('document_request', { slots: { docs: ['id_copy', 'bank_account', 'mpf_form'] } }).text).toContain(
      '上載：身份證副本、銀行戶口號碼及強積金登記表。',
    );
    expect(write('shortlisted').text).not.toContain('+852');
    expect(write('interview_confirmed', { slots: { hr_phone: '+85221234567' } }).text).toContain('黃小姐 2123 4567');
  });

  test('four or five times leave out the year, and each is a button', () => {
    const slots = ['2026-11-26T15:30', '2026-11-27T11:00', '2026-11-30T16:00', '2026-12-01T10:00'].map(at);
    const { text, buttons } = write('slot_offer', { slots: { slots } });
    expect(text).toContain('D. 12月1日（星期二）上午10時');
    expect(buttons.map(({ id }) => id)).toEqual(['slot_1', 'slot_2', 'slot_3', 'slot_4', 'other_time']);
  });

  test('a choice may be given by key or by its text', () => {
    const keyed = write('bad_weather_change', { slots: { warning: 'black_rain' } });
    const spelled = write('bad_weather_change', { slots: { warning: '黑色暴雨警告信號生效' } });
    expect(keyed.text).toBe(spelled.text);
    expect(write('bad_weather_change', { channel: 'sms', slots: { warning: '黑色暴雨警告信號生效' } }).text).toContain(
      '因黑色暴雨警告生效',
    );
  });
});

describe('channels', () => {
  const rude = `<b>陳</b> & "O'Brien" [x](http://evil) *_#`;

  test('a page gets HTML with everything escaped', () => {
    const { html } = write('interview_confirmed', { slots: { hr_name: rude } });
    expect(html).toContain('&lt;b&gt;陳&lt;/b&gt; &amp; &quot;O&#39;Brien&quot;');
    expect(html).not.toContain('<b>');
  });

  test('an SMS gets the bare text and its size', () => {
    const { text, sms, buttons } = write('interview_invitation', { channel: 'sms', slots: { brand: `O'Brien & Co` } });
    expect(text).toMatch(/^O'Brien & Co：/);
    expect(sms).toMatchObject({ encoding: 'UCS-2', segments: 2 });
    expect(buttons).toEqual([]);
  });

  test('DingTalk gets markdown in which no value can make a link, and buttons with addresses', () => {
    const { text, buttons } = write('probation_m1', { channel: 'dingtalk', slots: { manager: rude } });
    expect(text).toContain('\\[x\\](http://evil) \\*\\_\\#');
    expect(buttons).toEqual([{ id: 'meet_hr', label: '約HR', url: page('meet_hr') }]);
  });

  test('an e-mail has subject, frame and a line for each button, in text and HTML', () => {
    const mail = write('interview_invitation', { channel: 'email' });
    expect(mail.subject).toBe('金記茶餐廳：面試邀請（店務員）');
    expect(mail.text).toMatch(
      /\n\n出席：https:\/\/hr\.kamkee\.hk\/p\?do=attend\n改期：\S+\n不出席：\S+\n\n金記茶餐廳人力資源部　黃小姐　2123 4567\n/,
    );
    expect(mail.html).toContain('>不出席</a>');
    expect(mail.html).not.toMatch(/<(?:img|link|script|iframe)|url\(|@import/);
  });

  test('a subject without vacancy has no empty brackets, and our inside names stay inside', () => {
    expect(write('opt_out_confirmation', { channel: 'email', slots: { job: null } }).subject).toBe(
      '金記茶餐廳：已停止接收',
    );
    expect(write('rejection', { channel: 'email' }).subject).toBe('金記茶餐廳：申請結果（店務員）');
    expect(write('portal_notice', { channel: 'email' }).subject).toBe('金記茶餐廳：新訊息（店務員）');
  });

  test('the name of the SMS sender stands in the e-mail only', () => {
    const slots = { sms_sender: '#KamKee' };
    expect(write('application_received', { channel: 'email', slots }).text).toContain(
      '\n本公司短訊發送人名稱為「#KamKee」\n',
    );
    expect(write('application_received', { slots }).text).not.toContain('#KamKee');
    expect(write('application_received', { channel: 'email', slots: { sms_sender: null } }).text).not.toContain(
      '短訊發送人',
    );
  });

  test('what is kept shows no link', () => {
    const mail = write('application_received', { channel: 'email' });
    expect(mail.keptText).not.toContain('https://');
    expect(mail.keptLinks).toEqual(['pics_link', 'portal']);
    const hand = write('interview_confirmed', { channel: 'hand' });
    expect(hand.text).toMatch(/\n\n改期：https:\/\/\S+$/);
    expect(hand.keptText).toMatch(/\n\n改期：\{link\}$/);
    expect(hand.keptLinks).toEqual(['button:reschedule']);
  });

  test('whatever a person is called, nothing escapes and every value arrives', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (name) => {
        const shown = name.replace(/[\uE000-\uF8FF\p{Cc}\u200B-\u200F\u202A-\u202E\u2066-\u2069]/gu, '').trim();
        fc.pre(shown !== '' && name.trim() === name && !name.includes('\n'));
        const { text, html } = write('interview_confirmed', { slots: { hr_name: name } });
        expect(text).toContain(`聯絡：${shown} 2123 4567`);
        expect(html?.replace(/<\/?p>/g, '')).not.toMatch(/[<>"']/);
      }),
      { numRuns: 150 },
    );
  });
});
