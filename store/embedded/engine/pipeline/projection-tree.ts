import { type Document, isDocument, setField } from '../bson-types.ts';
import { CURRENT, type Expression, type Frame, ROOT, type Value } from '../expressions/scope.ts';

/** One level of a projection: what happens to the fields of a document there. */
export class ProjectionNode {
  /** Fields kept (inclusion) or dropped (exclusion) as a whole. */
  readonly fields = new Set<string>();
  readonly children = new Map<string, ProjectionNode>();
  readonly computed = new Map<string, Expression>();
  /** Computed fields and children in the order in which they were first written. */
  readonly order: string[] = [];
  /** True when something is computed here or below. */
  hasComputed = false;

  /** The child at a field, made when it is not there. */
  child(name: string): ProjectionNode {
    let child = this.children.get(name);
    if (!child) {
      child = new ProjectionNode();
      this.children.set(name, child);
      this.order.push(name);
    }
    return child;
  }

  /** True when a field is already spoken for. */
  has(name: string): boolean {
    return this.fields.has(name) || this.computed.has(name);
  }

  /** Computes a field. */
  compute(name: string, expression: Expression): void {
    this.computed.set(name, expression);
    this.order.push(name);
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
    // Where something will be computed, a field that was asked for keeps its place for the time being.
    if (value !== undefined || (child && node.hasComputed)) setField(result, name, value);
  }
  return result;
}

function addComputed(document: Document, node: ProjectionNode, frame: Frame, keepsPlaces = false): Document {
  for (const name of node.order) {
    const expression = node.computed.get(name);
    if (expression) {
      const value = expression.evaluate(frame);
      // A field that is missing keeps its place at the top of a document until the end of the pipeline, as in MongoDB.
      if (value === undefined && !keepsPlaces) delete document[name];
      else setField(document, name, value);
    } else {
      const child = node.children.get(name);
      if (!child) continue;
      const value = addComputedTo(Object.hasOwn(document, name) ? document[name] : undefined, child, frame);
      if (value !== undefined || keepsPlaces) setField(document, name, value);
    }
  }
  return document;
}

function addComputedTo(value: Value, node: ProjectionNode, frame: Frame): Value {
  if (!node.hasComputed) return value;
  if (Array.isArray(value)) return value.map((element) => addComputedTo(element, node, frame));
  // Whatever is no document gives way to one with the computed fields.
  const result = addComputed(isDocument(value) ? { ...value } : {}, node, frame, true);
  for (const name of Object.keys(result)) if (result[name] === undefined) delete result[name];
  return result;
}

/** Everything but what an exclusion drops; what is dropped keeps its place. */
function copyWithPlaces(document: Document, node: ProjectionNode, kind: ProjectionKind): Document {
  const result: Document = { ...document };
  if (kind === 'add') return result;
  for (const name of node.fields) if (Object.hasOwn(result, name)) setField(result, name, undefined);
  for (const [name, child] of node.children) {
    if (Object.hasOwn(result, name)) setField(result, name, project(result[name], child, kind));
  }
  return result;
}

/** What an inclusion keeps; a field of which nothing is kept keeps its place. */
function includeWithPlaces(document: Document, node: ProjectionNode): Document {
  if (node.children.size === 0) return projectDocument(document, node, 'include');
  const result: Document = {};
  for (const name of Object.keys(document)) {
    if (document[name] === undefined) continue;
    const child = node.children.get(name);
    if (child) setField(result, name, project(document[name], child, 'include'));
    else if (node.fields.has(name)) setField(result, name, document[name]);
  }
  return result;
}

/** Applies a projection to a document; the document itself stays as it is. */
export function applyProjection(
  document: Document,
  node: ProjectionNode,
  kind: ProjectionKind,
  frame: Frame,
): Document {
  const result = kind === 'include' ? includeWithPlaces(document, node) : copyWithPlaces(document, node, kind);
  if (!node.hasComputed) return result;
  frame[ROOT] = document;
  frame[CURRENT] = document;
  return addComputed(result, node, frame, true);
}
