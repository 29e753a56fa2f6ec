import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { compileFilter } from '../../../store/embedded/engine/filter.ts';
import { acceptedAsMarkdown, FILTER_OPERATORS } from '../../../store/embedded/server/accepted.ts';
import { expressionOptions } from '../../../store/embedded/server/query/expressions.ts';

const PAGE = new URL('../../../docs/store.md', import.meta.url);
const SECTION = /(<!-- accepted:[^>]*-->\n)[\s\S]*(<!-- \/accepted -->)/;

describe('docs/store.md', () => {
  test('lists exactly what the code accepts', async () => {
    const page = await readFile(PAGE, 'utf8');
    const wanted = page.replace(
      SECTION,
      (_, before: string, after: string) => `${before}\n${acceptedAsMarkdown()}\n\n${after}`,
    );
    if (process.env.UPDATE_DOCS === '1') await writeFile(PAGE, wanted);
    else expect(page).toBe(wanted);
  });
});

describe('filters', () => {
  const options = expressionOptions(undefined, new Date('2026-11-23T02:00:00Z'));

  test.for(Object.entries(FILTER_OPERATORS))('%s is accepted', ([, filter]) => {
    expect(compileFilter(filter, options).node).toBeDefined();
  });

  test.for(['$where', '$text', '$near', '$geoWithin', '$jsonSchema', '$sampleRate'])('%s is refused', (operator) => {
    expect(() => compileFilter({ [operator]: 1 }, options)).toThrow(expect.objectContaining({ code: 2 }));
    expect(() => compileFilter({ a: { [operator]: 1 } }, options)).toThrow(expect.objectContaining({ code: 2 }));
  });
});
