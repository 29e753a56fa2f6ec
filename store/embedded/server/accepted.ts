import { OPERATORS } from '../engine/expressions/operator-table.ts';
import { STAGES, UPDATE_STAGES } from '../engine/pipeline/stage-table.ts';
import { UPDATE_OPERATORS } from '../engine/update.ts';
import { COMMON_FIELDS } from './command-fields.ts';
import { COMMANDS } from './commands/index.ts';

/** Operators of filters, each with a filter that uses it. */
export const FILTER_OPERATORS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  $all: { a: { $all: [1] } },
  $and: { $and: [{ a: 1 }] },
  $bitsAllClear: { a: { $bitsAllClear: 1 } },
  $bitsAllSet: { a: { $bitsAllSet: 1 } },
  $bitsAnyClear: { a: { $bitsAnyClear: 1 } },
  $bitsAnySet: { a: { $bitsAnySet: 1 } },
  $comment: { $comment: 'x' },
  $elemMatch: { a: { $elemMatch: { b: 1 } } },
  $eq: { a: { $eq: 1 } },
  $exists: { a: { $exists: true } },
  $expr: { $expr: { $gt: ['$a', 1] } },
  $gt: { a: { $gt: 1 } },
  $gte: { a: { $gte: 1 } },
  $in: { a: { $in: [1] } },
  $lt: { a: { $lt: 1 } },
  $lte: { a: { $lte: 1 } },
  $mod: { a: { $mod: [2, 0] } },
  $ne: { a: { $ne: 1 } },
  $nin: { a: { $nin: [1] } },
  $nor: { $nor: [{ a: 1 }] },
  $not: { a: { $not: { $gt: 1 } } },
  $options: { a: { $regex: 'x', $options: 'i' } },
  $or: { $or: [{ a: 1 }] },
  $regex: { a: { $regex: 'x' } },
  $size: { a: { $size: 1 } },
  $type: { a: { $type: 'string' } },
};

function list(names: Iterable<string>): string {
  return [...names]
    .sort()
    .map((name) => `\`${name}\``)
    .join(', ');
}

/** What the embedded store accepts, as the Markdown that stands in `docs/store.md`. */
export function acceptedAsMarkdown(): string {
  const rows = [...COMMANDS].map(([name, spec]) => {
    const fields = spec.ignoresUnknownFields === true ? 'others are ignored' : list(Object.keys(spec.fields));
    return `| \`${name}\` | ${spec.does} | ${fields} | ${spec.inTransaction ? 'yes' : ''} |`;
  });
  return [
    '### Commands',
    '',
    'A command that is not here is answered with error 59, a field that is not here with 40415.',
    '',
    '| command | what it does | its own fields | in a transaction |',
    '|---|---|---|---|',
    ...rows,
    '',
    `Every command may also have: ${list(Object.keys(COMMON_FIELDS))}.`,
    '',
    '### Operators',
    '',
    `Filters: ${list(Object.keys(FILTER_OPERATORS))}.`,
    '',
    `Updates: ${list(UPDATE_OPERATORS)}; paths with an index, \`.$\`, \`.$[]\` and \`.$[name]\` with array filters; replacement documents; pipelines of ${list(UPDATE_STAGES)}.`,
    '',
    `Stages of pipelines: ${list([...STAGES.keys(), '$out', '$merge'])}.`,
    '',
    `Expressions: ${list(OPERATORS.keys())}.`,
  ].join('\n');
}
