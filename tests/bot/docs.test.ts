import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { COMMANDS } from '../../bot/commands/index.ts';
import { commandsPage } from '../../bot/docs.ts';

const page = new URL('../../docs/commands.md', import.meta.url);

test('docs/commands.md is what the command declarations say', () => {
  if (process.env.UPDATE) writeFileSync(page, commandsPage());
  expect(readFileSync(page, 'utf8')).toBe(commandsPage());
});

test('every command has words in Chinese and English, an example, and says what it changes', () => {
  for (const command of COMMANDS) {
    expect(command.aliases.hant.length, command.name).toBeGreaterThan(0);
    expect(command.aliases.en.length, command.name).toBeGreaterThan(0);
    expect(command.examples.length, command.name).toBeGreaterThan(0);
    expect(command.changes, command.name).toMatch(/\w{3}/);
    expect(
      new Set(Object.values(command.takes).filter(({ kind, labelled }) => kind === 'text' && !labelled)).size,
      command.name,
    ).toBeLessThanOrEqual(1);
  }
});
