import { foldForMatching } from '../../hongkong/chinese-text.ts';
import type { AnyCommand } from '../command.ts';
import { toSimplified } from '../replies/said.ts';
import type { Line } from './line.ts';

/** A command word found in a line. */
export interface FoundCommand {
  command: AnyCommand;
  start: number;
  end: number;
  /** The line begins with it, courtesies apart. */
  leads: boolean;
  /** The word is English: the person probably reads English best. */
  english: boolean;
}

interface Alias {
  folded: string;
  command: AnyCommand;
  english: boolean;
}

/** The words that begin commands, longest first. */
export type CommandWords = readonly Alias[];

/** @throws Error when two commands share a word */
export function commandWords(commands: readonly AnyCommand[]): CommandWords {
  const words = new Map<string, Alias>();
  for (const command of commands) {
    const add = (typed: string, english: boolean): void => {
      const folded = foldForMatching(typed);
      const other = words.get(folded);
      if (other && other.command !== command) {
        throw new Error(`${typed} begins both ${other.command.name} and ${command.name}`);
      }
      words.set(folded, { folded, command, english });
    };
    for (const alias of command.aliases.hant) {
      add(alias, false);
      // Word for word, not only character for character: 備註 is 备注.
      add(toSimplified(alias), false);
    }
    for (const alias of command.aliases.en) add(alias, true);
  }
  return [...words.values()].sort((a, b) => b.folded.length - a.folded.length);
}

/** Courtesies that may stand before a command. */
const COURTESY =
  /^(?:(?:唔該晒?|麻[煩烦]你?|[請请]你?|幫我|帮我|幫手|pls|please|plz|hi|hello|hey|你好|can you|could you)[\s,，!！]*)+/;

/**
 * The command a line is about: its word stands at the beginning (入圍陳家欣), alone between spaces, or at
 * the end (陳家欣入圍). English words end where the word ends.
 */
export function findCommand(line: Line, words: CommandWords): FoundCommand | undefined {
  const text = line.folded;
  // First as it stands: 請人 is a command, 請 alone a courtesy.
  for (const from of new Set([0, COURTESY.exec(text)?.[0].length ?? 0])) {
    for (const { folded, command, english } of words) {
      if (text.startsWith(folded, from) && endsCleanly(text, from + folded.length, folded)) {
        return { command, start: 0, end: from + folded.length, leads: true, english };
      }
    }
  }
  if (text.includes('\n')) return undefined;
  for (const { folded, command, english } of words) {
    const at = standsAlone(text, folded);
    if (at >= 0) return { command, start: at, end: at + folded.length, leads: false, english };
  }
  return atTheEnd(text, words);
}

/**
 * 陳家欣入圍: the word closes the line without a space. Only for commands without free text: there whatever else stands
 * before it (唔使, 未) is noticed and stops the act.
 */
function atTheEnd(text: string, words: CommandWords): FoundCommand | undefined {
  const closed = text.replace(/[\s!！。.啦喇吧呀]+$/u, '');
  for (const { folded, command, english } of words) {
    const takesText = Object.values(command.takes).some(({ kind, labelled }) => kind === 'text' && !labelled);
    if (english || takesText || [...folded].length < 2 || WORD.test(folded) || !closed.endsWith(folded)) continue;
    return { command, start: closed.length - folded.length, end: closed.length, leads: false, english };
  }
  return undefined;
}

const WORD = /[\p{Script=Latin}\p{Nd}]/u;

function endsCleanly(text: string, end: number, word: string): boolean {
  return !(WORD.test(word.at(-1) ?? '') && WORD.test(text[end] ?? ' '));
}

function standsAlone(text: string, word: string): number {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const before = text[at - 1] ?? ' ';
    const after = text[at + word.length] ?? ' ';
    if (/[\s,，:：]/.test(before) && /[\s,，:：!！]/.test(after)) return at;
  }
  return -1;
}
