import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { type Answer, type Step, unpacked } from './replay.ts';

/** Where the answers of MongoDB 6.0.5 lie. */
export const RECORD = new URL('../../recorded/store-answers.jsonl.gz', import.meta.url);
export const RECORDED_SEED = 605;
export const RECORDED_STEPS = 2300;

/** The recorded steps with MongoDB's answers. */
export async function recordedAnswers(): Promise<{ step: Step; answer: Answer }[]> {
  const text = gunzipSync(await readFile(RECORD)).toString('utf8');
  return text.split('\n').map((line) => {
    const { step, answer } = JSON.parse(line) as { step: string; answer: string[] };
    return { step: unpacked(step), answer };
  });
}
