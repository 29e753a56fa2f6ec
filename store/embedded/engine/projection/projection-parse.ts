import { checkFieldPath } from '../field-path.ts';
import { describeDocument, describeElement } from '../filter/describe-value.ts';
import { compileArrayFinder } from '../filter/filter-compile.ts';
import { type ExpressionCompiler, parseElemMatch } from '../filter/filter-parse.ts';
import { bsonTypeOf, type Document, isDocument, isNumber, isZero, MongoError, toNumber } from '../values.ts';
import type { BranchNode, LeafNode, ParsedProjection, SliceSpec } from './projection-node.ts';

/** What a projection may use besides the document. */
export interface ProjectionOptions {
  /** Needed for computed fields. */
  readonly expr?: ExpressionCompiler | undefined;
  /** Values for `$$name`. */
  readonly let?: Document | undefined;
}

/** Parses a projection of find and findAndModify. Errors carry MongoDB's codes (31249 to 31395 and others). */
export function parseProjection(specification: Document, options: ProjectionOptions): ParsedProjection {
  return new ProjectionParser(options).parse(specification);
}

class ProjectionParser {
  readonly options: ProjectionOptions;
  readonly root: BranchNode = { kind: 'branch', children: new Map() };
  readonly slices: SliceSpec[] = [];
  type: 'inclusion' | 'exclusion' | undefined;
  positional: readonly string[] | undefined;
  hasElemMatch = false;
  id: 'included' | 'excluded' | undefined;

  constructor(options: ProjectionOptions) {
    this.options = options;
  }

  parse(specification: Document): ParsedProjection {
    for (const name of Object.keys(specification)) this.parseField(name, specification[name], true);
    this.type ??= this.id === 'included' || (this.hasElemMatch && !this.type) ? 'inclusion' : 'exclusion';
    const type = this.type;
    const children = this.root.children;
    if (type === 'inclusion') {
      if (!children.has('_id') && this.id === undefined) children.set('_id', { kind: 'include' });
      for (const slice of this.slices) this.insert(slice.path.join('.'), { kind: 'include' }, true);
    }
    if (this.id) this.insert('_id', { kind: this.id === 'included' ? 'include' : 'exclude' }, true);
    return { type, root: this.root, slices: this.slices, positional: this.positional };
  }

  parseField(path: string, value: unknown, isTop: boolean): void {
    if (path.endsWith('.$')) {
      this.parsePositional(path, value);
      return;
    }
    if (/\.\$\./.test(path)) {
      throw new MongoError(
        31394,
        "As of 4.4, it's illegal to specify positional operator in the middle of a path." +
          'Positional projection may only be used at the end, for example: a.b.$. If the query previously used a form ' +
          "like a.b.$.d, remove the parts following the '$' and the results will be equivalent.",
      );
    }
    checkFieldPath(path);
    if (isDocument(value)) this.parseObject(path, value, isTop);
    else if (isNumber(value) || typeof value === 'boolean')
      this.parseFlag(path, value === true || (isNumber(value) && !isZero(value)), isTop);
    else this.addComputed(path, value, value);
  }

  parseFlag(path: string, isIncluded: boolean, isTop: boolean): void {
    if (path === '_id') {
      if (this.root.children.has('_id') || this.id) throw new MongoError(31250, 'Path collision at _id');
      this.id = isIncluded ? 'included' : 'excluded';
      return;
    }
    const name = isTop ? path : path.slice(path.lastIndexOf('.') + 1);
    this.insert(path, { kind: isIncluded ? 'include' : 'exclude' });
    if (isIncluded) this.decide('inclusion', 31253, `Cannot do inclusion on field ${name} in exclusion projection`);
    else this.decide('exclusion', 31254, `Cannot do exclusion on field ${name} in inclusion projection`);
  }

  decide(type: 'inclusion' | 'exclusion', code: number, message: string): void {
    if (this.type && this.type !== type) throw new MongoError(code, message);
    this.type = type;
  }

  parsePositional(path: string, value: unknown): void {
    const target = path.slice(0, -2);
    checkFieldPath(target);
    if (isDocument(value)) {
      throw new MongoError(31271, 'positional projection cannot be used with an expression or sub object');
    }
    if (!isNumber(value) && typeof value !== 'boolean') {
      throw new MongoError(31308, 'positional projection cannot be used with a literal');
    }
    const isIncluded = value === true || (isNumber(value) && !isZero(value));
    if (!isIncluded || this.type === 'exclusion') {
      throw new MongoError(31395, 'positional projection cannot be used with exclusion');
    }
    if (this.positional) {
      throw new MongoError(31276, 'Cannot specify more than one positional projection per query.');
    }
    this.type = 'inclusion';
    this.positional = target.split('.');
    this.insert(target, { kind: 'include' });
  }

  parseObject(path: string, value: Document, isTop: boolean): void {
    const names = Object.keys(value);
    const first = names[0];
    if (first === undefined) {
      throw new MongoError(51270, 'An empty sub-projection is not a valid value. Found empty object at path');
    }
    if (!first.startsWith('$') || names.length > 1) {
      for (const name of names) {
        if (name.startsWith('$')) checkFieldPath(name);
        this.parseField(`${path}.${name}`, value[name], false);
      }
      return;
    }
    const operand = value[first];
    if (first === '$slice') this.parseSlice(path, operand, value);
    else if (first === '$elemMatch') this.parseElemMatch(path, operand, isTop);
    else if (first === '$meta') this.refuseMeta(operand);
    else this.addComputed(path, value, value);
  }

  refuseMeta(operand: unknown): never {
    if (operand === 'textScore') {
      throw new MongoError(40218, 'query requires text score metadata, but it is not available');
    }
    throw new MongoError(17308, `Unsupported argument to $meta: ${String(operand)}`);
  }

  parseSlice(path: string, operand: unknown, whole: Document): void {
    const [skip, limit] = Array.isArray(operand) && operand.length === 2 ? (operand as unknown[]) : [];
    if (isNumber(operand)) {
      this.addSlice(path, undefined, toInt(operand), whole);
    } else if (isNumber(skip) && isNumber(limit) && toInt(limit) > 0) {
      this.addSlice(path, toInt(skip), toInt(limit), whole);
    } else if (Array.isArray(operand) && operand.length >= 2 && operand.length <= 3) {
      this.addComputed(path, whole, whole);
    } else {
      const reason = Array.isArray(operand)
        ? 'Location31272: $slice array argument should be of form [skip, limit]'
        : 'Location31273: $slice only supports numbers and [skip, limit] arrays';
      this.refuseSlice(whole, reason, Array.isArray(operand) ? operand.length : 1);
    }
  }

  refuseSlice(whole: Document, reason: string, count: number): never {
    throw new MongoError(
      28667,
      `${sliceSyntax(whole, reason)}Expression $slice takes at least 2 arguments, and at most 3, but ${count} were passed in.`,
    );
  }

  addSlice(path: string, skip: number | undefined, limit: number, whole: Document): void {
    try {
      this.insert(path, { kind: 'include' });
    } catch (error) {
      if (!(error instanceof MongoError)) throw error;
      const prefix = sliceSyntax(whole, `${error.codeName}: ${error.message}`);
      if (this.type === 'exclusion') {
        throw new MongoError(31252, `${prefix}Cannot use expression other than $meta in exclusion projection`);
      }
      if (skip !== undefined) throw new MongoError(error.code, `${prefix}${error.message}`);
      this.refuseSlice(whole, `${error.codeName}: ${error.message}`, 1);
    }
    this.slices.push({ path: path.split('.'), skip, limit });
  }

  parseElemMatch(path: string, operand: unknown, isTop: boolean): void {
    if (!isDocument(operand)) {
      throw new MongoError(31274, `elemMatch: Invalid argument, object required, but got ${bsonTypeOf(operand)}`);
    }
    if (!isTop || path.includes('.')) {
      throw new MongoError(31275, 'Cannot use $elemMatch projection on a nested field.');
    }
    const { expr, let: variables } = this.options;
    const node = parseElemMatch(path, operand, { expr, let: variables });
    this.hasElemMatch = true;
    this.insert(path, { kind: 'elemMatch', find: compileArrayFinder(node) });
  }

  addComputed(path: string, expression: unknown, shown: unknown): void {
    const evaluate = isDocument(expression) ? this.compile(expression) : undefined;
    if (this.type === 'exclusion' && isDocument(expression)) {
      throw new MongoError(31252, 'Cannot use expression other than $meta in exclusion projection');
    }
    const name = path.slice(path.lastIndexOf('.') + 1);
    this.decide(
      'inclusion',
      31310,
      `Cannot use an expression ${describeElement(name, shown)} in an exclusion projection`,
    );
    this.insert(path, { kind: 'computed', evaluate: evaluate ?? this.compile(expression) });
  }

  compile(expression: unknown): (document: Document) => unknown {
    const { expr, let: variables } = this.options;
    if (
      !isDocument(expression) &&
      !(typeof expression === 'string' && expression.startsWith('$')) &&
      !Array.isArray(expression)
    ) {
      return () => expression;
    }
    if (!expr) throw new MongoError(224, 'expressions are not allowed in this projection');
    try {
      return expr(expression, { variables });
    } catch (error) {
      const operator = isDocument(expression) ? Object.keys(expression)[0] : undefined;
      if (error instanceof MongoError && error.code === 168 && error.message.includes(`'${operator}'`)) {
        throw new MongoError(31325, `Unknown expression ${operator}`);
      }
      throw error;
    }
  }

  /** Puts a leaf into the tree; `mayExist` keeps what is there. */
  insert(path: string, leaf: LeafNode, mayExist = false): void {
    const parts = path.split('.');
    let branch = this.root;
    for (let i = 0; i < parts.length - 1; i++) {
      const part = parts[i] as string;
      const child = branch.children.get(part);
      if (child && child.kind !== 'branch') {
        if (mayExist) return;
        throw new MongoError(31249, `Path collision at ${path} remaining portion ${parts.slice(1).join('.')}`);
      }
      const next: BranchNode = child ?? { kind: 'branch', children: new Map() };
      branch.children.set(part, next);
      branch = next;
    }
    const last = parts[parts.length - 1] as string;
    if (branch.children.has(last)) {
      if (mayExist) return;
      throw new MongoError(31250, `Path collision at ${path}`);
    }
    branch.children.set(last, leaf);
  }
}

function sliceSyntax(whole: Document, reason: string): string {
  return (
    `Invalid $slice syntax. The given syntax ${describeDocument(whole)} did not match the find() syntax because :: ` +
    `${reason} :: The given syntax did not match the expression $slice syntax. :: caused by :: `
  );
}

function toInt(value: unknown): number {
  const number = Math.trunc(toNumber(value));
  return Number.isNaN(number) ? 0 : Math.max(-2147483648, Math.min(2147483647, number));
}
