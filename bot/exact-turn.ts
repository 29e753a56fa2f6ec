import type { InboundFile } from '../channels/channel.ts';
import type { Reader } from '../recruiting/unit/reader.ts';
import type { AnyCommand } from './command.ts';
import type { KeptTurn } from './dialogue/open-question.ts';
import { COMMANDS_OF } from './orders/commands-of.ts';
import { hasPronoun } from './orders/people.ts';
import { GUESS, isRefused } from './orders/plan-orders.ts';
import type { Reading } from './orders/reading.ts';
import { refusalOf } from './refusal.ts';
import { leftoverReply } from './replies/not-understood.ts';
import type { Lang } from './replies/said.ts';
import { settledTurn } from './settle-turn.ts';
import type { PlanContext, Turn } from './turn.ts';
import { SURE } from './understand/decide.ts';
import { detectLanguage } from './understand/detect-language.ts';
import { findCommand } from './understand/find-command.ts';
import type { Frame, Piece } from './understand/frame.ts';
import { Line } from './understand/line.ts';
import { readArguments } from './understand/read-arguments.ts';
import { findModifiers } from './understand/staff/find-cues.ts';
import { clausesOf } from './understand/text/clauses.ts';
import { foldLine } from './understand/text/marked-text.ts';

/** A message as the exact syntax of commands reads it. */
export interface ExactReading {
  command: AnyCommand;
  kept: KeptTurn;
  /** The words without the command's own. */
  rest: string;
  lang: Lang;
  /** It began otherwise than with words: a file, a pasted table. */
  started: boolean;
  /** The command's word stands at the beginning. */
  leads: boolean;
  leftover: string[];
  /** Words were taken for a name that nobody bears. */
  guessed: boolean;
  /** A free text took what was left of the line. */
  swallowed: boolean;
  /** Some free text stands behind its label (原因, 欣賞). */
  labelled: boolean;
  /** Nothing of it fell to a free text, which would hold any words: every word is accounted for. */
  everyWordKnown: boolean;
}

/** Reads a message by the exact syntax; undefined when no command's word stands where one may. Only reads. */
export async function readExact(
  text: string,
  files: readonly InboundFile[],
  context: PlanContext,
): Promise<ExactReading | undefined> {
  const word = findCommand(new Line(text), context.words);
  const begun =
    !word?.leads && context.conversation.kind === 'direct'
      ? context.commands.find((command) => command.startsFrom?.({ text, files }))
      : undefined;
  const found = begun ? undefined : word;
  const command = begun ?? found?.command;
  if (!command) return undefined;
  const line = new Line(command.startsFrom ? [text, ...files.map(wordsOfName)].join(' ').trim() : text);
  if (found) line.claim(found.start, found.end);
  const rest = found ? `${line.text.slice(0, found.start)} ${line.text.slice(found.end)}`.trim() : line.text;
  const keeping = (frame: Frame): KeptTurn => ({
    frame,
    files: files.map(({ name, downloadCode }) => ({ name, downloadCode })),
    pieceIndex: null,
  });
  const read = { command, rest, started: begun !== undefined, leads: found?.leads ?? false };
  if (begun && Object.keys(command.takes).length === 0) {
    const lang = detectLanguage(text, undefined, text);
    const frame: Frame = { command: command.name, args: {}, leftover: [], lang };
    return {
      ...read,
      kept: keeping(frame),
      lang,
      leftover: [],
      guessed: false,
      swallowed: false,
      labelled: false,
      everyWordKnown: true,
    };
  }
  const arguments_ = await readArguments(line, command, readingContext(context));
  const { leftover } = arguments_;
  const args = begun && files.length > 0 ? withoutGuesses(arguments_.args, command) : arguments_.args;
  const lang = detectLanguage(text, found, line.open);
  const guessed = Object.entries(args).some(
    ([name, pieces]) =>
      ['application', 'candidate'].includes(command.takes[name]?.kind ?? '') &&
      pieces.some((piece) => 'typed' in piece && !('ids' in piece) && !/^[ACR]\d+$/.test(piece.typed)),
  );
  const takesText = Object.entries(args).some(([name]) => command.takes[name]?.kind === 'text');
  return {
    ...read,
    kept: keeping({ command: command.name, args, leftover, lang }),
    lang,
    leftover: command.readsText ? [] : leftover,
    guessed,
    swallowed: takesText,
    labelled: usesLabels(command, text),
    everyWordKnown: !guessed && !takesText,
  };
}

function usesLabels({ takes }: AnyCommand, text: string): boolean {
  const labels = Object.values(takes).flatMap(({ kind, labels: own }) => (kind === 'text' ? (own ?? []) : []));
  const folded = foldLine(text);
  return labels.some((label) => folded.includes(foldLine(label)));
}

/** Goes on with an exact reading; what is not understood of it is said, and nothing is done. */
export async function exactTurn(exact: ExactReading, context: PlanContext): Promise<Turn> {
  const { command, kept, rest, lang, leftover } = exact;
  const refusal = await refusalOf(command, context);
  if (refusal) return { act: 'say', reply: { text: refusal }, lang };
  if (leftover.length > 0) return { act: 'say', reply: leftoverReply(leftover, command, lang), lang };
  return settledTurn(command, kept, false, context, rest);
}

/**
 * Whether the exact reading needs no second look: the command stands at the beginning, every word of the line is
 * accounted for, and none of them negates, supposes, quotes or asks.
 */
export function isBeyondDoubt(exact: ExactReading, text: string): boolean {
  if (exact.started) return true;
  if (!exact.leads || exact.leftover.length > 0 || !exact.everyWordKnown || meansSomebody(exact, text)) return false;
  if (exact.command.readsOnly) return true;
  const folded = foldLine(text);
  return !/[?？]/.test(folded) && findModifiers(folded, clausesOf(folded)).length === 0;
}

/** 批佢: a command that nobody is named for, with a word that stands for somebody. */
export function meansSomebody({ command, kept }: ExactReading, text: string): boolean {
  const people = Object.entries(command.takes).filter(([, { kind }]) => kind === 'application' || kind === 'candidate');
  return people.length > 0 && people.every(([name]) => !kept.frame.args[name]?.length) && hasPronoun(foldLine(text));
}

/** Readings that order nothing. */
const TALK: ReadonlySet<string> = new Set(['smalltalk', 'unknown']);

/**
 * Whether free language contradicts an exact reading whose free text may have swallowed what matters: another order it is
 * sure of, several orders, a ground that may not count, words that negate, suppose or quote.
 */
export function contradicts(reading: Reading, exact: ExactReading): boolean {
  const { command, leads } = exact;
  const { frames, modifiers } = reading;
  if (frames.some(isRefused)) return true;
  const sure = frames.filter(({ intent, confidence }) => !TALK.has(intent) && confidence >= SURE);
  const orders = frames.filter(({ intent, confidence, who }) => {
    return !TALK.has(intent) && (confidence >= SURE || (confidence >= GUESS && who.length > 0));
  });
  if (orders.length > 1) return true;
  const isSame = (intent: string): boolean => COMMANDS_OF[intent]?.includes(command.name) === true;
  if (frames.some(({ intent }) => isSame(intent))) return false;
  const hasCounterpart = Object.values(COMMANDS_OF).some((names) => names.includes(command.name));
  // Commands that free language does not know keep their own words, unless a surer order names somebody; a note may hold any.
  if (!hasCounterpart) return sure.some(({ who }) => !leads || (who.length > 0 && onlyText(exact)));
  if (sure.length > 0) return true;
  if (!leads) return frames.some(({ intent }) => !TALK.has(intent)) || modifiers.size > 0;
  if (command.name === 'note') return false;
  return (
    frames.some(({ entities }) => entities.needs?.includes('intent')) || (!command.readsOnly && modifiers.size > 0)
  );
}

/** Nothing but free text was found: any line would do. */
const onlyText = ({ command, kept }: ExactReading): boolean =>
  Object.keys(kept.frame.args).every((name) => command.takes[name]?.kind === 'text');

/** In a file's name unknown words are no person (scan001.pdf): then the robot asks whose it is. */
function withoutGuesses(args: Frame['args'], command: AnyCommand): Frame['args'] {
  const isGuess = (name: string, piece: Piece): boolean =>
    ['application', 'candidate'].includes(command.takes[name]?.kind ?? '') &&
    'typed' in piece &&
    !('ids' in piece) &&
    !/^[AC]\d+$/.test(piece.typed);
  return Object.fromEntries(
    Object.entries(args).map(([name, pieces]) => [name, pieces.filter((piece) => !isGuess(name, piece))]),
  );
}

/** The words of a file's name: who a CV belongs to often stands only there. */
function wordsOfName({ name }: InboundFile): string {
  return name.replace(/\.[a-z0-9]+$/i, '').replace(/[_\-+.]+/g, ' ');
}

/** What reading arguments needs of the context. */
export const readingContext = ({
  reader,
  now,
  asker,
}: PlanContext): { reader: Reader; now: Date; askerId: string } => ({ reader, now, askerId: asker._id });
