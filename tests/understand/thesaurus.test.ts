import { describe, expect, test } from 'vitest';
import { groupsIn, readThesaurus } from '../../bot/understand/lexicon/thesaurus.ts';
import { foldLine } from '../../bot/understand/text/marked-text.ts';

const groups = (text: string): string[][] => groupsIn(foldLine(text));

const LINES = readThesaurus();

describe('the thesaurus', () => {
  test.for(LINES)('$place: every word of $group is found as one', ({ group, words }) => {
    for (const word of words) expect(groups(word).flat(), word).toContain(group);
  });

  test('no word stands twice in a group', () => {
    const seen = new Set<string>();
    for (const { group, words, place } of LINES) {
      for (const word of words) {
        const key = `${group}: ${word.toLowerCase()}`;
        expect(seen, place).not.toContain(key);
        seen.add(key);
      }
    }
  });

  test('the same wish in several languages is the same groups', () => {
    expect(groups('唔使嚟')).toEqual([expect.arrayContaining(['needless']), expect.arrayContaining(['come'])]);
    expect(groups('不必来')).toEqual([expect.arrayContaining(['needless']), expect.arrayContaining(['come'])]);
    expect(groups('no need to come')).toEqual([expect.arrayContaining(['needless']), expect.arrayContaining(['come'])]);
  });
});
