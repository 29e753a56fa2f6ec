import type { World } from '../../bot/understand/world/world.ts';
import type { LabelledLine } from './labelled-lines.ts';

/** Makes the world that a file of labelled lines speaks of. */
export function makeWorld(_lines: readonly LabelledLine[]): World {
  return {
    now: '2026-11-23T10:00:00+08:00',
    candidates: [],
    staff: [],
    branches: [],
    requisitions: [],
    interviews: [],
  };
}
