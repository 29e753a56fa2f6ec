import { bsonTypeOf, type Document, isDocument } from '../../bson-types.ts';
import { truthy } from '../../compare.ts';
import { parseExpression, parseOperator } from '../../expressions/compile-expression.ts';
import { parseFieldPath } from '../../expressions/field-path.ts';
import { numberKind } from '../../expressions/numbers/number.ts';
import { OPERATORS } from '../../expressions/operator-table.ts';
import type { Expression } from '../../expressions/scope.ts';
import { describeElement, describeValue } from '../../filter/describe-value.ts';
import { MongoError } from '../../mongo-error.ts';
import { applyProjection, type ProjectionKind, ProjectionNode } from '../projection-tree.ts';
import type { StageCompiler, StageContext, StageRunner } from '../stage.ts';

/** Runs a parser and says of which stage its complaint is. */
export function saying<T>(stage: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof MongoError)) throw error;
    throw new MongoError(error.code, `Invalid ${stage} :: caused by :: ${error.message}`);
  }
}

/** A stage that projects every document. */
export function projecting(node: ProjectionNode, kind: ProjectionKind): StageRunner {
  return function* (source, run) {
    for (const document of source) yield applyProjection(document, node, kind, run.frame);
  };
}

class ProjectParser {
  readonly #context: StageContext;
  readonly root = new ProjectionNode();
  kind: 'include' | 'exclude' | undefined;
  /** What was said about `_id` itself. */
  idIncluded: boolean | undefined;

  constructor(context: StageContext) {
    this.#context = context;
  }

  parse(specification: Document): void {
    if (Object.keys(specification).length === 0) {
      throw new MongoError(51272, 'projection specification must have at least one field');
    }
    for (const [name, value] of Object.entries(specification)) this.#parseField([], name, value);
    if (this.kind === undefined) this.kind = this.idIncluded === false ? 'exclude' : 'include';
    if (this.kind === 'include' && this.idIncluded !== false && !this.#mentionsId()) this.root.fields.add('_id');
    if (this.kind === 'exclude' && this.idIncluded === false) this.root.fields.add('_id');
  }

  #mentionsId(): boolean {
    return this.root.has('_id') || this.root.children.has('_id');
  }

  #parseField(prefix: readonly string[], name: string, value: unknown): void {
    if (name.endsWith('.$')) throw new MongoError(31324, 'Cannot use positional projection in aggregation projection');
    const path = [...prefix, ...parseFieldPath(name)];
    if (isDocument(value)) {
      const names = Object.keys(value);
      if (names.length === 0) {
        throw new MongoError(51270, 'An empty sub-projection is not a valid value. Found empty object at path');
      }
      if (names.length === 1 && names[0]?.startsWith('$')) {
        this.#addComputed(path, this.#parseOperator(names[0], value[names[0]]), value);
        return;
      }
      for (const inner of names) this.#parseField(path, inner, value[inner]);
      return;
    }
    if (typeof value === 'boolean' || numberKind(value) >= 0) this.#addFlag(path, truthy(value));
    else this.#addComputed(path, parseExpression(value, this.#context.scope), value);
  }

  #parseOperator(name: string, argument: unknown): Expression {
    if (name === '$elemMatch') throw new MongoError(168, 'Cannot use $elemMatch in this context');
    if (!OPERATORS.has(name)) throw new MongoError(31325, `Unknown expression ${name}`);
    return parseOperator(name, argument, this.#context.scope);
  }

  #addFlag(path: readonly string[], isIncluded: boolean): void {
    const isId = path.length === 1 && path[0] === '_id';
    const text = path.join('.');
    if (isId) {
      if (this.idIncluded !== undefined || this.#mentionsId()) throw new MongoError(31250, `Path collision at ${text}`);
      this.idIncluded = isIncluded;
      if (isIncluded && this.kind !== 'exclude') return;
      return;
    }
    const { node, name } = this.#leaf(path, false);
    if (this.kind === undefined) this.kind = isIncluded ? 'include' : 'exclude';
    else if (this.kind === 'include' && !isIncluded) {
      throw new MongoError(31254, `Cannot do exclusion on field ${text} in inclusion projection`);
    } else if (this.kind === 'exclude' && isIncluded) {
      throw new MongoError(31253, `Cannot do inclusion on field ${text} in exclusion projection`);
    }
    node.fields.add(name);
  }

  #addComputed(path: readonly string[], expression: Expression, written: unknown): void {
    if (this.kind === 'exclude' && isDocument(written)) {
      throw new MongoError(31252, 'Cannot use expression other than $meta in exclusion projection');
    }
    if (this.kind === 'exclude') {
      throw new MongoError(
        31310,
        `Cannot use an expression ${describeElement(path.join('.'), written)} in an exclusion projection`,
      );
    }
    this.kind = 'include';
    const { node, name } = this.#leaf(path, true);
    node.hasComputed = true;
    node.compute(name, expression);
  }

  /** The node and name a path ends at; parents of computed fields keep the order in which they are computed. */
  #leaf(path: readonly string[], isComputed: boolean): { node: ProjectionNode; name: string } {
    let node = this.root;
    for (const [i, part] of path.slice(0, -1).entries()) {
      if (node.has(part) || (i === 0 && part === '_id' && this.idIncluded !== undefined)) {
        throw new MongoError(
          31249,
          `Path collision at ${path.join('.')} remaining portion ${path.slice(i + 1).join('.')}`,
        );
      }
      const child = node.child(part);
      if (isComputed) node.hasComputed = true;
      node = child;
    }
    const name = path[path.length - 1] as string;
    const isKnownId = path.length === 1 && name === '_id' && this.idIncluded !== undefined;
    if (node.has(name) || node.children.has(name) || isKnownId) {
      throw new MongoError(31250, `Path collision at ${path.join('.')}`);
    }
    return { node, name };
  }
}

export const compileProject: StageCompiler = (specification, context) => {
  if (!isDocument(specification)) throw new MongoError(15969, '$project specification must be an object');
  const parser = new ProjectParser(context);
  saying('$project', () => parser.parse(specification));
  return projecting(parser.root, parser.kind ?? 'include');
};

export const compileUnset: StageCompiler = (specification) => {
  const names = Array.isArray(specification) ? specification : [specification];
  if (!Array.isArray(specification) && typeof specification !== 'string') {
    throw new MongoError(31002, '$unset specification must be a string or an array');
  }
  if (names.length === 0) {
    throw new MongoError(31119, '$unset specification must be a string or an array with at least one field');
  }
  if (names.some((name) => typeof name !== 'string')) {
    throw new MongoError(31120, '$unset specification must be a string or an array containing only string values');
  }
  const root = new ProjectionNode();
  saying('$unset', () => {
    for (const name of names) {
      const path = parseFieldPath(name);
      let node = root;
      for (const [i, part] of path.slice(0, -1).entries()) {
        if (node.fields.has(part)) {
          throw new MongoError(31249, `Path collision at ${name} remaining portion ${path.slice(i + 1).join('.')}`);
        }
        node = node.child(part);
      }
      const last = path[path.length - 1] as string;
      if (node.fields.has(last) || node.children.has(last)) throw new MongoError(31250, `Path collision at ${name}`);
      node.fields.add(last);
    }
  });
  return projecting(root, 'exclude');
};

export const compileAddFields: StageCompiler = (specification, context, stage) => {
  if (!isDocument(specification)) {
    throw new MongoError(40272, `${stage} specification stage must be an object, got ${bsonTypeOf(specification)}`);
  }
  const root = new ProjectionNode();
  const written: string[] = [];
  const addField = (prefix: readonly string[], name: string, value: unknown): void => {
    const path = [...prefix, ...parseFieldPath(name)];
    if (isDocument(value)) {
      const names = Object.keys(value);
      if (names.length === 0) {
        throw new MongoError(
          40180,
          `an empty object is not a valid value. Found empty object at path ${path.join('.')}`,
        );
      }
      if (names.some((inner) => inner.startsWith('$')) && names.length > 1) {
        throw new MongoError(
          40181,
          `an expression specification must contain exactly one field, the name of the expression. Found ${names.length} fields in ${describeValue(value)}`,
        );
      }
      if (!names[0]?.startsWith('$')) {
        for (const inner of names) addField(path, inner, value[inner]);
        return;
      }
    }
    checkConflict(written, path.join('.'));
    let node = root;
    for (const part of path.slice(0, -1)) {
      node.hasComputed = true;
      node = node.child(part);
    }
    const last = path[path.length - 1] as string;
    node.hasComputed = true;
    node.compute(last, parseExpression(value, context.scope));
  };
  saying(stage, () => {
    for (const [name, value] of Object.entries(specification)) addField([], name, value);
  });
  return projecting(root, 'add');
};

function checkConflict(written: string[], path: string): void {
  for (const other of written) {
    if (other === path || other.startsWith(`${path}.`) || path.startsWith(`${other}.`)) {
      throw new MongoError(
        40176,
        `specification contains two conflicting paths. Cannot specify both '${path}' and '${other}'`,
      );
    }
  }
  written.push(path);
}
