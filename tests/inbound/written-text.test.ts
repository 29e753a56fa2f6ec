import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writtenText } from '../../channels/inbound/written-text.ts';

const OURS = '陳小姐您好：邀請您面試。\n如不想再收到訊息，請按「停止接收」。Unsubscribe.';
const quoted = OURS.replace(/^/gm, '> ');

/** How mail programmes in use here put our mail below an answer. */
const PROGRAMMES: Record<string, string> = {
  'Gmail in Traditional Chinese': `HR <hr+r.1a2b@kamfung.example> 於 2026年11月23日 週一 上午10:05寫道：\n\n${quoted}`,
  'Gmail for Hong Kong': `在 2026年11月23日週一 10:05，金鳳茶餐廳人力資源部 <hr@kamfung.example> 寫道：\n${quoted}`,
  'Gmail in English': `On Mon, 23 Nov 2026 at 10:05, HR <hr@kamfung.example> wrote:\n\n${quoted}`,
  'Gmail with a broken line': `On Mon, 23 Nov 2026 at 10:05, 金鳳茶餐廳人力資源部\n<hr+r.1a2b3c@kamfung.example> wrote:\n\n${quoted}`,
  'Apple Mail on a phone': `從我的 iPhone 傳送\n\n> HR <hr@kamfung.example> 於 2026年11月23日 上午10:05 寫道：\n> \n${quoted}`,
  'Apple Mail in English': `Sent from my iPhone\n\n> On 23 Nov 2026, at 10:05, HR <hr@kamfung.example> wrote:\n> \n${quoted}`,
  'Outlook in Traditional Chinese': `寄件者: 金鳳茶餐廳人力資源部 <hr@kamfung.example>\n傳送時間: 2026年11月23日 上午 10:05\n收件者: Ka Yan\n主旨: 面試邀請\n\n${OURS}`,
  'Outlook in Simplified Chinese': `发件人: 金鳳 <hr@kamfung.example>\n发送时间: 2026年11月23日 10:05\n收件人: Ka Yan\n主题: 面試邀請\n\n${OURS}`,
  'Outlook in English': `________________________________\nFrom: HR <hr@kamfung.example>\nSent: Monday, 23 November 2026 10:05\nTo: Ka Yan\nSubject: 面試邀請\n\n${OURS}`,
  'Outlook for phones': `取得 Outlook for iOS\n________________________________\n寄件者： HR <hr@kamfung.example>\n寄件日期： 2026年11月23日\n收件者： Ka Yan\n主旨： 面試邀請\n\n${OURS}`,
  'old Outlook': `-----Original Message-----\nFrom: HR\nSent: Monday\n\n${OURS}`,
  'QQ Mail': `------------------ 原始邮件 ------------------\n发件人: "hr" <hr@kamfung.example>;\n发送时间: 2026年11月23日(星期一) 上午10:05\n\n${OURS}`,
  'Yahoo without marks': `2026年11月23日 星期一 10:05:12 HKT， HR <hr@kamfung.example> 寫道:\n\n${OURS}`,
  'a day and an address': `2026年11月23日(一) 10:05 HR <hr@kamfung.example>:\n\n${quoted}`,
};

describe('our own mail below an answer is not the person’s words', () => {
  test.each(Object.entries(PROGRAMMES))('%s', (_, below) => {
    expect(writtenText(`好呀，我會準時到\n唔該晒\n\n${below}`)).toBe('好呀，我會準時到\n唔該晒');
  });

  test('nor is anything below it, with carriage returns and invisible characters', () => {
    for (const below of Object.values(PROGRAMMES)) {
      const mail = `\ufeffok\u200b\n\n${below}`.replaceAll('\n', '\r\n');
      expect(writtenText(mail)).toBe('ok');
    }
  });

  test('an answer that quotes and says nothing is empty', () => {
    for (const below of Object.values(PROGRAMMES)) expect(writtenText(below)).toBe('');
  });
});

describe('answers between and below the quoted lines are kept', () => {
  test('line by line', () => {
    const mail = 'On Mon, 23 Nov 2026, HR <hr@kamfung.example> wrote:\n> 星期三得唔得？\n得\n> 要帶身份證\n\n好，會帶';
    expect(writtenText(mail)).toBe('得\n\n好，會帶');
  });
});

describe('what a phone or an office adds', () => {
  test.each([
    ['Sent from my iPhone'],
    ['從我的 iPhone 傳送'],
    ['由我的iPhone傳送'],
    ['傳送自我的 Galaxy'],
    ['发自我的 iPhone'],
    ['Sent from Outlook for Android'],
    ['Get Outlook for iOS <https://aka.ms/o0ukef>'],
    ['Sent from Yahoo Mail for iPhone'],
  ])('%s', (line) => {
    expect(writtenText(`好\n\n${line}`)).toBe('好');
  });

  test.each([
    ['-- \nKelly Wong\nBarista\n9123 4567'],
    ['Best regards,\nKelly Wong\n+852 9123 4567'],
    ['Kind regards\n\nKelly'],
    ['此致\n\n黃嘉玲'],
    [
      'This e-mail and any attachments are confidential and intended solely for the addressee.\nIf you are not the intended recipient please delete it and stop reading.',
    ],
    ['本電郵及附件載有機密資料，只供指定收件人閱覽。如誤收請停止閱讀並刪除。'],
  ])('a signature or notice: %s', (below) => {
    expect(writtenText(`I will come on Wednesday.\n\n${below}`)).toBe('I will come on Wednesday.');
  });
});

describe('what might be the person’s words stays', () => {
  test.each([
    ['Best regards,\nKelly\n\nPS please stop sending me reminders'],
    ['Regards,\nKelly\nunsubscribe'],
    ['此致\n唔好再send'],
    ['This email is to tell you that I can not come.'],
    ['From: 旺角 去觀塘要幾耐？'],
    ['我喺 2026年11月23日 寫道歉信都無用'],
    ['老細寫道：你唔使再返'],
    ['我由 iPhone 轉用 Android 先收到'],
    ['Thanks\nKelly'],
    [`--\n${Array.from({ length: 14 }, (_, index) => `第${index}件事`).join('\n')}`],
  ])('%s', (text) => {
    expect(writtenText(text)).toBe(text);
  });
});

describe('whatever comes', () => {
  const line = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom(...Object.values(PROGRAMMES).flatMap((text) => text.split('\n'))),
    fc.constantFrom('-- ', 'Best regards,', 'Kelly', '', '> x', '唔好再send', '本電郵內容保密，收件人以外請刪除'),
  );

  test('every line that is kept was written, in its order, and it is quick', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const source = lines.join('\n');
        const kept = writtenText(source).split('\n');
        const plain = source
          .replace(/\r\n?|[\u2028\u2029]/g, '\n')
          .replace(/[\u200b-\u200f\u2060\ufeff]/g, '')
          .split('\n')
          .map((one) => one.trim());
        let at = 0;
        for (const one of kept.filter((text) => text.trim() !== '')) {
          const found = plain.indexOf(one.trim(), at);
          expect(found).toBeGreaterThanOrEqual(at);
          at = found + 1;
        }
      }),
      { numRuns: 500 },
    );
  });

  test('long and hostile texts end', () => {
    const hostile = ['>'.repeat(50_000), 'a '.repeat(60_000), '於 '.repeat(50_000), `${'<'.repeat(290)}\n`.repeat(300)];
    for (const text of hostile) {
      const started = performance.now();
      expect(writtenText(text).length).toBeLessThanOrEqual(4_000);
      expect(performance.now() - started).toBeLessThan(1_000);
    }
  });
});
