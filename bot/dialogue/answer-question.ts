import { isLocalDate } from '../../hongkong/zone.ts';
import type { DialogueRecord } from '../../models/dialogue.model.ts';
import type { AnyCommand } from '../command.ts';
import { readingContext } from '../exact-turn.ts';
import { fragmentOf } from '../orders/fragment.ts';
import { GUESS } from '../orders/plan-orders.ts';
import { readReason } from '../orders/read-reason.ts';
import type { Reading } from '../orders/reading.ts';
import { ABOUT_READINGS } from '../readings/keep-heard.ts';
import { say } from '../replies/said.ts';
import { settledTurn } from '../settle-turn.ts';
import type { PlanContext, Turn } from '../turn.ts';
import { SURE } from '../understand/decide.ts';
import { findCommand } from '../understand/find-command.ts';
import type { Frame, Piece } from '../understand/frame.ts';
import { clean } from '../understand/hits.ts';
import { Line } from '../understand/line.ts';
import { readArguments } from '../understand/read-arguments.ts';
import type { Option } from '../understand/resolution.ts';
import { joinMoment } from '../understand/resolve-arguments.ts';
import { isNo, isWait, isYes, pickedOption } from './answers.ts';
import { completed, corrected } from './correction.ts';
import { keptTurn, stillOpen } from './open-question.ts';
import { questionSubject } from './question-subject.ts';
import { answerLanguage } from './spoken-language.ts';

/** Reads the message in free language; only when somebody needs it. */
export type ReadFree = () => Promise<Reading>;

/**
 * What a message means as the answer to the open question: a choice, a fragment (星期五), a correction (唔係,係Kelly); null
 * when it is something else. Something else that only asks leaves the question open; a new order drops it.
 */
export async function answerTurn(
  text: string,
  dialogue: DialogueRecord,
  context: PlanContext,
  readFree: ReadFree,
): Promise<Turn | null> {
  const before = keptTurn(dialogue);
  const picked = pickedOption(text, dialogue.options);
  const lang = picked ? before.frame.lang : answerLanguage(text, before.frame.lang);
  const kept = { ...before, frame: { ...before.frame, lang } };
  const command = context.commands.find(({ name }) => name === dialogue.command);
  if (!command) return null;
  const says = isYes(text) || isNo(text) || picked !== undefined;
  if (context.now >= dialogue.expiresAt) {
    if (!says) return null;
    return { act: 'expire', lang };
  }
  if (isNo(text)) return { act: 'dismiss', dialogue, lang };
  if (isWait(text)) {
    const subject = (await questionSubject(context.reader, kept.frame))?.text;
    return { act: 'say', reply: { text: stillOpen(dialogue.kind, subject) }, lang, aboutQuestion: true };
  }
  if (dialogue.kind === 'confirm' && isYes(text)) return answering(await settledTurn(command, kept, true, context));
  if (!says && !findCommand(new Line(text), context.words)?.leads) {
    const asksTime = ['moment', 'date'].includes(command.takes[dialogue.argument ?? '']?.kind ?? '');
    const fragments = dialogue.kind === 'confirm' ? 'any' : asksTime ? 'people' : 'none';
    const frame = await corrected(text, kept.frame, command, context, readFree, fragments);
    if (frame) {
      const turn = answering(await settledTurn(command, { ...kept, frame }, false, context));
      return turn.act === 'run' || turn.act === 'ask' ? { ...turn, corrects: true } : turn;
    }
  }
  if (dialogue.kind === 'confirm') return null;
  return answerArgument(text, { ...dialogue, args: { ...kept } }, command, context, readFree);
}

/** Goes on after 確認 on a card or in words. */
export async function confirmedTurn(dialogue: DialogueRecord, context: PlanContext): Promise<Turn | null> {
  const command = context.commands.find(({ name }) => name === dialogue.command);
  return command ? answering(await settledTurn(command, keptTurn(dialogue), true, context)) : null;
}

/** Goes on with an answer to a question for an argument; null when the text is no answer to it. */
export async function answerArgument(
  text: string,
  dialogue: DialogueRecord,
  command: AnyCommand,
  context: PlanContext,
  readFree?: ReadFree,
): Promise<Turn | null> {
  const kept = keptTurn(dialogue);
  const name = dialogue.argument ?? '';
  const argument = command.takes[name];
  if (!argument) return null;
  const picked = pickedOption(text, dialogue.options) ?? reasonPicked(text, dialogue);
  let pieces: Piece[];
  if (picked) {
    pieces = [argument.kind === 'choice' ? { value: picked.id } : { id: picked.id }];
  } else if (argument.kind === 'text') {
    const word = findCommand(new Line(text), context.words);
    if (word?.leads && ABOUT_READINGS.has(word.command.name)) return null;
    const reading = await readFree?.();
    if (reading && isSomethingElse(reading)) return null;
    pieces = [{ value: clean(text) }];
  } else {
    if (findCommand(new Line(text), context.words)) return null;
    const line = new Line(text);
    const half = kept.frame.args[name]?.[kept.pieceIndex ?? 0];
    const moment = argument.kind === 'moment' ? momentAnswer(half, line.text, context.now) : undefined;
    const only = { ...command, takes: { [name]: { ...argument, optional: false, labelled: false } } };
    const read = moment ? undefined : await readArguments(line, only, readingContext(context));
    // ok, where several are offered, is nobody's name.
    pieces = moment ? [moment] : isYes(text) ? [] : (read?.args[name] ?? []);
    // 聽日有邊個嚟見工 asks something, although a day stands in it.
    if (moment && readFree && isSentence(text) && !(await isBareAnswer(readFree))) {
      if (isSomethingElse(await readFree(), true)) return null;
    }
    // 唔使入圍陳家欣 names somebody but does not answer who is meant.
    if (!moment && (read?.leftover ?? []).join('').length > LOOSE_WORDS) return null;
    const guess = !moment && pieces.every((piece) => 'typed' in piece && !('ids' in piece));
    if (readFree && (guess || isLong(text)) && isSomethingElse(await readFree(), true)) return null;
    if (readFree && guess && (await readFree()).frames.every(({ intent }) => intent === 'smalltalk')) return null;
    if (guess && isLong(text)) return null;
    if (pieces.length === 0) {
      if (dialogue.options.length === 0) return null;
      if (readFree && isSomethingElse(await readFree(), true)) return null;
      const again = say(
        '請回覆其中一個號碼或名稱，或「取消」。',
        'Please reply with one of the numbers or names, or "cancel".',
      );
      return { act: 'say', reply: { text: again }, lang: kept.frame.lang, aboutQuestion: true };
    }
  }
  const before = kept.frame.args[name] ?? [];
  const next =
    kept.pieceIndex === null
      ? [...before, ...pieces]
      : [...before.slice(0, kept.pieceIndex), ...pieces, ...before.slice(kept.pieceIndex + 1)];
  const frame: Frame = { ...kept.frame, args: { ...kept.frame.args, [name]: next } };
  // Who answers a question that names act and person has seen both.
  const agreed = kept.named && (kept.remarks ?? []).length === 0;
  return answering(
    await settledTurn(command, { ...kept, frame, ...(agreed ? { mustConfirm: false } : {}) }, false, context),
  );
}

/** A turn that settles the open question. */
function answering(turn: Turn): Turn {
  return turn.act === 'run' || turn.act === 'ask' ? { ...turn, answers: true } : turn;
}

/** Whether nothing but names, times and places was typed. */
async function isBareAnswer(readFree: ReadFree): Promise<boolean> {
  return fragmentOf(await readFree()) !== undefined;
}

/** A reason told in somebody's own words (佢搵到工) as the one of the offered reasons that it comes to. */
function reasonPicked(text: string, { command, argument, options }: DialogueRecord): Option | undefined {
  if (argument !== 'why' || (command !== 'cancel' && command !== 'reschedule')) return undefined;
  const reason = readReason(text, command);
  return options.find(({ id }) => id === reason);
}

/** A day, a clock or both; what is missing of it is taken from what was understood before. */
function momentAnswer(before: Piece | undefined, text: string, now: Date): Piece | undefined {
  const hasDay = before !== undefined && 'typed' in before && isLocalDate(before.typed);
  const words = text.trim().replace(/^(\d{1,2})\s*[.．]\s*(\d{2})$/, '$1:$2');
  // 3: an hour, once the day is known.
  const joined = joinMoment(before, hasDay ? words.replace(/^(\d{1,2})$/, '$1點') : words, now);
  return joined ? completed(joined, before) : undefined;
}

/** An answer may be wrapped in so many further characters (係…呀). */
const LOOSE_WORDS = 3;
/** From here on a message is more than a fragment that answers. */
const isLong = (text: string): boolean => [...text.trim()].length > 10 && text.trim().split(/\s+/).join('').length > 8;
/** Long enough to say more than a time. */
const isSentence = (text: string): boolean => [...text.trim()].length > 5;
const TALK: ReadonlySet<string> = new Set(['smalltalk', 'unknown']);

/**
 * Whether a message, instead of answering, orders or asks something of its own. With free text every word might be the
 * answer: then only an order or question about somebody certain counts.
 */
function isSomethingElse({ frames }: Reading, whatever = false): boolean {
  return frames.some(({ intent, who, confidence, entities }) => {
    if (TALK.has(intent)) return false;
    if (whatever) return confidence >= GUESS;
    return confidence >= SURE && who.length === 1 && who[0]?.length === 1 && !entities.needs?.length;
  });
}
