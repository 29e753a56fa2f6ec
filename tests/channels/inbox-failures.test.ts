import { describe, expect } from 'vitest';
import type { InboxOptions } from '../../channels/inbox/inbox.ts';
import type { InboxItem } from '../../channels/inbox/work-off.ts';
import { pause, realTimers } from '../../lib/timers.ts';
import { eventually } from './eventually.ts';
import { counting, effects, gate, inTransaction, message, test } from './inbox-fixture.ts';

describe('an item that fails', () => {
  test('three times is set aside with a reference, and the next go on', async ({ office }) => {
    const apologies: string[] = [];
    const runs: string[] = [];
    const inbox = await office.opens({
      work: async (_event, item) => {
        runs.push(`${item.id} ${item.attempt}`);
        if (item.id === 'm1') throw new Error('poison');
        return undefined;
      },
      onSetAside: async (item, reference) => {
        apologies.push(`${item.id} ${reference}`);
      },
    });
    await inbox.receive(message('m1', 'a'));
    await inbox.receive(message('m2', 'b'));
    await inbox.idle();

    expect(runs).toEqual(['m1 1', 'm1 2', 'm1 3', 'm2 1']);
    expect(apologies).toEqual([expect.stringMatching(/^m1 E-[0-9A-F]{8}$/)]);
    expect(await office.database.models.inboxItems.findOne({ _id: 'm1' }).lean()).toMatchObject({
      state: 'set_aside',
      failures: 3,
      reference: apologies[0]?.split(' ')[1],
    });
    await inbox.receive(message('m1', 'a'));
    await inbox.idle();
    expect(runs).toHaveLength(4);
  });

  test('by killing its process is set aside after three processes, its neighbours are not', async ({ office }) => {
    const started: string[] = [];
    const apologies: string[] = [];
    const hold = gate();
    const crash = async (_event: unknown, item: InboxItem) => {
      started.push(item.id);
      await hold.opened;
      return undefined;
    };
    const first = await office.opens({ work: crash });
    await first.receive(message('poison', 'x'));
    await first.receive(message('neighbour', 'y'));
    const second = await office.opens({ work: crash });
    const third = await office.opens({ work: crash });
    await eventually(() => started).toEqual(['poison', 'poison', 'poison']);
    const seen: string[] = [];
    const last = await office.opens({
      work: counting(office.database, seen),
      onSetAside: async (item) => {
        apologies.push(item.id);
      },
    });
    await last.idle();
    expect(apologies).toEqual(['poison']);
    expect(seen).toEqual(['neighbour']);
    hold.open();
    await Promise.all([first, second, third].map((inbox) => inbox.stop()));
  });

  test('with a transaction that was rolled back has no effect and is marked once it was answered', async ({
    office,
  }) => {
    const inbox = await office.opens({
      work: async (_event, item) => {
        await inTransaction(office.database, item, async () => {
          throw new Error('a rule was broken');
        }).catch(() => undefined);
        return undefined;
      },
    });
    await inbox.receive(message('m1', 'a'));
    await inbox.idle();
    expect(await effects(office.database)).toEqual({});
    expect(await inbox.pending()).toBe(0);
  });
});

describe('several processes on one database', () => {
  test('give each event one effect although each gets all of them', async ({ office }) => {
    const seen: string[] = [];
    const inboxes = await Promise.all(
      ['a', 'b', 'c'].map(async (owner) => {
        const database = await office.database.again();
        const inbox = await office.opens({
          owner,
          shared: true,
          models: database.models,
          work: counting(database, seen),
        });
        return { inbox, database };
      }),
    );
    const ids = Array.from({ length: 20 }, (_, index) => `m${index}`);
    await Promise.all(
      ids.flatMap((id, index) => inboxes.map(({ inbox }) => inbox.receive(message(id, id, `cid${index % 3}`)))),
    );
    await Promise.all(inboxes.map(({ inbox }) => inbox.idle()));

    expect(await effects(office.database)).toEqual(Object.fromEntries(ids.map((id) => [id, 1])));
    expect(seen.toSorted()).toEqual(ids.toSorted());
    for (const { inbox, database } of inboxes) {
      await inbox.stop();
      await database.drop();
    }
  });

  test('keep the order of a conversation although its messages come in at different doors', async ({ office }) => {
    const seen: string[] = [];
    const work: InboxOptions['work'] = async (_event, item) => {
      await pause(realTimers, 10);
      seen.push(item.id);
      return undefined;
    };
    const a = await office.opens({ owner: 'a', shared: true, work });
    const b = await office.opens({ owner: 'b', shared: true, work });
    for (const [index, id] of ['m1', 'm2', 'm3', 'm4'].entries()) {
      office.clock.moveBy(1);
      await (index % 2 ? b : a).receive(message(id, id));
    }
    await Promise.all([a.idle(), b.idle()]);
    expect(seen).toEqual(['m1', 'm2', 'm3', 'm4']);
  });

  test('take over from one that died, once its lease has run out', async ({ office }) => {
    const hold = gate();
    const dead = await office.opens({
      owner: 'dead',
      shared: true,
      leaseMs: 60_000,
      work: () => hold.opened.then(() => undefined),
    });
    await dead.receive(message('m1', 'a'));
    const seen: string[] = [];
    const alive = await office.opens({
      owner: 'alive',
      shared: true,
      leaseMs: 60_000,
      work: counting(office.database, seen),
    });
    office.clock.moveBy(1_000);
    const waiting = alive.receive(message('m2', 'b'));
    await waiting;
    await alive.wake();
    expect(seen).toEqual([]);

    office.clock.moveBy(60_000);
    await alive.idle();
    expect(seen).toEqual(['m1', 'm2']);
    hold.open();
    await dead.stop();
  });

  test('never both have an effect, even when a lease ran out under a living one', async ({ office }) => {
    const hold = gate();
    const slow = await office.opens({
      owner: 'slow',
      shared: true,
      work: async (_event, item) => {
        await hold.opened;
        await inTransaction(office.database, item, async () => undefined);
        return undefined;
      },
    });
    await slow.receive(message('m1', 'a'));
    office.clock.moveBy(3_600_000);
    const quick = await office.opens({ owner: 'quick', shared: true, work: counting(office.database) });
    await quick.idle();
    hold.open();
    await slow.idle();
    expect(await effects(office.database)).toEqual({ m1: 1 });
  });
});
