import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { commandVsDriver } from './command-vs-driver.ts';
import { dispatchVsAgenda } from './dispatch-vs-agenda.ts';
import { echoRoundtrip } from './echo-roundtrip.ts';
import { memory10k, startToReady } from './processes.ts';
import { quotaPerHire } from './quota-per-hire.ts';
import type { BenchResult } from './result.ts';
import { storeVsMongod } from './store-vs-mongod-result.ts';
import { sweep10k, sweep100k } from './sweep.ts';
import { understandMessages } from './understand.ts';

const { values } = parseArgs({
  options: { json: { type: 'boolean' }, only: { type: 'string' }, store: { type: 'string', default: 'embedded' } },
});

/** Every measurement by name. All figures of a table come from one run on one machine. */
const BENCHES: Readonly<Record<string, (store: string) => Promise<BenchResult | BenchResult[]>>> = {
  'echo-roundtrip': echoRoundtrip,
  'command-vs-driver': commandVsDriver,
  'dispatch-vs-agenda': dispatchVsAgenda,
  'sweep-10k': sweep10k,
  'sweep-100k': sweep100k,
  'store-vs-mongod': storeVsMongod,
  'start-to-ready': startToReady,
  'rss-10k': memory10k,
  'quota-per-hire': quotaPerHire,
  understand: understandMessages,
};

const names = Object.keys(BENCHES).filter((name) => values.only === undefined || values.only === name);
if (names.length === 0) {
  process.stderr.write(`no measurement of that name; known: ${Object.keys(BENCHES).join(', ')}\n`);
  process.exit(2);
}
const results: BenchResult[] = [];
for (const name of names) {
  process.stderr.write(`${name} …\n`);
  results.push(...[await BENCHES[name]?.(values.store)].flat().filter((result) => result !== undefined));
}
const machine = `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
if (values.json) {
  process.stdout.write(`${JSON.stringify({ machine, node: process.version, store: values.store, results })}\n`);
} else {
  process.stdout.write(`${machine}, Node ${process.version}, store: ${values.store}\n\n${table(results)}\n`);
}
process.exit(0);

/** A Markdown table, as it stands in docs/performance.md. */
function table(rows: readonly BenchResult[]): string {
  const lines = rows.map(({ name, unit, ours, reference, ratio, goal, met }) =>
    [
      '',
      name,
      unit,
      `${ours.p50} / ${ours.p95} (n ${ours.n})`,
      reference ? `${reference.name}: ${reference.p50} / ${reference.p95} (n ${reference.n})` : '',
      ratio ?? '',
      goal ?? '',
      met === null ? '' : met ? 'yes' : 'no',
      '',
    ]
      .join(' | ')
      .trim(),
  );
  return [
    '| name | unit | ours p50 / p95 | reference p50 / p95 | ratio | goal | met |',
    '|---|---|---|---|---|---|---|',
    ...lines,
  ].join('\n');
}
