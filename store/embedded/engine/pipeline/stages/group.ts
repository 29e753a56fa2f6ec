import { Int32 } from 'bson';
import { type Document, isDocument, setField } from '../../bson-types.ts';
import { compareValues } from '../../compare.ts';
import { parseExpression } from '../../expressions/compile-expression.ts';
import type { Expression, Frame, Value } from '../../expressions/scope.ts';
import { MongoError } from '../../mongo-error.ts';
import { groupKey } from '../group/accumulators.ts';
import { type GroupField, type GroupState, isForNewerEngine, parseGroupField } from '../group/group-accumulators.ts';
import { evaluateFor, type StageCompiler, type StageContext, type StageRunner } from '../stage.ts';

interface Group {
  readonly id: Value;
  readonly states: readonly GroupState[];
}

/** The key of a group: one value, or named parts that are compared one by one. */
interface GroupId {
  evaluate(document: Document, frame: Frame): Value;
}

function parseId(specification: unknown, context: StageContext): GroupId {
  if (isDocument(specification)) {
    const names = Object.keys(specification);
    if (names.length > 0 && !names[0]?.startsWith('$')) return parseNamedId(specification, names, context);
  }
  const expression = parseExpression(specification, context.scope);
  return { evaluate: (document, frame) => evaluateFor(expression, document, frame) ?? null };
}

function parseNamedId(specification: Document, names: readonly string[], context: StageContext): GroupId {
  for (const name of names) {
    if (name.startsWith('$') || name.includes('.')) {
      throw new MongoError(17390, '$group does not support inclusion-style expressions');
    }
  }
  const expression = parseExpression(specification, context.scope);
  if (names.length > 1 || expression.constant) {
    return { evaluate: (document, frame) => evaluateFor(expression, document, frame) };
  }
  // A single part that is missing counts as null, as a plain key does; of several it is left out.
  const [name] = names as [string];
  const part = parseExpression(specification[name], context.scope);
  return { evaluate: (document, frame) => ({ [name]: evaluateFor(part, document, frame) ?? null }) };
}

/** Gathers documents by a key; groups come out in the order in which they were met. */
export function grouping(id: GroupId, fields: readonly GroupField[]): StageRunner {
  return function* (source, run) {
    const { frame } = run;
    const groups = new Map<string, Group[]>();
    const inOrder: Group[] = [];
    for (const document of source) {
      const key = id.evaluate(document, frame);
      const text = groupKey(key);
      const same = groups.get(text);
      let group = same?.find((other) => compareValues(other.id, key) === 0);
      if (!group) {
        group = { id: key, states: fields.map((field) => field.start(key, frame)) };
        if (same) same.push(group);
        else groups.set(text, [group]);
        inOrder.push(group);
      }
      for (const state of group.states) state.add(document, frame);
    }
    for (const group of inOrder) {
      const result: Document = { _id: group.id };
      for (const [i, field] of fields.entries()) {
        const value = group.states[i]?.result();
        if (value !== undefined) setField(result, field.name, value);
      }
      yield result;
    }
  };
}

export const compileGroup: StageCompiler = (specification, context) => {
  if (!isDocument(specification)) throw new MongoError(15947, "a group's fields must be specified in an object");
  let id: GroupId | undefined;
  const fields: GroupField[] = [];
  const gathered = Object.entries(specification).filter(([name]) => name !== '_id');
  const keepsLastEqual = context.isAtHead && isForNewerEngine(gathered.map(([, value]) => value));
  for (const [name, value] of Object.entries(specification)) {
    if (name === '_id') id = parseId(value, context);
    else fields.push(parseGroupField(name, value, context, keepsLastEqual));
  }
  if (!id) throw new MongoError(15955, 'a group specification must include an _id');
  return grouping(id, fields);
};

/** A key for `grouping` from any expression. */
export function groupIdOf(expression: Expression): GroupId {
  return { evaluate: (document, frame) => evaluateFor(expression, document, frame) ?? null };
}

export const compileSortByCount: StageCompiler = (specification, context) => {
  if (isDocument(specification)) {
    if (!Object.keys(specification)[0]?.startsWith('$')) throw notPath(40147);
  } else if (typeof specification !== 'string') {
    throw new MongoError(40149, 'the sortByCount field must be specified as a string or as an object');
  } else if (!specification.startsWith('$')) throw notPath(40148);
  const run = grouping(groupIdOf(parseExpression(specification, context.scope)), [
    parseGroupField('count', { $sum: new Int32(1) }, context),
  ]);
  return function* (source, pipelineRun) {
    const groups = [...run(source, pipelineRun)];
    yield* groups.sort((left, right) => compareValues(right['count'], left['count']));
  };
};

function notPath(code: number): MongoError {
  return new MongoError(
    code,
    'the sortByCount field must be defined as a $-prefixed path or an expression inside an object',
  );
}
