import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { robotMessageOf, webhookMessageOf } from '../../channels/dingtalk/chat-body.ts';
import {
  escapeMarkdown,
  markdownLines,
  quickReplyLink,
  quickReplyUrl,
  splitMarkdown,
} from '../../channels/dingtalk/dingtalk-markdown.ts';

describe('texts in DingTalk markdown', () => {
  test('data cannot make links, headings, emphasis or lists', () => {
    expect(escapeMarkdown('[按我](http://x) *重要* a_b `c` <b>')).toBe(
      '\\[按我\\](http://x) \\*重要\\* a\\_b \\`c\\` &lt;b>',
    );
    expect(escapeMarkdown('# 大\n- 一\n1. 二\n> 三')).toBe('\\# 大\n\\- 一\n1\\. 二\n\\> 三');
    expect(escapeMarkdown('陳家欣 9123 4567 - 旺角分店')).toBe('陳家欣 9123 4567 - 旺角分店');
  });

  test('a line breaks with two spaces on both sides', () => {
    expect(markdownLines(['甲', '乙'])).toBe('甲  \n  乙');
  });

  test('a quick reply keeps its brackets out of the link', () => {
    expect(quickReplyLink('聘用 [A]', '聘用 (家欣)!')).toBe(
      '[聘用 \\[A\\]](dtmd://dingtalkclient/sendMessage?content=%E8%81%98%E7%94%A8%20%28%E5%AE%B6%E6%AC%A3%29%21)',
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const url = quickReplyUrl(text);
        expect(url).not.toMatch(/[()\s]/);
        expect(new URL(url).searchParams.get('content')).toBe(text);
      }),
    );
  });

  test('a long text is cut at lines, and nothing is lost', () => {
    expect(splitMarkdown('一\n二\n三', 8)).toEqual(['一\n二', '三']);
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 40 })),
        fc.integer({ min: 8, max: 60 }),
        (lines, most) => {
          const parts = splitMarkdown(lines.join('\n'), most);
          for (const part of parts) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(most);
          expect(parts.join('').replaceAll('\n', '')).toBe(lines.join('').replaceAll('\n', ''));
        },
      ),
    );
  });
});

describe('a chat body on the wire', () => {
  const button = (n: number) => ({ label: `按${n}`, url: `https://x/${n}` });
  const buttons = (count: number) => ({
    format: 'buttons' as const,
    title: '題',
    text: '文',
    buttons: Array.from({ length: count }, (_, index) => button(index + 1)),
  });

  test('is one of the robot’s templates', () => {
    expect(robotMessageOf({ format: 'text', content: '你好' })).toEqual({
      msgKey: 'sampleText',
      msgParam: '{"content":"你好"}',
    });
    expect(robotMessageOf(buttons(1))).toEqual({
      msgKey: 'sampleActionCard',
      msgParam: JSON.stringify({ title: '題', text: '文', singleTitle: '按1', singleURL: 'https://x/1' }),
    });
    const three = robotMessageOf(buttons(3));
    expect(three.msgKey).toBe('sampleActionCard3');
    expect(JSON.parse(three.msgParam)).toMatchObject({ actionTitle3: '按3', actionURL3: 'https://x/3' });
    expect(robotMessageOf(buttons(6))).toMatchObject({
      msgKey: 'sampleMarkdown',
      msgParam: expect.stringContaining('[按6](https://x/6)'),
    });
  });

  test('mentions people in a reply by id and in its text', () => {
    expect(webhookMessageOf({ format: 'text', content: '已安排' }, ['u1'])).toEqual({
      msgtype: 'text',
      text: { content: '@u1 已安排' },
      at: { atUserIds: ['u1'] },
    });
    expect(webhookMessageOf({ format: 'markdown', title: '題', text: '@u1 好' }, ['u1'])).toMatchObject({
      markdown: { text: '@u1 好' },
    });
    expect(webhookMessageOf(buttons(2), [])).toEqual({
      msgtype: 'actionCard',
      actionCard: {
        title: '題',
        text: '文',
        btnOrientation: '0',
        btns: [
          { title: '按1', actionURL: 'https://x/1' },
          { title: '按2', actionURL: 'https://x/2' },
        ],
      },
    });
  });
});
