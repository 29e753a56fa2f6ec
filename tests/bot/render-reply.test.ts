import { describe, expect, test } from 'vitest';
import { chatBody, plainMarkdown, withoutPay } from '../../bot/replies/render-reply.ts';
import { say } from '../../bot/replies/said.ts';

const GROUP = { conversation: { id: 'g', kind: 'group' as const }, lang: 'hant' as const, robotName: '招聘助手' };
const DIRECT = { ...GROUP, conversation: { id: 'd', kind: 'direct' as const } };
const content = (text: string, address: typeof GROUP | typeof DIRECT = GROUP): string => {
  const body = chatBody({ text: say(text, text) }, address);
  return body.format === 'text' ? body.content : body.text;
};

describe('what a group may read', () => {
  test.each([
    ['我不明白「HK$17,000」', '我不明白「（金額略）」'],
    ['起薪17k', '起薪（金額略）'],
    ['萬六', '（金額略）'],
    ['62蚊一個鐘', '（金額略）一個鐘'],
    ['電話 9123 4567', '電話 9123 ****'],
    ['身份證 A123456(3)', '身份證 [身份證號碼已移除]'],
    ['A1003 下午3時30分，R101 3人', 'A1003 下午3時30分，R101 3人'],
  ])('%s', (text, expected) => expect(content(text)).toBe(expected));

  test('in the 1:1 chat pay and telephone numbers stand', () => {
    expect(content('HK$17,000 9123 4567', DIRECT)).toBe('HK$17,000 9123 4567');
    expect(withoutPay('17k', 'en')).toBe('(amount left out)');
  });
});

describe('links that send a text', () => {
  test('mention the robot in a group, and not in the 1:1 chat', () => {
    const reply = { text: say('好', 'OK'), quickReplies: [{ label: say('復原', 'Undo'), sends: '復原' }] };
    const link = (address: typeof GROUP | typeof DIRECT): string => {
      const body = chatBody(reply, address);
      return decodeURIComponent(/content=([^)]+)\)/.exec(body.format === 'markdown' ? body.text : '')?.[1] ?? '');
    };
    expect(link(GROUP)).toBe('@招聘助手 復原');
    expect(link(DIRECT)).toBe('復原');
  });

  test('names cannot break the markup, and addresses stay whole', () => {
    expect(plainMarkdown('[a](b) *c* _d_ https://x.hk/a_b*c')).toBe('［a］(b) ＊c＊ ＿d＿ https://x.hk/a_b*c');
  });
});
