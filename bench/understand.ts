import * as chrono from 'chrono-node';
import { readLabelledLines } from '../app/understand/labelled-lines.ts';
import { makeWorld } from '../app/understand/make-world.ts';
import { type Known, makeKnown } from '../bot/understand/known.ts';
import { understand } from '../bot/understand/understand.ts';
import { type BenchResult, compared, figuresOf } from './result.ts';

const FILES = ['managers', 'hr-officers', 'english-and-mixed', 'candidates'];
const SURNAMES = [...'陳黃李張梁林王吳劉鄭何羅周葉馮蔡曾楊許徐朱鄧鍾謝蘇潘杜麥盧余'];
const GIVEN = [...'家嘉志智文敏俊浩穎詠欣芷曉子樂美慧軒軍玲怡婷傑豪恩信明芳華珊儀偉強國建雅思琪彤霖熙晴'];
/** Most milliseconds for 95 of 100 messages with 10,000 candidates. */
const MOST_MS = 5;
/** Passes over all messages before and while times are taken. */
const WARM_PASSES = 3;
const PASSES = 5;

/** Reading a message with 10,000 and 100,000 candidates, beside chrono-node's parse of the same text for times alone. */
export async function understandMessages(): Promise<BenchResult[]> {
  const lines = FILES.flatMap((name) => readLabelledLines(`tests/understand/${name}.tsv`));
  const read =
    (known: Known): ((line: (typeof lines)[number]) => unknown) =>
    ({ text, channel, role }) =>
      understand({ text, channel, role }, known);
  const world = (others: number): Known => {
    const made = makeWorld(lines);
    for (let at = 0; at < others; at += 1) {
      const name = `${pick(SURNAMES, at)}${pick(GIVEN, Math.floor(at / 31))}${pick(GIVEN, Math.floor(at / 1300))}`;
      made.candidates.push({ id: `X${at}`, names: [name], stage: 'interview', facts: [] });
    }
    return makeKnown(made);
  };
  const small = samples(lines, read(world(10_000)));
  const large = samples(lines, read(world(100_000)));
  // Both languages, as a product would have to ask it.
  const times = samples(lines, ({ text }) => [chrono.en.GB.parse(text), chrono.zh.hant.parse(text)]);
  const name = 'understand';
  return [
    compared(
      { name, unit: 'ms a message, 10,000 candidates', referenceName: 'chrono-node, times alone' },
      small,
      times,
      null,
    ),
    inTime(name, small),
    compared({ name, unit: 'ms a message, 100,000 candidates', referenceName: '10,000 candidates' }, large, small, {
      most: 1.5,
    }),
  ];
}

/** The 95th percentile has a limit of its own. */
function inTime(name: string, taken: readonly number[]): BenchResult {
  const ours = figuresOf(taken);
  const unit = 'ms a message, 95th percentile';
  return { name, unit, ours, reference: null, ratio: null, goal: `p95 <= ${MOST_MS} ms`, met: ours.p95 <= MOST_MS };
}

const pick = (from: readonly string[], at: number): string => from[at % from.length] ?? '';

function samples<T>(items: readonly T[], work: (item: T) => unknown): number[] {
  const taken: number[] = [];
  for (let pass = 0; pass < WARM_PASSES + PASSES; pass += 1) {
    for (const item of items) {
      const start = performance.now();
      work(item);
      if (pass >= WARM_PASSES) taken.push(performance.now() - start);
    }
  }
  return taken;
}
