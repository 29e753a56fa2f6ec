import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { learntFile } from '../../bot/understand/likeness/second-opinion.ts';
import { readLabelledLines } from './labelled-lines.ts';
import { examplesOfCandidates, examplesOfStaff, learn } from './learn.ts';

/**
 * Learns from the examples in bot/understand/examples and from labelled files (those named, by default the ones in
 * tests/understand that are not kept aside), and keeps what was learnt.
 */
const FOLDER = join(import.meta.dirname, '../../tests/understand');
const own = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.tsv') && !name.startsWith('kept-aside'))
  .sort()
  .map((name) => join(FOLDER, name));
const named = process.argv.slice(2);
const files = named.length > 0 ? named : own;
const further = files.flatMap(readLabelledLines);
writeFileSync(learntFile('staff'), `${JSON.stringify(learn(examplesOfStaff(further)))}\n`);
writeFileSync(learntFile('candidate'), `${JSON.stringify(learn(examplesOfCandidates(further)))}\n`);
