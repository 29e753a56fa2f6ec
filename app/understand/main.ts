import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { worldSchema } from '../../bot/understand/world/world.ts';
import { readLabelledLines } from './labelled-lines.ts';
import { makeWorld } from './make-world.ts';
import { predict } from './predict.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { predict: { type: 'string' }, world: { type: 'string' }, json: { type: 'boolean' } },
});
const [file] = positionals;
if (!file) {
  process.stderr.write(
    'usage: npm run --silent understand -- FILE.tsv --predict OUT.jsonl [--world WORLD.json] [--json]\n',
  );
  process.exit(2);
}
const lines = readLabelledLines(file);
const world = values.world ? worldSchema.parse(JSON.parse(readFileSync(values.world, 'utf8'))) : makeWorld(lines);
const predictions = predict(lines, world);
if (values.predict) writeFileSync(values.predict, `${predictions.map((each) => JSON.stringify(each)).join('\n')}\n`);
