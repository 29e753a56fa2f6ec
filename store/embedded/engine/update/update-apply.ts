import { describeElement } from '../filter/describe-value.ts';
import { type Document, fieldOf, isDocument, MongoError, setField } from '../values.ts';
import type { ArrayFilters } from './array-filters.ts';
import { assign, type Target, type UpdateLeaf, type UpdateMoment } from './leaf.ts';
import { describeId } from './number-operators.ts';
import { type ArrayNode, mergeNodes, type ObjectNode, sortedChildren, type UpdateNode } from './update-tree.ts';

/** Largest number of nulls that writing behind the end of an array may fill in. */
const MAX_PADDING = 1_500_000;

/** What stands at a path: the value, or the last thing that is there and how many parts led to it. */
interface Location {
  readonly container: Document | unknown[];
  readonly key: string | number;
  readonly value: unknown;
  /** Parts that exist; less than the path's length when it ends early at `container`'s `key`. */
  readonly depth: number;
}

/** Applies the operators of one update to one document, which it changes in place. */
export class UpdateRun {
  readonly document: Document;
  readonly moment: UpdateMoment;
  readonly arrayFilters: ArrayFilters;
  readonly positional: () => number | undefined;
  isModified = false;

  constructor(
    document: Document,
    moment: UpdateMoment,
    arrayFilters: ArrayFilters,
    positional: () => number | undefined,
  ) {
    this.document = document;
    this.moment = moment;
    this.arrayFilters = arrayFilters;
    this.positional = positional;
  }

  apply(node: UpdateNode, path: readonly string[]): void {
    if (node.kind === 'leaf') this.applyLeaf(node, path);
    else if (node.kind === 'array') this.applyArray(node, path);
    else this.applyObject(node, path);
  }

  applyObject(node: ObjectNode, path: readonly string[]): void {
    let { children } = node;
    if (node.positional) {
      const index = this.positional();
      if (index === undefined) {
        throw new MongoError(2, 'The positional operator did not find the match needed from the query.');
      }
      const name = String(index);
      const other = children.get(name);
      const merged = other ? mergeNodes(other, node.positional, [...path, name]) : node.positional;
      children = new Map(children).set(name, merged);
    }
    for (const [name, child] of sortedChildren(children)) this.apply(child, [...path, name]);
  }

  applyArray(node: ArrayNode, path: readonly string[]): void {
    const shown = path.join('.');
    const { value, depth, key } = this.locate(path);
    if (depth < path.length) {
      throw new MongoError(2, `The path '${shown}' must exist in the document in order to apply array updates.`);
    }
    if (!Array.isArray(value)) {
      throw new MongoError(2, `Cannot apply array updates to non-array element ${describeElement(String(key), value)}`);
    }
    const children = sortedChildren(node.children);
    const plans = value.map((element, i) => {
      const nodes = children
        .filter(([identifier]) => this.arrayFilters.matches(identifier, element))
        .map(([, child]) => child);
      return nodes.length === 0 ? undefined : nodes.reduce((a, b) => mergeNodes(a, b, [...path, String(i)]));
    });
    plans.forEach((plan, i) => {
      if (plan) this.apply(plan, [...path, String(i)]);
    });
  }

  locate(path: readonly string[]): Location {
    let container: Document | unknown[] = { '': this.document };
    let key: string | number = '';
    let value: unknown = this.document;
    for (let depth = 0; depth < path.length; depth++) {
      const part = path[depth] as string;
      const next = stepInto(value, part);
      if (!next) return { container, key, value, depth };
      container = value as Document | unknown[];
      key = next.key;
      value = next.value;
    }
    return { container, key, value, depth: path.length };
  }

  applyLeaf(leaf: UpdateLeaf, path: readonly string[]): void {
    if (leaf.renameFrom) this.applyRename(leaf.renameFrom, path);
    else this.applyTo(leaf, path);
  }

  applyTo(leaf: UpdateLeaf, path: readonly string[]): void {
    const { container, key, value, depth } = this.locate(path);
    if (depth === path.length) {
      const target: Target = { parent: container, key, value, path: path.join('.'), document: this.document };
      if (leaf.updateExisting(target, this.moment)) this.isModified = true;
      return;
    }
    const created = leaf.valueForNew(this.moment);
    if (created === undefined) {
      if (!leaf.ignoresDeadEnds) this.checkNoDeadEnd(path, depth, key, value);
      return;
    }
    this.create({ container, key, value, depth }, path, created);
    this.isModified = true;
  }

  /** Operators that create nothing still refuse a path that leads through something without fields. */
  checkNoDeadEnd(path: readonly string[], depth: number, key: string | number, value: unknown): void {
    const part = path[depth] as string;
    if (isDocument(value) || (Array.isArray(value) && /^\d+$/.test(part))) return;
    throw new MongoError(
      28,
      `Cannot use the part (${part}) of (${path.join('.')}) to traverse the element ({${describeElement(String(key), value)}})`,
    );
  }

  create({ key, value, depth }: Location, path: readonly string[], created: unknown): void {
    const part = path[depth] as string;
    let content = created;
    for (let i = path.length - 1; i > depth; i--) {
      const wrapped: Document = {};
      setField(wrapped, path[i] as string, content);
      content = wrapped;
    }
    if (isDocument(value)) {
      setField(value, part, content);
      return;
    }
    if (!Array.isArray(value) || !/^\d+$/.test(part)) {
      throw new MongoError(28, `Cannot create field '${part}' in element {${describeElement(String(key), value)}}`);
    }
    const index = Number(part);
    if (index - value.length > MAX_PADDING) {
      throw new MongoError(34, `can't backfill more than ${MAX_PADDING} elements`);
    }
    while (value.length < index) value.push(null);
    value.push(content);
  }

  applyRename(from: readonly string[], to: readonly string[]): void {
    const source = this.locate(from);
    if (source.depth < from.length) {
      this.checkSourceViable(source, from);
      return;
    }
    if (to[0] === '_id') {
      throw new MongoError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
    }
    this.checkNoArray('source', from, from.length);
    this.checkNoArray('destination', to, this.locate(to).depth);
    const { value } = source;
    this.applyTo(
      {
        kind: 'leaf',
        operator: '$rename',
        updateExisting: (target) => assign(target, value),
        valueForNew: () => value,
      },
      to,
    );
    delete (source.container as Document)[source.key];
    this.isModified = true;
  }

  checkSourceViable({ key, value, depth }: Location, from: readonly string[]): void {
    if (isDocument(value) || (Array.isArray(value) && /^\d+$/.test(from[depth] as string))) return;
    throw new MongoError(
      28,
      `cannot use the part (${from[depth - 1]} of ${from.join('.')}) to traverse the element ({${describeElement(String(key), value)}})`,
    );
  }

  checkNoArray(role: 'source' | 'destination', path: readonly string[], depth: number): void {
    let current: unknown = this.document;
    for (let i = 0; i < Math.max(depth, 1) && i < path.length; i++) {
      if (Array.isArray(current)) {
        throw new MongoError(
          2,
          `The ${role} field cannot be an array element, '${path.join('.')}' in doc with ${describeId(this.document)} has an array field called '${path[i - 1]}'`,
        );
      }
      current = stepInto(current, path[i] as string)?.value;
    }
    if (role === 'destination' && depth < path.length && Array.isArray(current)) {
      throw new MongoError(
        2,
        `The destination field cannot be an array element, '${path.join('.')}' in doc with ${describeId(this.document)} has an array field called '${path[depth - 1]}'`,
      );
    }
  }
}

function stepInto(value: unknown, part: string): { key: string | number; value: unknown } | undefined {
  if (Array.isArray(value)) {
    if (!/^\d+$/.test(part)) return undefined;
    const index = Number(part);
    return index < value.length ? { key: index, value: value[index] } : undefined;
  }
  if (!isDocument(value)) return undefined;
  const found = fieldOf(value, part);
  return found === undefined ? undefined : { key: part, value: found };
}
