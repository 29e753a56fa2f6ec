import { BSONRegExp } from 'bson';
import { describe, expect, test } from 'vitest';
import { compileFilter } from '../../../store/embedded/engine/filter.ts';
import { type Interval, type Sargable, sargable } from '../../../store/embedded/engine/sargable.ts';
import { compareValues, type Document, indexKeysOf } from '../../../store/embedded/engine/values.ts';
import { compilers } from './compilers.ts';
import { RandomQueries } from './random-queries.ts';
import { Random } from './random-values.ts';
import { throughWire } from './unpromoted.ts';

function isWithin(value: unknown, { lower, lowerInclusive, upper, upperInclusive }: Interval): boolean {
  const low = compareValues(value, lower);
  const high = compareValues(value, upper);
  return (low > 0 || (low === 0 && lowerInclusive)) && (high < 0 || (high === 0 && upperInclusive));
}

/** Conditions that would lose the document: none of its keys lies within the intervals. */
function losing({ conditions, alternatives }: Sargable, document: Document): unknown[] {
  const lost: unknown[] = conditions.filter(({ path, intervals, matchesMissing }) => {
    const { keys, sparseKeys } = indexKeysOf(document, [path]);
    const used = matchesMissing ? keys : sparseKeys;
    return !used.some(([key]) => intervals.some((interval) => isWithin(key, interval)));
  });
  for (const branches of alternatives) {
    if (branches.every((branch) => losing(branch, document).length > 0)) lost.push(branches);
  }
  return lost;
}

describe('index conditions of a filter', () => {
  test('never lose a document that passes (1,500 random filters over 60 documents)', () => {
    const queries = new RandomQueries(new Random(11));
    const documents = Array.from({ length: 60 }, (_, i) => throughWire({ _id: i, ...queries.values.record() }));
    let used = 0;
    for (let i = 0; i < 1_500; i++) {
      const filter = throughWire({ filter: queries.filter() }).filter;
      let compiled: ReturnType<typeof compileFilter>;
      try {
        compiled = compileFilter(filter, { expr: compilers.expr });
      } catch {
        continue; // One of the few filters that are refused.
      }
      const offer = sargable(compiled.node);
      used += offer.conditions.length;
      for (const document of documents) {
        if (compiled.matches(document))
          expect({ filter, document, lost: losing(offer, document) }).toEqual({ filter, document, lost: [] });
      }
    }
    expect(used).toBeGreaterThan(700);
  });

  test.each<[string, Document, unknown]>([
    ['equality', { s: 'a' }, [['s', 'a', 'a']]],
    [
      'null takes missing values',
      { s: null },
      [
        ['s', undefined, undefined],
        ['s', null, null],
      ],
    ],
    ['a range stays within its type', { s: { $gte: 'a' } }, [['s', 'a', {}]]],
    ['a fixed beginning of a pattern', { s: { $regex: '^off' } }, [['s', 'off', 'ofg']]],
    [
      '$in',
      { s: { $in: ['b', 'a', 'b'] } },
      [
        ['s', 'a', 'a'],
        ['s', 'b', 'b'],
      ],
    ],
    [
      '$and',
      { $and: [{ s: 'a' }, { t: 'b' }] },
      [
        ['s', 'a', 'a'],
        ['t', 'b', 'b'],
      ],
    ],
    ['$elemMatch on values', { s: { $elemMatch: { $gte: 'a', $lt: 'c' } } }, [['s', 'a', 'c']]],
    ['$elemMatch on fields', { s: { $elemMatch: { k: 'a' } } }, [['s.k', 'a', 'a']]],
    ['negation offers nothing', { s: { $ne: 'a' } }, []],
  ])('%s', (_name, filter, expected) => {
    const { conditions } = sargable(compileFilter(filter).node);
    const ofValues = ({ lower }: Interval) => !(lower instanceof BSONRegExp);
    const shown = conditions.flatMap(({ path, intervals }) =>
      intervals.filter(ofValues).map(({ lower, upper }) => [path, lower, upper]),
    );
    expect(shown).toEqual(expected);
  });
});
