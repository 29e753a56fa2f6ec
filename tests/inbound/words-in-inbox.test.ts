import { expect } from 'vitest';
import type { InboundWords } from '../../channels/channel.ts';
import { gate, message, test } from '../channels/inbox-fixture.ts';

const words = (eventId: string, text: string, candidateIds = ['cand_1']): InboundWords => ({
  kind: 'words',
  eventId,
  sentAt: new Date('2026-11-23T02:00:00Z'),
  channel: 'email',
  candidateIds,
  text,
  replyTo: { template: 'interview_invitation', itemId: 'out_1' },
  fromKnownAddress: true,
  refusedFiles: 0,
});

test('words are stored before they are acknowledged, survive the process, and take effect once', async ({ office }) => {
  const broken = gate();
  const first = await office.opens({
    work: async () => {
      await broken.opened;
      throw new Error('the process dies here');
    },
  });
  await first.receive(words('email:1', '我會準時到'));
  expect(await office.database.models.inboxItems.countDocuments({ kind: 'words', state: 'open' })).toBe(1);
  const dying = first.stop();
  broken.open();
  await dying;

  const heard: unknown[] = [];
  const second = await office.opens({
    work: async (event) => {
      heard.push(event);
      return undefined;
    },
  });
  await second.idle();
  await second.receive(words('email:1', '我會準時到'));
  await second.idle();
  expect(heard).toEqual([words('email:1', '我會準時到')]);
  // Done: the text is gone, only the id is kept.
  expect(await office.database.models.inboxItems.findOne({ _id: 'email:1' }).lean()).toMatchObject({
    state: 'done',
    payload: '',
  });
});

test('identity card numbers are not stored, and one person’s words keep their order beside everybody else', async ({
  office,
}) => {
  const order: string[] = [];
  const open = gate();
  const inbox = await office.opens({
    work: async (event) => {
      if (event.kind === 'words' && event.text === '一') await open.opened;
      order.push(event.kind === 'press' ? event.button : event.text);
      return undefined;
    },
  });
  await inbox.receive(words('email:1', '一'));
  await inbox.receive(words('email:2', '二，我的身份證 A123456(3)'));
  await inbox.receive(words('sms:3', '別人', ['cand_2']));
  await inbox.receive(message('m1', '入圍 家欣'));
  const stored = await office.database.models.inboxItems.findOne({ _id: 'email:2' }).lean();
  expect(stored?.payload).not.toContain('A123456');
  open.open();
  await inbox.idle();
  expect(order.indexOf('一')).toBeLessThan(order.findIndex((text) => text.startsWith('二')));
  expect(order).toHaveLength(4);
});
