import { describe, expect, test } from 'vitest';
import { makeKnown } from '../../bot/understand/known.ts';
import { type LexiconLine, readLexicon } from '../../bot/understand/lexicon/lexicon.ts';
import { compileWords } from '../../bot/understand/lexicon/pattern.ts';
import { findMentions } from '../../bot/understand/mentions/find-mentions.ts';
import { foldLine } from '../../bot/understand/text/marked-text.ts';
import { understand } from '../../bot/understand/understand.ts';
import { EXAMPLE_WORLD } from './example-world.ts';

const known = makeKnown(EXAMPLE_WORLD);
const labelled = (lines: readonly LexiconLine[]): [string, LexiconLine][] =>
  lines.map((line) => [`${line.place} ${line.words.slice(0, 40)}`, line]);

/** Whether the words of a line are found in its own example. */
function matches(line: LexiconLine): boolean {
  line.pattern.lastIndex = 0;
  return line.pattern.test(findMentions(line.example, known).text.marked);
}

describe('every line of the lexicon of orders', () => {
  test.each(labelled(readLexicon('staff')))('%s', (_place, line) => {
    expect(matches(line), `${line.words} is not in ${line.example}`).toBe(true);
    const { frames } = understand({ text: line.example, channel: 'group', role: 'manager' }, known);
    expect(frames.map(({ intent }) => intent)).toContain(line.meaning);
  });
});

describe('every line of the lexicon of modifiers', () => {
  test.each(labelled(readLexicon('staff-modifiers')))('%s', (_place, line) => {
    expect(matches(line), `${line.words} is not in ${line.example}`).toBe(true);
  });
});

describe('every line about how a call ended', () => {
  test.each(labelled(readLexicon('call-outcome')))('%s', (_place, line) => {
    expect(matches(line), `${line.words} is not in ${line.example}`).toBe(true);
    const { frames } = understand({ text: line.example, channel: 'direct', role: 'hr' }, known);
    expect(frames[0].entities.outcome).toBe(line.meaning);
  });
});

describe('the words of the lexicon', () => {
  test.each([
    ['cancel(led)?', 'she cancelled', true],
    ['cancel(led)?', 'cancellation', false],
    ['(推遲|延遲){length}', '推迟\ue005', true],
    ['on hold', 'put her on  hold', true],
    ['約…{when}', '約佢\ue004', true],
    ['約…{when}', '約佢,\ue004', false],
    ['^批', '批 但係', true],
    ['^批', '我批', false],
    ['{who}唔啱', '\ue001同\ue001唔啱', true],
  ])('%s in %s: %s', (words, text, found) => {
    expect(compileWords(words).test(foldLine(text))).toBe(found);
  });

  test.each(['{nobody}', '約{who', '(約', '[約'])('%s is refused', (words) => {
    expect(() => compileWords(words)).toThrow();
  });
});
