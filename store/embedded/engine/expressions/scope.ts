import { MongoError } from '../mongo-error.ts';

/** A value during evaluation; `undefined` is MongoDB's "missing", which is not null. */
export type Value = unknown;

/** Places of the variables during one evaluation. The first three are always there. */
export type Frame = Value[];
export const ROOT = 0;
export const CURRENT = 1;
export const NOW = 2;
const FIRST_FREE = 3;

/** Computes the value of an expression; the frame holds the document and the variables. */
export type Evaluate = (frame: Frame) => Value;

/** A compiled expression. */
export interface Expression {
  readonly evaluate: Evaluate;
  /** Set when the value is known without a document. */
  readonly constant?: { readonly value: Value } | undefined;
  /** Set for a plain path from `$$ROOT` or `$$CURRENT`, so that indexes and projections can be chosen by it. */
  readonly path?: string | undefined;
  /** Set for operators whose nested use may be flattened, such as a sum of sums. */
  readonly nary?: { readonly name: string; readonly operands: readonly Expression[] } | undefined;
}

/**
 * What one pipeline or one expression is compiled in. All variables of a pipeline live in one frame; each gets a place
 * of its own, so nested `$let`, `$map` and `$lookup` never collide.
 */
export class Scope {
  readonly #shared: { next: number; readonly constants: Map<number, Value>; foldingError: unknown };
  readonly #names: ReadonlyMap<string, number>;
  /** False inside pipelines that MongoDB optimises only when they run: their constants must not fail beforehand. */
  readonly foldsConstants: boolean;

  private constructor(
    shared: { next: number; readonly constants: Map<number, Value>; foldingError: unknown },
    names: ReadonlyMap<string, number>,
    foldsConstants: boolean,
  ) {
    this.#shared = shared;
    this.#names = names;
    this.foldsConstants = foldsConstants;
  }

  /** A fresh scope; `variables` are the values of a command's `let`. */
  static create(variables: Readonly<Record<string, Value>> = {}): Scope {
    const shared = { next: FIRST_FREE, constants: new Map<number, Value>(), foldingError: undefined };
    const names = new Map<string, number>();
    for (const [name, value] of Object.entries(variables)) {
      checkVariableName(name);
      names.set(name, shared.next);
      shared.constants.set(shared.next, value);
      shared.next += 1;
    }
    return new Scope(shared, names, true);
  }

  /** The place of a variable; -1 stands for `$$REMOVE`. */
  placeOf(name: string): number {
    const own = this.#names.get(name);
    if (own !== undefined) return own;
    switch (name) {
      case 'ROOT':
        return ROOT;
      case 'CURRENT':
        return CURRENT;
      case 'NOW':
        return NOW;
      case 'REMOVE':
        return -1;
      default:
        break;
    }
    throw new MongoError(17276, `Use of undefined variable: ${name}`);
  }

  /** True when `name` names a place in this scope. */
  has(name: string): boolean {
    return this.#names.has(name);
  }

  /** The value of a place that never changes. */
  constantAt(place: number): { value: Value } | undefined {
    if (place === -1) return { value: undefined };
    return this.#shared.constants.has(place) ? { value: this.#shared.constants.get(place) } : undefined;
  }

  /** This scope and further variables; answers their places in the same order. */
  with(names: readonly string[]): { scope: Scope; places: number[] } {
    const all = new Map(this.#names);
    const places = names.map((name) => {
      // CURRENT keeps its own place in the frame: that is what plain field paths read.
      const place = this.#shared.next++;
      all.set(name, place);
      return place;
    });
    return { scope: new Scope(this.#shared, all, this.foldsConstants), places };
  }

  /** The same scope for a part that is optimised only when it runs. */
  unfolded(): Scope {
    return new Scope(this.#shared, this.#names, false);
  }

  /** Keeps the first failure of an expression of constants: parse errors come before it, running after it. */
  noteFoldingError(error: unknown): void {
    this.#shared.foldingError ??= error;
  }

  /** Throws what computing constants beforehand has found. */
  throwFoldingError(): void {
    const error = this.#shared.foldingError;
    if (error === undefined) return;
    this.#shared.foldingError = undefined;
    if (error instanceof MongoError) {
      throw new MongoError(error.code, `Failed to optimize pipeline :: caused by :: ${error.message}`);
    }
    throw error;
  }

  /** A frame with the command's variables in their places. */
  frame(now: Date): Frame {
    const frame: Frame = [undefined, undefined, now];
    for (const [place, value] of this.#shared.constants) frame[place] = value;
    return frame;
  }
}

/** Names of user variables start with a lower-case letter or a non-ASCII character. */
export function checkVariableName(name: string, reading = false): void {
  if (name === '') throw new MongoError(9, 'empty variable names are not allowed');
  if (!reading && name === 'CURRENT') return;
  const first = name.charCodeAt(0);
  const lower = (first >= 97 && first <= 122) || first >= 128;
  if (!(lower || (reading && first >= 65 && first <= 90))) {
    throw new MongoError(9, `'${name}' starts with an invalid character for a user variable name`);
  }
  for (const character of name) {
    if (!/[A-Za-z0-9_]/.test(character) && character.charCodeAt(0) < 128) {
      throw new MongoError(9, `'${name}' contains an invalid character for a variable name: '${character}'`);
    }
  }
}

/** An expression whose value is known. */
export function constantExpression(value: Value): Expression {
  return { evaluate: () => value, constant: { value } };
}

const NO_FRAME: Frame = [];

/** An expression of operands; computed at once when all of them are known. */
export function operation(scope: Scope, operands: readonly Expression[], evaluate: Evaluate): Expression {
  if (operands.every((operand) => operand.constant !== undefined)) {
    try {
      return constantExpression(evaluate(NO_FRAME));
    } catch (error) {
      if (scope.foldsConstants) scope.noteFoldingError(error);
    }
  }
  return { evaluate };
}

/** How operands of an operator may be joined: next to each other only, or in any order. */
export type Joining = 'adjacent' | 'any-order';

/**
 * An operator that gives the same when operands are joined step by step. MongoDB flattens nested uses and computes the
 * constants first (those in any order go last), which shows in the last digit of doubles, in the type of the result and
 * in which operand is complained about.
 */
export function joinedOperation(
  scope: Scope,
  name: string,
  written: readonly Expression[],
  joining: Joining,
  compute: (values: Iterable<Value>) => Value,
): Expression {
  const build = (list: readonly Expression[]): Evaluate => {
    return (frame) => compute(oneByOne(list, frame));
  };
  if (written.every((operand) => operand.constant !== undefined)) return operation(scope, written, build(written));
  const operands: Expression[] = [];
  let waiting: Expression[] = [];
  const settle = () => {
    if (waiting.length > 1) {
      const folded = operation(scope, waiting, build(waiting));
      operands.push(...(folded.constant ? [folded] : waiting));
    } else operands.push(...waiting);
    waiting = [];
  };
  for (const operand of written.flatMap((one) => (one.nary?.name === name ? one.nary.operands : [one]))) {
    if (operand.constant) waiting.push(operand);
    else {
      if (joining === 'adjacent') settle();
      operands.push(operand);
    }
  }
  settle();
  return { evaluate: build(operands), nary: { name, operands } };
}

/** Values of operands as they are asked for: what decides early spares the rest, and their failures. */
function* oneByOne(operands: readonly Expression[], frame: Frame): Iterable<Value> {
  for (const operand of operands) yield operand.evaluate(frame);
}
