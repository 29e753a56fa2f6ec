import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeRobotMessage } from '../../channels/dingtalk/decode-robot-message.ts';

const receivedAt = new Date('2026-11-23T02:00:00Z');

/** A text in a group as DingTalk's pages show it. */
const inGroup = {
  conversationId: 'cidGROUPabc123==',
  conversationType: '2',
  conversationTitle: '招聘協作群',
  atUsers: [{ dingtalkId: '$:LWCP_v1:$BOTxxx' }],
  isInAtList: true,
  msgId: 'msgAbC123==',
  msgtype: 'text',
  text: { content: ' 明天下午安排張偉二面' },
  senderNick: '李敏',
  senderStaffId: 'u1001',
  senderUnionId: 'UNIONa',
  robotCode: 'dingapp01',
  sessionWebhook: 'https://oapi.dingtalk.com/robot/sendBySession?session=0123',
  sessionWebhookExpiredTime: 1767260400123,
  createAt: 1767255000123,
};

function decoded(change: object = {}, document: unknown = { ...inGroup, ...change }) {
  const result = decodeRobotMessage(document, receivedAt);
  if (!result.ok) throw new Error(result.reason);
  return result.event;
}

describe('a robot message', () => {
  test('in a group is read with sender, conversation, reply address and trimmed text', () => {
    expect(decoded()).toEqual({
      kind: 'message',
      eventId: 'msgAbC123==',
      sentAt: new Date(1767255000123),
      conversation: { id: 'cidGROUPabc123==', kind: 'group', title: '招聘協作群' },
      sender: { staffId: 'u1001', unionId: 'UNIONa', nick: '李敏' },
      text: '明天下午安排張偉二面',
      files: [],
      replyWebhook: { url: inGroup.sessionWebhook, expiresAt: new Date(1767260400123) },
      quotaSpent: false,
    });
  });

  test('comes as JSON text from the stream and as a value over HTTP', () => {
    expect(decoded({}, JSON.stringify(inGroup))).toEqual(decoded());
  });

  test('may have its moments as texts', () => {
    const event = decoded({ createAt: '1767255000123', sessionWebhookExpiredTime: '1767260400123' });
    expect(event).toEqual(decoded());
  });

  test('without a moment was sent when it was received', () => {
    expect(decoded({ createAt: undefined }).sentAt).toEqual(receivedAt);
    expect(decoded({ createAt: 'yesterday' }).sentAt).toEqual(receivedAt);
  });

  test('of an outsider, or of a robot not yet published, has no staffId', () => {
    expect(decoded({ senderStaffId: '', senderUnionId: undefined }).sender).toEqual({ nick: '李敏' });
    expect(decoded({ senderStaffId: undefined, senderUnionId: undefined }).sender).toEqual({ nick: '李敏' });
  });

  test('in one-to-one chat has no title', () => {
    const { conversation } = decoded({ conversationType: '1', conversationTitle: undefined });
    expect(conversation).toEqual({ id: 'cidGROUPabc123==', kind: 'direct' });
  });
});

describe('what a message carries', () => {
  const of = (msgtype: string, content: object) => decoded({ msgtype, text: undefined, content });

  test('rich text: its texts and its pictures', () => {
    const richText = [
      { text: '這是應徵者作品 ' },
      { type: 'picture', downloadCode: 'dcP1', pictureDownloadCode: 'pdcP1' },
      { text: '請看' },
      { type: 'picture', pictureDownloadCode: 'pdcP2' },
    ];
    expect(of('richText', { richText })).toMatchObject({
      text: '這是應徵者作品 請看',
      files: [
        { name: 'picture-1.jpg', downloadCode: 'dcP1' },
        { name: 'picture-2.jpg', downloadCode: 'pdcP2' },
      ],
    });
  });

  test('a picture, a file with its name', () => {
    expect(of('picture', { downloadCode: 'dcP2' }).files).toEqual([{ name: 'picture-1.jpg', downloadCode: 'dcP2' }]);
    expect(of('file', { fileName: '張偉-履歷.pdf', downloadCode: 'dcF1', spaceId: '1' }).files).toEqual([
      { name: '張偉-履歷.pdf', downloadCode: 'dcF1' },
    ]);
  });

  test('voice: what DingTalk heard; without that it is a type we cannot read', () => {
    expect(of('audio', { duration: '5', downloadCode: 'dcA1', recognition: '幫我約張偉' })).toMatchObject({
      text: '幫我約張偉',
      files: [],
    });
    expect(of('audio', { duration: 4000, downloadCode: 'dcA1' })).toMatchObject({ text: '', unsupportedType: 'audio' });
  });

  test('video and whatever is new is named as unsupported', () => {
    expect(of('video', { downloadCode: 'dcV1' }).unsupportedType).toBe('video');
    expect(of('unknownMsgType', { unknownMsgType: '…' }).unsupportedType).toBe('unknownMsgType');
  });

  test.each(['errCode', 'errorCode'])('nothing, because the month’s messages are spent (%s)', (field) => {
    for (const code of [20001, '20001']) {
      const event = decoded({ text: undefined, content: undefined, [field]: code, errorMessage: '受调用量超量影响' });
      expect(event).toMatchObject({ text: '', quotaSpent: true });
      expect(event).not.toHaveProperty('unsupportedType');
    }
  });

  test('nothing for another reason is not taken for a spent quota', () => {
    expect(decoded({ text: undefined, errCode: 20002 })).toMatchObject({
      quotaSpent: false,
      unsupportedType: 'error 20002',
    });
    expect(decoded({ text: undefined })).toMatchObject({ quotaSpent: false, unsupportedType: 'text' });
  });
});

test('a document that is no message gives a reason and never throws', () => {
  expect(decodeRobotMessage('not json', receivedAt)).toMatchObject({ ok: false });
  expect(decodeRobotMessage({ ...inGroup, msgId: undefined }, receivedAt)).toMatchObject({
    ok: false,
    reason: expect.stringContaining('msgId'),
  });
  fc.assert(
    fc.property(
      fc.anything(),
      fc.dictionary(fc.constantFrom(...Object.keys(inGroup), 'content'), fc.anything()),
      (any, odd) => {
        decodeRobotMessage(any, receivedAt);
        const result = decodeRobotMessage({ ...inGroup, ...odd, msgId: 'm', conversationId: 'c' }, receivedAt);
        expect(result.ok).toBe(true);
      },
    ),
  );
});
