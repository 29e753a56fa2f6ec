import { commit } from '../recruiting/unit/commit.ts';
import type { Office } from '../recruiting/unit/office.ts';
import type { Actor, Unit } from '../recruiting/unit/unit.ts';

/** Runs a use case for each due id in a transaction of its own, until a query finds nothing more. */
export async function workEach(
  office: Office,
  by: Actor,
  due: () => Promise<string[]>,
  work: (unit: Unit, id: string) => Promise<unknown>,
): Promise<number> {
  const seen = new Set<string>();
  for (;;) {
    const ids = (await due()).filter((id) => !seen.has(id));
    if (ids.length === 0) return seen.size;
    for (const id of ids) {
      seen.add(id);
      await commit(office, by, (unit) => work(unit, id));
    }
  }
}
