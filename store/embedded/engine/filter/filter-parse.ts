import { type Document, exactInteger, isDocument, isNumber, MongoError } from '../values.ts';
import type { ElemMatchNode, FilterNode } from './filter-node.ts';
import {
  badValue,
  isOperatorDocument,
  isRegexValue,
  parseBits,
  parseComparison,
  parseExists,
  parseIn,
  parseMod,
  parseRegex,
  parseSize,
  parseType,
  regexOf,
} from './filter-operators.ts';

/** Compiles an aggregation expression once; unknown operators are refused with MongoDB's codes. */
export type ExpressionCompiler = (
  expression: unknown,
  options: { readonly variables?: Document | undefined },
) => (document: Document) => unknown;

/** What a filter may refer to besides the document. */
export interface FilterOptions {
  /** Values for `$$name` in `$expr`. */
  readonly let?: Document | undefined;
  /** Needed for `$expr`; without it `$expr` is refused. */
  readonly expr?: ExpressionCompiler | undefined;
  /** The filter of an upsert: `$expr` is refused. */
  readonly isUpsert?: boolean | undefined;
}

/** Parts of a DBRef are ordinary fields, although they start with `$`. */
const DB_REF_NAMES = new Set(['$ref', '$id', '$db']);

const UNKNOWN_TOP_LEVEL =
  "If you have a field name that starts with a '$' symbol, consider using $getField or $setField.";

/** Parses a filter and refuses everything that is not supported, before any document is looked at. */
export function parseFilter(filter: unknown, options: FilterOptions = {}): FilterNode {
  if (!isDocument(filter)) throw new MongoError(14, 'the match filter must be an expression in an object');
  return new FilterParser(options).parseTop(filter, true);
}

/** Conditions on one value without a field name (`$pull: {a: {$gt: 5}}`): the node's path is empty. */
export function parseValueConditions(operators: Document, options: FilterOptions = {}): readonly FilterNode[] {
  return new FilterParser(options).parseField('', operators);
}

/** `$elemMatch` of a projection: the condition on the elements of one array. */
export function parseElemMatch(path: string, operand: unknown, options: FilterOptions): ElemMatchNode {
  return new FilterParser(options).parseElemMatch(path, operand);
}

/** Accepted operators at the top of a filter, for the documentation. */
export const TOP_OPERATORS: readonly string[] = [
  '$alwaysFalse',
  '$alwaysTrue',
  '$and',
  '$comment',
  '$expr',
  '$nor',
  '$or',
];

const FIELD_OPERATORS = new Set(
  '$eq $ne $gt $gte $lt $lte $in $nin $exists $type $mod $size $regex $options $all $elemMatch $bitsAllSet $bitsAllClear $bitsAnySet $bitsAnyClear'.split(
    ' ',
  ),
);

/** Accepted operators below a field name, for the documentation. */
export const FILTER_OPERATORS: readonly string[] = [...FIELD_OPERATORS, '$not', '$options'].sort();

/** True for operators that make a condition on one value (`$not` alone does not). */
export function isFieldOperator(name: string): boolean {
  return FIELD_OPERATORS.has(name);
}

class FilterParser {
  readonly options: FilterOptions;

  constructor(options: FilterOptions) {
    this.options = options;
  }

  parseTop(filter: Document, isTop: boolean): FilterNode {
    const children: FilterNode[] = [];
    for (const name of Object.keys(filter)) {
      const value = filter[name];
      if (name.startsWith('$') && !DB_REF_NAMES.has(name)) {
        const node = this.parseTopOperator(name, value, isTop);
        if (node) children.push(node);
      } else if (isOperatorDocument(value)) {
        children.push(...this.parseField(name, value));
      } else {
        children.push(this.parseEquality(name, value));
      }
    }
    return children.length === 1 && children[0] ? children[0] : { type: 'and', children };
  }

  parseEquality(path: string, value: unknown): FilterNode {
    if (isRegexValue(value)) return { type: 'regex', path, regex: regexOf(value) };
    return { type: 'eq', path, value };
  }

  parseTopOperator(name: string, value: unknown, isTop: boolean): FilterNode | undefined {
    switch (name) {
      case '$and':
      case '$or':
      case '$nor':
        return this.parseTree(name, value, isTop);
      case '$comment':
        return undefined;
      case '$expr':
        return this.parseExpr(value, isTop);
      case '$alwaysTrue':
      case '$alwaysFalse':
        if (!isNumber(value) || exactInteger(value) !== 1n)
          throw new MongoError(9, `${name} must be an integer value of 1`);
        return { type: name === '$alwaysTrue' ? 'alwaysTrue' : 'alwaysFalse' };
      case '$not':
        return badValue(
          'unknown top level operator: $not. If you are trying to negate an entire expression, use $nor.',
        );
      default:
        return badValue(`unknown top level operator: ${name}. ${UNKNOWN_TOP_LEVEL}`);
    }
  }

  parseTree(name: '$and' | '$or' | '$nor', value: unknown, isTop: boolean): FilterNode {
    if (!Array.isArray(value)) badValue(`${name} must be an array`);
    const items = value as unknown[];
    if (items.length === 0) badValue('$and/$or/$nor must be a nonempty array');
    const type = name === '$and' ? 'and' : name === '$or' ? 'or' : 'nor';
    const children = items.map((item) => {
      if (!isDocument(item)) badValue('$or/$and/$nor entries need to be full objects');
      return this.parseTop(item as Document, isTop);
    });
    return { type, children };
  }

  parseExpr(value: unknown, isTop: boolean): FilterNode {
    if (!isTop) badValue('$expr can only be applied to the top-level document');
    const { expr, let: variables, isUpsert } = this.options;
    if (isUpsert) throw new MongoError(224, '$expr is not allowed in the query predicate for an upsert');
    if (!expr) throw new MongoError(224, '$expr is not allowed in this context');
    return { type: 'expr', evaluate: expr(value, { variables }) };
  }

  /** All operators below one field name. */
  parseField(path: string, operators: Document): readonly FilterNode[] {
    const nodes: FilterNode[] = [];
    let regexDone = false;
    for (const name of Object.keys(operators)) {
      if (name === '$regex' || name === '$options') {
        if (!regexDone) nodes.push(parseRegex(path, operators));
        regexDone = true;
      } else {
        nodes.push(this.parseOperator(path, name, operators[name]));
      }
    }
    return nodes;
  }

  parseOperator(path: string, name: string, operand: unknown): FilterNode {
    switch (name) {
      case '$eq':
        return { type: 'eq', path, value: operand };
      case '$ne':
        if (isRegexValue(operand)) badValue("Can't have regex as arg to $ne.");
        return { type: 'not', child: { type: 'eq', path, value: operand } };
      case '$gt':
        return parseComparison('gt', path, operand);
      case '$gte':
        return parseComparison('gte', path, operand);
      case '$lt':
        return parseComparison('lt', path, operand);
      case '$lte':
        return parseComparison('lte', path, operand);
      case '$in':
        return parseIn(path, operand);
      case '$nin':
        if (!Array.isArray(operand)) badValue('$nin needs an array');
        return { type: 'not', child: parseIn(path, operand) };
      case '$exists':
        return parseExists(path, operand);
      case '$type':
        return parseType(path, operand);
      case '$mod':
        return parseMod(path, operand);
      case '$size':
        return parseSize(path, operand);
      case '$bitsAllSet':
      case '$bitsAllClear':
      case '$bitsAnySet':
      case '$bitsAnyClear':
        return parseBits(name.slice(1) as 'bitsAllSet', path, operand);
      case '$not':
        return this.parseNot(path, operand);
      case '$all':
        return this.parseAll(path, operand);
      case '$elemMatch':
        return this.parseElemMatch(path, operand);
      default:
        return badValue(`unknown operator: ${name}`);
    }
  }

  parseNot(path: string, operand: unknown): FilterNode {
    if (isRegexValue(operand)) return { type: 'not', child: { type: 'regex', path, regex: regexOf(operand) } };
    if (!isDocument(operand)) badValue('$not needs a regex or a document');
    const operators = operand as Document;
    if (Object.keys(operators).length === 0) badValue('$not cannot be empty');
    const children = this.parseField(path, operators);
    return { type: 'not', child: children.length === 1 && children[0] ? children[0] : { type: 'and', children } };
  }

  parseAll(path: string, operand: unknown): FilterNode {
    if (!Array.isArray(operand)) badValue('$all needs an array');
    const items = operand as unknown[];
    const [first] = items;
    if (items.length === 0) return { type: 'alwaysFalse' };
    const isElemMatch = (item: unknown) => isDocument(item) && Object.keys(item)[0] === '$elemMatch';
    if (isElemMatch(first)) {
      const children = items.map((item) => {
        if (!isDocument(item)) badValue('$all/$elemMatch has to be consistent');
        if (!isElemMatch(item)) badValue('$all/$elemMatch has to be consistent');
        return this.parseElemMatch(path, (item as Document).$elemMatch);
      });
      return { type: 'and', children };
    }
    const children = items.map((item) => {
      if (isOperatorDocument(item)) badValue('no $ expressions in $all');
      return this.parseEquality(path, item);
    });
    return { type: 'and', children };
  }

  parseElemMatch(path: string, operand: unknown): ElemMatchNode {
    if (!isDocument(operand)) badValue('$elemMatch needs an Object');
    const condition = operand as Document;
    const first = Object.keys(condition)[0];
    const isTree = first === '$and' || first === '$or' || first === '$nor' || first === '$expr' || first === '$comment';
    if (isOperatorDocument(condition, true) && !isTree) {
      if (first === '$where') badValue('$where can only be applied to the top-level document');
      return { type: 'elemMatchValue', path, children: this.parseField('', condition) };
    }
    return { type: 'elemMatchObject', path, child: this.parseTop(condition, false) };
  }
}
