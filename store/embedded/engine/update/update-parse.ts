import { describeElement } from '../filter/describe-value.ts';
import { bsonTypeOf, type Document, isDocument, MongoError } from '../values.ts';
import { addToSetLeaf, pushLeaf } from './array-additions.ts';
import type { ArrayFilters } from './array-filters.ts';
import { popLeaf, pullAllLeaf, pullLeaf } from './array-removals.ts';
import { currentDateLeaf, extremeLeaf, setLeaf, setOnInsertLeaf, unsetLeaf } from './field-operators.ts';
import type { UpdateLeaf } from './leaf.ts';
import { arithmeticLeaf, bitLeaf } from './number-operators.ts';
import { arrayFilterIdentifier, parseUpdatePath } from './update-path.ts';
import { insertLeaf, type ObjectNode, objectNode } from './update-tree.ts';

type LeafMaker = (path: string, operand: unknown) => UpdateLeaf;

const OPERATORS: ReadonlyMap<string, LeafMaker> = new Map<string, LeafMaker>([
  ['$set', (_path, operand) => setLeaf('$set', operand)],
  ['$setOnInsert', (_path, operand) => setOnInsertLeaf(operand)],
  ['$unset', () => unsetLeaf()],
  ['$inc', (path, operand) => arithmeticLeaf('$inc', path, operand)],
  ['$mul', (path, operand) => arithmeticLeaf('$mul', path, operand)],
  ['$min', (_path, operand) => extremeLeaf('$min', operand)],
  ['$max', (_path, operand) => extremeLeaf('$max', operand)],
  ['$bit', (_path, operand) => bitLeaf(operand)],
  ['$currentDate', (_path, operand) => currentDateLeaf(operand)],
  ['$push', (_path, operand) => pushLeaf(operand)],
  ['$addToSet', (_path, operand) => addToSetLeaf(operand)],
  ['$pop', (path, operand) => popLeaf(path, operand)],
  ['$pull', (_path, operand) => pullLeaf(operand)],
  ['$pullAll', (_path, operand) => pullAllLeaf(operand)],
]);

/** Names of the accepted update operators, for the documentation. */
export const UPDATE_OPERATORS: readonly string[] = [...OPERATORS.keys(), '$rename'].sort();

/** The operators of an update, arranged by path. */
export interface ParsedOperators {
  readonly root: ObjectNode;
  /** Whether a path uses `$`. */
  readonly usesPositional: boolean;
}

/** Parses `{$set: {...}, ...}` and refuses unknown operators (9), malformed operands and conflicting paths (40). */
export function parseOperators(update: Document, filters: ArrayFilters): ParsedOperators {
  const root = objectNode();
  let usesPositional = false;
  for (const operator of Object.keys(update)) {
    const fields = update[operator];
    if (!OPERATORS.has(operator) && operator !== '$rename') {
      throw new MongoError(
        9,
        `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
    }
    if (!isDocument(fields)) {
      throw new MongoError(
        9,
        `Modifiers operate on fields but we found type ${bsonTypeOf(fields)} instead. For example: {$mod: {<field>: ...}} not {${describeElement(operator, fields)}}`,
      );
    }
    for (const path of Object.keys(fields)) {
      if (operator === '$rename') {
        insertRename(root, path, fields[path]);
        continue;
      }
      const parts = parseUpdatePath(path);
      if (parts.includes('$')) usesPositional = true;
      for (const part of parts) {
        const identifier = arrayFilterIdentifier(part);
        if (identifier) filters.use(identifier, path);
      }
      const make = OPERATORS.get(operator) as LeafMaker;
      insertLeaf(root, parts, make(path, fields[path]));
    }
  }
  return { root, usesPositional };
}

/** A leaf that holds the place of a renamed field, so that no other operator touches it. */
function placeholderLeaf(): UpdateLeaf {
  return {
    kind: 'leaf',
    operator: '$rename',
    ignoresDeadEnds: true,
    updateExisting: () => false,
    valueForNew: () => undefined,
  };
}

function insertRename(root: ObjectNode, path: string, operand: unknown): void {
  if (typeof operand !== 'string') {
    throw new MongoError(2, `The 'to' field for $rename must be a string: ${describeElement(path, operand)}`);
  }
  const isDynamic = (parts: readonly string[]) =>
    parts.some((part) => part === '$' || arrayFilterIdentifier(part) !== undefined);
  if (isDynamic(path.split('.'))) {
    throw new MongoError(2, `The source field for $rename may not be dynamic: ${path}`);
  }
  if (isDynamic(operand.split('.'))) {
    throw new MongoError(2, `The destination field for $rename may not be dynamic: ${operand}`);
  }
  const from = parseUpdatePath(path);
  insertLeaf(root, from, placeholderLeaf());
  const shown = describeElement(path, operand);
  if (operand.includes('\0'))
    throw new MongoError(2, `The 'to' field for $rename cannot contain an embedded null byte`);
  if (path === operand) throw new MongoError(2, `The source and target field for $rename must differ: ${shown}`);
  if (path.startsWith(`${operand}.`) || operand.startsWith(`${path}.`)) {
    throw new MongoError(2, `The source and target field for $rename must not be on the same path: ${shown}`);
  }
  const to = parseUpdatePath(operand);
  insertLeaf(root, to, { ...placeholderLeaf(), renameFrom: from });
}
