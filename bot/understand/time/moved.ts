import type { Scene } from './atom.ts';
import { matcher } from './fold-text.ts';

/** An English verb of moving in the same sentence, before a place. */
export const MOVING = matcher('(?:mov|chang|push|shift|resched|switch|bring)[^,;]*$');

/** True when a line says that something is moved, so that from … to … are an old and a new time. */
export function isMoved(scene: Scene, before: number): boolean {
  return MOVING_ANY.test(scene.text.slice(0, before));
}
const MOVING_ANY = matcher('(?:mov|chang|push|shift|resched|switch|bring|改|轉|搬|推|調|延|換)[^;；。]*$');
