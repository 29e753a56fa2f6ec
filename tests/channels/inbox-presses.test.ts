import { describe, expect } from 'vitest';
import type { CardFace } from '../../channels/channel.ts';
import { realTimers } from '../../lib/timers.ts';
import { counting, effects, gate, inTransaction, press, test } from './inbox-fixture.ts';

describe('a press', () => {
  const decided: CardFace = { shared: { status: '已決定：聘用' }, personal: { u1: { buttons: '[]' } } };

  test('is answered with the face that its handler makes', async ({ office }) => {
    const inbox = await office.opens({
      work: async (_event, item) => {
        await inTransaction(office.database, item, async () => undefined, decided);
        return decided;
      },
    });
    expect(await inbox.receive(press('p1'))).toEqual(decided);
    await inbox.idle();
  });

  test('delivered again is answered with the recorded face, without a second effect', async ({ office }) => {
    const inbox = await office.opens({
      work: async (_event, item) => {
        await inTransaction(office.database, item, async () => undefined, decided);
        return decided;
      },
    });
    await inbox.receive(press('p1'));
    await inbox.idle();
    const later = await office.opens({ work: counting(office.database) });
    expect(await later.receive(press('p1'))).toEqual(decided);
    expect(await effects(office.database)).toEqual({ p1: 1 });
  });

  test('whose handler is slow gets an empty answer within the budget, and its effect all the same', async ({
    office,
  }) => {
    const hold = gate();
    const inbox = await office.opens({
      answerBudgetMs: 50,
      work: async (_event, item) => {
        await hold.opened;
        await inTransaction(office.database, item, async () => undefined);
        return decided;
      },
    });
    const before = realTimers.elapsed();
    expect(await inbox.receive(press('p1'))).toBeUndefined();
    expect(realTimers.elapsed() - before).toBeLessThan(1_000);
    hold.open();
    await inbox.idle();
    expect(await effects(office.database)).toEqual({ p1: 1 });
  });

  test('made twice while the first is being worked on is one click; a later one is a new click', async ({ office }) => {
    const seen: string[] = [];
    const inbox = await office.opens({ work: counting(office.database, seen) });
    const faces = await Promise.all([inbox.receive(press('p1')), inbox.receive(press('p2'))]);
    expect(faces[0]).toEqual(faces[1]);
    await inbox.idle();
    expect(seen).toEqual(['p1']);

    await inbox.receive(press('p3'));
    await inbox.receive(press('p4', 'reject'));
    await inbox.receive(press('p5', 'hire', 'u2'));
    await inbox.idle();
    expect(seen).toEqual(['p1', 'p3', 'p4', 'p5']);
  });

  test('that a crash left behind is the same click when it is delivered again under another frame', async ({
    office,
  }) => {
    const hold = gate();
    const crashed = await office.opens({ work: () => hold.opened.then(() => undefined), answerBudgetMs: 1 });
    await crashed.receive(press('p1'));

    const seen: string[] = [];
    const next = await office.opens({
      work: async (event, item) => {
        seen.push(item.id);
        expect(event).toEqual(press('p1'));
        await inTransaction(office.database, item, async () => undefined, decided);
        return decided;
      },
    });
    await next.idle();
    expect(await next.receive(press('p1-again'))).toEqual(decided);
    expect(seen).toEqual(['p1']);
    hold.open();
    await crashed.idle();
  });
});
