import type { InboundFile } from '../channels/channel.ts';
import type { DialogueRecord } from '../models/dialogue.model.ts';
import type { StaffRecord } from '../models/staff.model.ts';
import type { Reader } from '../recruiting/unit/reader.ts';
import type { AnyCommand } from './command.ts';
import { isNo, isYes, pickedOption } from './dialogue/answers.ts';
import { type KeptTurn, keptTurn, type Question } from './dialogue/open-question.ts';
import { refusalOf } from './refusal.ts';
import { didNotUnderstand, leftoverReply } from './replies/not-understood.ts';
import type { Reply } from './replies/reply.ts';
import { type Lang, say } from './replies/said.ts';
import { detectLanguage } from './understand/detect-language.ts';
import { type CommandWords, findCommand } from './understand/find-command.ts';
import type { Frame, Piece } from './understand/frame.ts';
import { clean } from './understand/hits.ts';
import { Line } from './understand/line.ts';
import { readArguments } from './understand/read-arguments.ts';
import { joinMoment, resolveArguments } from './understand/resolve-arguments.ts';

/** What a message comes to, before anything is done. */
export type Turn =
  | { act: 'say'; reply: Reply; lang: Lang }
  | { act: 'dismiss'; dialogue: DialogueRecord; lang: Lang }
  /** An answer that came too late. */
  | { act: 'expire'; lang: Lang }
  | { act: 'ask'; command: AnyCommand; question: Question; lang: Lang }
  | {
      act: 'run';
      command: AnyCommand;
      turn: KeptTurn;
      /** The person has seen what will happen and said yes. */
      confirmed: boolean;
      text: string;
      lang: Lang;
    };

/** What planning needs to know. */
export interface PlanContext {
  reader: Reader;
  asker: StaffRecord;
  now: Date;
  commands: readonly AnyCommand[];
  words: CommandWords;
  /** The question that is open between this person and the robot in this conversation. */
  dialogue: DialogueRecord | null;
  conversation: { id: string; kind: 'direct' | 'group' };
}

/** The name under which a question waits for a file instead of an argument. */
const AWAITED_FILE = '$file';

/** Decides what a message means: the answer to an open question, a command, or nothing that is understood. Only reads. */
export async function planTurn(text: string, files: readonly InboundFile[], context: PlanContext): Promise<Turn> {
  const { dialogue } = context;
  if (dialogue?.argument === AWAITED_FILE && context.now < dialogue.expiresAt) {
    const command = context.commands.find(({ name }) => name === dialogue.command);
    if (command && !command.needsFile?.({ text, files })) {
      const kept = { ...keptTurn(dialogue), files: files.map(({ name, downloadCode }) => ({ name, downloadCode })) };
      return settledTurn(command, kept, false, context, text);
    }
  }
  const answer = dialogue && files.length === 0 ? await answerTurn(text, dialogue, context) : null;
  return answer ?? commandTurn(text, files, context);
}

async function answerTurn(text: string, dialogue: DialogueRecord, context: PlanContext): Promise<Turn | null> {
  const kept = keptTurn(dialogue);
  const { lang } = kept.frame;
  const command = context.commands.find(({ name }) => name === dialogue.command);
  if (!command) return null;
  const says = isYes(text) || isNo(text) || pickedOption(text, dialogue.options) !== undefined;
  if (context.now >= dialogue.expiresAt) {
    if (!says) return null;
    return { act: 'expire', lang };
  }
  if (isNo(text)) return { act: 'dismiss', dialogue, lang };
  if (dialogue.kind === 'confirm') {
    return isYes(text) ? settledTurn(command, kept, true, context) : null;
  }
  return answerArgument(text, dialogue, command, context);
}

/** Goes on after 確認 on a card or in words. */
export async function confirmedTurn(dialogue: DialogueRecord, context: PlanContext): Promise<Turn | null> {
  const command = context.commands.find(({ name }) => name === dialogue.command);
  return command ? settledTurn(command, keptTurn(dialogue), true, context) : null;
}

/** Goes on with an answer to a question for an argument; null when the text is no answer to it. */
export async function answerArgument(
  text: string,
  dialogue: DialogueRecord,
  command: AnyCommand,
  context: PlanContext,
): Promise<Turn | null> {
  const kept = keptTurn(dialogue);
  const name = dialogue.argument ?? '';
  const argument = command.takes[name];
  if (!argument) return null;
  const picked = pickedOption(text, dialogue.options);
  let pieces: Piece[];
  if (picked) {
    pieces = [argument.kind === 'choice' ? { value: picked.id } : { id: picked.id }];
  } else if (argument.kind === 'text') {
    pieces = [{ value: clean(text) }];
  } else {
    if (findCommand(new Line(text), context.words)) return null;
    const line = new Line(text);
    const half = kept.frame.args[name]?.[kept.pieceIndex ?? 0];
    const moment = argument.kind === 'moment' ? joinMoment(half, line.text, context.now) : undefined;
    const only = { ...command, takes: { [name]: { ...argument, optional: false, labelled: false } } };
    const read = moment ? undefined : await readArguments(line, only, readingContext(context));
    pieces = moment ? [moment] : (read?.args[name] ?? []);
    if (pieces.length === 0) {
      if (dialogue.options.length === 0) return null;
      const again = say(
        '請回覆其中一個號碼或名稱，或「取消」。',
        'Please reply with one of the numbers or names, or "cancel".',
      );
      return { act: 'say', reply: { text: again }, lang: kept.frame.lang };
    }
  }
  const before = kept.frame.args[name] ?? [];
  const next =
    kept.pieceIndex === null
      ? [...before, ...pieces]
      : [...before.slice(0, kept.pieceIndex), ...pieces, ...before.slice(kept.pieceIndex + 1)];
  const frame: Frame = { ...kept.frame, args: { ...kept.frame.args, [name]: next } };
  return settledTurn(command, { ...kept, frame }, false, context);
}

async function settledTurn(
  command: AnyCommand,
  kept: KeptTurn,
  confirmed: boolean,
  context: PlanContext,
  text = '',
): Promise<Turn> {
  const { lang } = kept.frame;
  const refusal = await refusalOf(command, context);
  if (refusal) return { act: 'say', reply: { text: refusal }, lang };
  const resolution = await resolveArguments(kept.frame, command, context);
  if (resolution.outcome === 'refused') return { act: 'say', reply: { text: resolution.text }, lang };
  if (resolution.outcome === 'question') {
    const { argument, kind, options, pieceIndex, frame } = resolution;
    const question = { kind, argument, text: resolution.text, options, turn: { ...kept, frame, pieceIndex } };
    return { act: 'ask', command, question, lang };
  }
  const turn = { ...kept, frame: resolution.frame };
  const awaited = confirmed ? undefined : command.needsFile?.({ text, files: kept.files });
  if (awaited) {
    const question = { kind: 'ask' as const, argument: AWAITED_FILE, text: awaited, options: [], turn };
    return { act: 'ask', command, question, lang };
  }
  return { act: 'run', command, turn, confirmed, text, lang };
}

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

const readingContext = ({ reader, now, asker }: PlanContext): { reader: Reader; now: Date; askerId: string } => ({
  reader,
  now,
  askerId: asker._id,
});

async function commandTurn(text: string, files: readonly InboundFile[], context: PlanContext): Promise<Turn> {
  const word = findCommand(new Line(text), context.words);
  const started =
    !word?.leads && context.conversation.kind === 'direct'
      ? context.commands.find((command) => command.startsFrom?.({ text, files }))
      : undefined;
  const found = started ? undefined : word;
  const command = started ?? found?.command;
  const line = new Line(command?.startsFrom ? [text, ...files.map(wordsOfName)].join(' ').trim() : text);
  if (!command) {
    const lang = detectLanguage(text, undefined, text);
    return { act: 'say', reply: didNotUnderstand(text, context.asker, context.commands), lang };
  }
  const refusal = await refusalOf(command, context);
  if (refusal) return { act: 'say', reply: { text: refusal }, lang: detectLanguage(text, found, '') };
  if (found) line.claim(found.start, found.end);
  const kept = (frame: Frame): KeptTurn => ({
    frame,
    files: files.map(({ name, downloadCode }) => ({ name, downloadCode })),
    pieceIndex: null,
  });
  const rest = found ? `${line.text.slice(0, found.start)} ${line.text.slice(found.end)}`.trim() : line.text;
  if (started && Object.keys(command.takes).length === 0) {
    const lang = detectLanguage(text, undefined, text);
    return settledTurn(command, kept({ command: command.name, args: {}, leftover: [], lang }), false, context, rest);
  }
  const read = await readArguments(line, command, readingContext(context));
  const { leftover } = read;
  const args = started && files.length > 0 ? withoutGuesses(read.args, command) : read.args;
  const lang = detectLanguage(text, found, line.open);
  if (leftover.length > 0 && !command.readsText) {
    return { act: 'say', reply: leftoverReply(leftover, command, lang), lang };
  }
  return settledTurn(command, kept({ command: command.name, args, leftover, lang }), false, context, rest);
}
