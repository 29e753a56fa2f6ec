import { type BenchResult, round } from './result.ts';
import { compareStoreWithMongod } from './store-vs-mongod.ts';

/** The store against a real MongoDB (TEST_MONGODB_URI) on the operations of a command; not run where that is unset. */
export async function storeVsMongod(): Promise<BenchResult[]> {
  const uri = process.env.TEST_MONGODB_URI;
  if (!uri) return [];
  const comparisons = await compareStoreWithMongod({ mongodbUri: uri });
  return comparisons.map(({ operation, ours, reference, ratio }) => ({
    name: 'store-vs-mongod',
    unit: `ms ${operation}`,
    ours: { p50: round(ours.p50), p95: round(ours.p95), n: ours.n },
    reference: { name: 'MongoDB, w:1 j:true', p50: round(reference.p50), p95: round(reference.p95), n: reference.n },
    ratio: round(ratio),
    goal: '<= 1x',
    met: ratio <= 1,
  }));
}
