import type { ClientSession } from 'mongoose';
import { describe, expect } from 'vitest';
import { COMMANDS } from '../../bot/commands/index.ts';
import { createBot } from '../../bot/handle-event.ts';
import type { InboundMessage } from '../../channels/channel.ts';
import { markInboxItemDone } from '../../channels/inbox/mark-inbox-item-done.ts';
import { test as officeTest } from '../fixtures/office.ts';
import { addApplication, openCompany } from '../fixtures/world.ts';
import { Phones } from '../recruiting/two-phones.ts';
import { type Phone, test } from './office.ts';

/** Certain readings are done at once, less certain ones after a tap: taps as long as it is asked. */
async function agrees(phone: Phone): Promise<void> {
  for (let taps = 0; taps < 4 && phone.heard().at(-1)?.includes('我理解為'); taps += 1) await phone.presses('確認');
}

describe('several orders in one message', () => {
  test('are done in their order; a grave one is confirmed while the others wait', async ({ office }) => {
    await office.opens();
    await office.hasApplication('黃志明', 'interviewed');
    await office.hasApplication('林柏熹', 'shortlisted', { ref: 'A1004' });
    await office.hr.says('林柏熹先hold住,批黃志明');
    office.hr.sees('已擱置 林柏熹');
    office.hr.sees('批准 黃志明（A1003，店務員）通過面試');
    expect(await office.stageOf('黃志明')).toBe('interviewed');
    await office.hr.presses('確認');
    expect(await office.stageOf('黃志明')).toBe('passed');
    expect(await office.office.models.orderRuns.countDocuments()).toBe(0);
  });

  test('wait for the answer to one of them, and go on after it', async ({ office }) => {
    await office.opens();
    await office.hasApplication('黃志明', 'interviewed');
    await office.hasApplication('林柏熹', 'shortlisted', { ref: 'A1004' });
    await office.hr.says('批黃志明,林柏熹先hold住');
    office.hr.sees('批准 黃志明');
    office.hr.sees('之後會繼續處理：擱置：林柏熹');
    expect((await office.office.models.applications.findById('app_A1004').lean())?.holdUntil).toBeNull();
    await office.hr.presses('確認');
    office.hr.sees(/1\. 已批准 黃志明.*2\. 已擱置 林柏熹/s);
    expect((await office.office.models.applications.findById('app_A1004').lean())?.holdUntil).not.toBeNull();
    // Each can be taken back by itself, the last one first.
    await office.hr.says('復原');
    office.hr.sees('已復原「擱置 林柏熹」');
    expect(await office.stageOf('黃志明')).toBe('passed');
    await office.hr.says('復原');
    expect(await office.stageOf('黃志明')).toBe('interviewed');
  });

  test('after 取消 of one the others are only done with a tap', async ({ office }) => {
    await office.opens();
    await office.hasApplication('黃志明', 'interviewed');
    await office.hasApplication('林柏熹', 'shortlisted', { ref: 'A1004' });
    await office.hr.says('批黃志明,林柏熹先hold住');
    await office.hr.presses('取消');
    office.hr.sees('我理解為「擺住」');
    expect((await office.office.models.applications.findById('app_A1004').lean())?.holdUntil).toBeNull();
    await agrees(office.hr);
    expect((await office.office.models.applications.findById('app_A1004').lean())?.holdUntil).not.toBeNull();
    expect(await office.stageOf('黃志明')).toBe('interviewed');
  });

  test('one that a rule forbids is said, and the others are done', async ({ office }) => {
    await office.opens();
    await office.hasApplication('范詠琳', 'applied');
    await office.hasApplication('林柏熹', 'shortlisted', { ref: 'A1004' });
    await office.hr.says('林柏熹先hold住,范詠琳派去旺角店,記低林柏熹識整奶茶');
    await agrees(office.hr);
    expect((await office.office.models.applications.findById('app_A1004').lean())?.holdUntil).not.toBeNull();
    expect((await office.office.models.applications.findById('app_A1003').lean())?.branchId).toBeNull();
  });
});

describe('a process that dies between two orders', () => {
  officeTest('neither loses nor doubles an order', async ({ office }) => {
    await openCompany(office);
    await addApplication(office, '林柏熹', 'shortlisted');
    await addApplication(office, '馬浩然', 'shortlisted', { ref: 'A1004' });
    await addApplication(office, '謝卓妍', 'shortlisted', { ref: 'A1005' });
    const { models } = office;
    const text = '林柏熹先hold住。馬浩然先hold住。謝卓妍先hold住。';
    const event: InboundMessage = {
      kind: 'message',
      eventId: 'msg-1',
      conversation: { id: 'bot', kind: 'direct' },
      sender: { staffId: 'carmen', nick: 'Carmen' },
      text,
      files: [],
    } as unknown as InboundMessage;
    let deaths = 2;
    const bot = createBot({
      office: {
        ...office,
        connection: office.connection,
      },
      staffChannel: new Phones(),
      markDone: async (session: ClientSession, mark: Parameters<typeof markInboxItemDone>[2]) => {
        if (deaths > 0) {
          deaths -= 1;
          throw new Error('killed before the last unit came true');
        }
        await markInboxItemDone(models, session, mark);
      },
      robotNames: ['招聘助手'],
      adminStaffIds: [],
      commands: COMMANDS,
      cardHandlers: [],
    });
    await models.inboxItems.create({
      _id: 'item-1',
      lane: 'carmen',
      kind: 'message',
      state: 'open',
      receivedAt: office.clock.now(),
      order: 1,
      owner: 'test',
      leaseUntil: office.clock.now(),
      begun: true,
      failures: 0,
    });
    const item = { id: 'item-1', attempt: 1 };
    await expect(bot(event, item)).rejects.toThrow('killed');
    const run = await models.orderRuns.findById('item-1').lean();
    expect(run?.orders).toHaveLength(1);
    expect(run?.told).toHaveLength(2);
    expect(await models.acts.countDocuments()).toBe(2);
    await expect(bot(event, { ...item, attempt: 2 })).rejects.toThrow('killed');
    expect(await models.acts.countDocuments()).toBe(2);

    await bot(event, { ...item, attempt: 3 });
    expect(await models.acts.countDocuments()).toBe(3);
    expect(await models.orderRuns.countDocuments()).toBe(0);
    expect((await models.inboxItems.findById('item-1').lean())?.state).toBe('done');
    const replies = await models.outbox.find({ kind: 'reply' }).lean();
    expect(replies).toHaveLength(1);
    for (const name of ['林柏熹', '馬浩然', '謝卓妍']) expect(JSON.stringify(replies)).toContain(`已擱置 ${name}`);
  });
});
