import { type Document, isDocument, setField } from '../bson-types.ts';
import { CURRENT, type Expression, type Frame, ROOT, type Value } from '../expressions/scope.ts';

/** One level of a projection: what happens to the fields of a document there. */
export class ProjectionNode {
  /** Fields kept (inclusion) or dropped (exclusion) as a whole. */
  readonly fields = new Set<string>();
  readonly children = new Map<string, ProjectionNode>();
  readonly computed = new Map<string, Expression>();
  /** Computed fields and children with computed fields in the order in which they were written. */
  readonly order: string[] = [];

  /** The child at a field, made when it is not there. */
  child(name: string): ProjectionNode {
    let child = this.children.get(name);
    if (!child) {
      child = new ProjectionNode();
      this.children.set(name, child);
    }
    return child;
  }

  /** True when a field is already spoken for. */
  has(name: string): boolean {
    return this.fields.has(name) || this.computed.has(name);
  }

  get hasComputed(): boolean {
    return this.order.length > 0;
  }
}

/** What happens to fields that are not named: kept, dropped, or kept because only the named ones are dropped. */
export type ProjectionKind = 'include' | 'exclude' | 'add';

function project(value: Value, node: ProjectionNode, kind: ProjectionKind): Value {
  if (Array.isArray(value)) {
    const kept: Value[] = [];
    for (const element of value) {
      const projected = project(element, node, kind);
      // Where something is computed, even what was dropped becomes a document with it.
      if (projected !== undefined || node.hasComputed) kept.push(projected);
    }
    return kept;
  }
  if (isDocument(value)) return projectDocument(value, node, kind);
  return kind === 'include' ? undefined : value;
}

function projectDocument(document: Document, node: ProjectionNode, kind: ProjectionKind): Document {
  const result: Document = {};
  for (const name of Object.keys(document)) {
    let value: Value;
    const child = node.children.get(name);
    if (child) value = project(document[name], child, kind);
    else if (kind === 'include') value = node.fields.has(name) ? document[name] : undefined;
    else value = kind === 'exclude' && node.fields.has(name) ? undefined : document[name];
    if (value !== undefined) setField(result, name, value);
  }
  return result;
}

function addComputed(document: Document, node: ProjectionNode, frame: Frame): Document {
  for (const name of node.order) {
    const expression = node.computed.get(name);
    if (expression) {
      const value = expression.evaluate(frame);
      if (value === undefined) delete document[name];
      else setField(document, name, value);
    } else {
      const child = node.children.get(name);
      if (child)
        setField(
          document,
          name,
          addComputedTo(Object.hasOwn(document, name) ? document[name] : undefined, child, frame),
        );
    }
  }
  return document;
}

function addComputedTo(value: Value, node: ProjectionNode, frame: Frame): Value {
  if (Array.isArray(value)) return value.map((element) => addComputedTo(element, node, frame));
  // Whatever is no document gives way to one with the computed fields.
  return addComputed(isDocument(value) ? { ...value } : {}, node, frame);
}

/** Applies a projection to a document; the document itself stays as it is. */
export function applyProjection(
  document: Document,
  node: ProjectionNode,
  kind: ProjectionKind,
  frame: Frame,
): Document {
  const result = kind === 'add' ? { ...document } : projectDocument(document, node, kind);
  if (!node.hasComputed) return result;
  frame[ROOT] = document;
  frame[CURRENT] = document;
  return addComputed(result, node, frame);
}
