import { describeDocument } from '../filter/describe-value.ts';
import { compileDocumentTest, type DocumentTest } from '../filter/filter-compile.ts';
import { type FilterNode, isPathNode } from '../filter/filter-node.ts';
import { parseFilter } from '../filter/filter-parse.ts';
import { isDocument, MongoError } from '../values.ts';

/** The conditions of `arrayFilters`, by identifier. */
export class ArrayFilters {
  readonly #tests = new Map<string, DocumentTest>();
  readonly #used = new Set<string>();

  constructor(filters: readonly unknown[]) {
    for (const filter of filters) {
      if (!isDocument(filter)) throw new MongoError(14, 'arrayFilters must hold documents');
      const node = parseArrayFilter(filter);
      const identifier = topLevelName(node);
      if (identifier === undefined) {
        throw new MongoError(9, 'Cannot use an expression without a top-level field name in arrayFilters');
      }
      if (!/^[a-z][A-Za-z0-9]*$/.test(identifier)) {
        throw new MongoError(
          2,
          `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${identifier}'`,
        );
      }
      if (this.#tests.has(identifier)) {
        throw new MongoError(9, `Found multiple array filters with the same top-level field name ${identifier}`);
      }
      this.#tests.set(identifier, compileDocumentTest(node));
    }
  }

  /** Notes that a path uses an identifier. Error 2 when no filter has it. */
  use(identifier: string, path: string): void {
    if (!this.#tests.has(identifier)) {
      throw new MongoError(2, `No array filter found for identifier '${identifier}' in path '${path}'`);
    }
    this.#used.add(identifier);
  }

  /** Error 9 when a filter is not used by any path. */
  checkAllUsed(update: unknown): void {
    for (const identifier of this.#tests.keys()) {
      if (!this.#used.has(identifier)) {
        const shown = isDocument(update) ? describeDocument(update) : '[]';
        throw new MongoError(9, `The array filter for identifier '${identifier}' was not used in the update ${shown}`);
      }
    }
  }

  /** Whether an element passes; `$[]` (the empty identifier) takes all. */
  matches(identifier: string, element: unknown): boolean {
    return identifier === '' || this.#tests.get(identifier)?.({ [identifier]: element }) === true;
  }
}

/** `$expr` is refused here, as MongoDB does. */
function parseArrayFilter(filter: unknown): FilterNode {
  try {
    return parseFilter(filter);
  } catch (error) {
    if (!(error instanceof MongoError)) throw error;
    throw new MongoError(error.code, `Error parsing array filter :: caused by :: ${error.message}`);
  }
}

/** The one name all conditions of an array filter start with. */
function topLevelName(node: FilterNode): string | undefined {
  if (isPathNode(node)) return node.path.split('.')[0];
  if (node.type === 'not') return topLevelName(node.child);
  if (node.type !== 'and' && node.type !== 'or' && node.type !== 'nor') return undefined;
  let name: string | undefined;
  for (const child of node.children) {
    const found = topLevelName(child);
    if (found === undefined) continue;
    if (name !== undefined && found !== name) {
      throw new MongoError(
        9,
        `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${name}' and '${found}'`,
      );
    }
    name = found;
  }
  return name;
}
