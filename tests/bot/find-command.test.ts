import { describe, expect, test } from 'vitest';
import { defineCommand } from '../../bot/command.ts';
import { COMMANDS } from '../../bot/commands/index.ts';
import { say } from '../../bot/replies/said.ts';
import { commandWords, findCommand } from '../../bot/understand/find-command.ts';
import { Line, withoutMention } from '../../bot/understand/line.ts';

const words = commandWords(COMMANDS);
const found = (text: string): string | undefined =>
  findCommand(new Line(withoutMention(text, ['招聘助手'])), words)?.command.name;

describe('which command a line is about', () => {
  test.each([
    ['入圍 陳家欣', 'shortlist'],
    ['入圍陳家欣', 'shortlist'],
    ['＠招聘助手　入圍陳家欣', 'shortlist'],
    ['@招聘助手 入围 陈家欣', 'shortlist'],
    ['唔該入圍陳家欣', 'shortlist'],
    ['pls shortlist Kelly', 'shortlist'],
    ['SHORTLIST Kelly', 'shortlist'],
    ['/shortlist Kelly', 'shortlist'],
    ['陳家欣 入圍', 'shortlist'],
    ['陳家欣入圍', 'shortlist'],
    ['备注 陈家欣 识日文', 'note'],
    ['請人 店務員', 'open_requisition'],
    ['shortlisted', undefined],
    ['佢係咪入圍咗', undefined],
    ['陳家欣備註', undefined],
    ['午餐食咩好', undefined],
    ['', undefined],
  ])('%s', (text, expected) => expect(found(text)).toBe(expected));

  test('every word of every command begins that command', () => {
    for (const command of COMMANDS) {
      for (const alias of [...command.aliases.hant, ...command.aliases.en]) {
        expect(found(`${alias} A1003`), alias).toBe(command.name);
      }
    }
  });

  test('two commands cannot share a word, in whatever script or case', () => {
    const one = (name: string, word: string) =>
      defineCommand({
        name,
        aliases: { hant: [word], en: [name] },
        summary: say('', ''),
        usage: say('', ''),
        examples: [],
        changes: '',
        permission: 'use_robot',
        surface: 'any',
        takes: {},
        action: async () => ({ text: say('', '') }),
      });
    expect(() => commandWords([one('a', '備註'), one('b', '备注')])).toThrow(/begins both/);
  });

  test('a consequential command without a confirmation is no command', () => {
    expect(() =>
      defineCommand({
        name: 'x',
        aliases: { hant: ['甲'], en: ['x'] },
        summary: say('', ''),
        usage: say('', ''),
        examples: [],
        changes: '',
        permission: 'decide',
        surface: 'any',
        takes: {},
        consequential: true,
        action: async () => ({ text: say('', '') }),
      }),
    ).toThrow(/confirmation/);
  });
});
