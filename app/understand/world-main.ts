import { readLabelledLines } from './labelled-lines.ts';
import { makeWorld } from './make-world.ts';

const [file] = process.argv.slice(2);
if (!file) {
  process.stderr.write('usage: npm run --silent understand:world -- FILE.tsv > WORLD.json\n');
  process.exit(2);
}
process.stdout.write(`${JSON.stringify(makeWorld(readLabelledLines(file)))}\n`);
