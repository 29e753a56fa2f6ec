import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { worldSchema } from '../../bot/understand/world/world.ts';
import { readLabelledLines } from './labelled-lines.ts';
import { makeWorld } from './make-world.ts';
import { predict } from './predict.ts';
import { p95, score } from './score.ts';

/** Reads a file of messages and says how each is understood; see docs/understanding.md. */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { predict: { type: 'string' }, world: { type: 'string' }, json: { type: 'boolean' } },
});
const [file] = positionals;
if (!file) {
  process.stderr.write(
    'usage: npm run --silent understand -- FILE.tsv [--predict OUT.jsonl] [--world WORLD.json] [--json]\n',
  );
  process.exit(2);
}
try {
  const lines = readLabelledLines(file);
  const world = values.world ? worldSchema.parse(JSON.parse(readFileSync(values.world, 'utf8'))) : makeWorld(lines);
  const predictions = predict(lines, world);
  if (values.predict) writeFileSync(values.predict, predictions.map((each) => `${JSON.stringify(each)}\n`).join(''));
  const labelled = lines.every(({ intent }) => intent !== '');
  const scores = labelled ? score(lines, predictions) : {};
  const p95Ms = p95(predictions.map(({ ms }) => ms));
  if (values.json) process.stdout.write(`${JSON.stringify({ file, lines: lines.length, ...scores, p95Ms })}\n`);
  else if (!values.predict)
    process.stdout.write(`${JSON.stringify({ file, lines: lines.length, ...scores, p95Ms }, null, 2)}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
