import { parseName } from '../../hongkong/names.ts';
import { nameKeys } from '../candidate/person-name.ts';

/** Folded forms under which a member of staff is looked up. */
export function staffNameKeys(name: string, englishName: string | null): string[] {
  return nameKeys({ ...parseName(name), ...(englishName ? { englishName } : {}) });
}
