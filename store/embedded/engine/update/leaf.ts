import type { Document } from '../values.ts';

/** A field or array element that an operator changes. */
export interface Target {
  readonly parent: Document | unknown[];
  readonly key: string | number;
  readonly value: unknown;
  /** The full path, with positions in place of `$` and `$[...]`. */
  readonly path: string;
  /** The document that is being changed, for error texts. */
  readonly document: Document;
}

/** What operators know of the command besides their own operand. */
export interface UpdateMoment {
  /** The moment that `$currentDate` writes. */
  readonly now: Date;
  /** True while the document of an upsert is being built. */
  readonly isInsert: boolean;
}

/** One operator on one path. */
export interface UpdateLeaf {
  readonly kind: 'leaf';
  readonly operator: string;
  /** Changes what is there; false when nothing changed. */
  updateExisting(target: Target, moment: UpdateMoment): boolean;
  /** The value for a field that is not there yet; `undefined`: none is created. */
  valueForNew(moment: UpdateMoment): unknown;
  /** Whether a path through a scalar is passed over in silence. */
  readonly ignoresDeadEnds?: boolean;
  /** Set for `$rename`: the path whose value moves here. */
  readonly renameFrom?: readonly string[];
}

/** Sets the value of a target. */
export function assign(target: Target, value: unknown): true {
  const { parent, key } = target;
  if (Array.isArray(parent)) parent[key as number] = value;
  else if (key === '__proto__') {
    Object.defineProperty(parent, key, { value, writable: true, enumerable: true, configurable: true });
  } else parent[key] = value;
  return true;
}
