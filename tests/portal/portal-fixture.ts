import { test as base, type TestOffice } from '../fixtures/office.ts';
import { openPortal, type TestPortal } from './open-portal.ts';

/** Tests with an office and its pages behind a real port. */
export const test = base.extend<{ portal: TestPortal }>({
  portal: async ({ office }, use) => {
    const portal = await openPortal(office);
    await use(portal);
    await portal.close();
  },
});

/** Everything in the database, for showing that nothing changed. */
export async function everything({ models }: TestOffice): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {};
  for (const [name, model] of Object.entries(models)) {
    all[name] = await model.collection.find({}).sort({ _id: 1 }).toArray();
  }
  return all;
}

/** What HR was told 1:1, oldest first. */
export async function toldHr({ models }: TestOffice): Promise<string[]> {
  const items = await models.outbox.find({ kind: 'direct_message' }).sort({ createdAt: 1, _id: 1 }).lean();
  return items.map(({ payload }) => {
    const body = payload.body as { text?: string; content?: string };
    return body.text ?? body.content ?? '';
  });
}
