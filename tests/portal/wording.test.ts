import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { allWords } from '../../portal/words.ts';
import { template } from '../../recruiting/message/compose-message.ts';
import { lintWords } from '../../templates/linter/etiquette.ts';
import { TEMPLATE_IDS } from '../../templates/template-ids.ts';

const PAGES = new URL('../../portal/pages/', import.meta.url);
/** Spoken Cantonese has no place in what an employer writes. */
const CANTONESE = /[嘅咗喺唔冇嚟哋啲嘢咁㗎俾畀]/u;

/** What a reader sees of a page: no tags, no placeholders. */
function visibleText(file: string): string {
  return readFileSync(new URL(file, PAGES), 'utf8')
    .replace(/\{\{[^}]*\}\}/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/《[^》]*》/g, ' ');
}

describe('the pages are written as Hong Kong writes', () => {
  test.for(readdirSync(PAGES))('%s', (file) => {
    expect(lintWords(visibleText(file))).toEqual([]);
    expect(visibleText(file)).not.toMatch(CANTONESE);
  });

  test.for([...allWords()])('%s', ([, text]) => {
    expect(lintWords(text)).toEqual([]);
    expect(text).not.toMatch(CANTONESE);
  });
});

test('buttons are called on the page what the messages call them', () => {
  const words = allWords();
  for (const id of TEMPLATE_IDS) {
    for (const button of template(id)?.buttons ?? []) expect(words.get(`button.${button.id}`)).toBe(button.label);
  }
});

test('the statement says what the law and fairness ask for', () => {
  const statement = visibleText('pics.hbs');
  for (const topic of [
    '我們保存甚麼',
    '為何記錄您到訪專頁',
    '用途',
    '必須及自願提供',
    '誰會看到',
    '資料存放在哪裏',
    '保存多久',
    '查閱及改正的權利',
    '40日',
  ]) {
    expect(statement).toContain(topic);
  }
});
