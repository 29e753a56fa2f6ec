import { writeFileSync } from 'node:fs';
import { learntFile } from '../../bot/understand/likeness/second-opinion.ts';
import { readLabelledLines } from './labelled-lines.ts';
import { learnStaff } from './learn.ts';

/** Learns from the examples in bot/understand/examples and from the labelled files named, and keeps what was learnt. */
const further = process.argv.slice(2).flatMap(readLabelledLines);
writeFileSync(learntFile('staff'), `${JSON.stringify(learnStaff(further), null, 0)}\n`);
