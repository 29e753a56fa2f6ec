import type { InboundFile } from '../channels/channel.ts';
import type { StaffRecord } from '../models/staff.model.ts';
import { answerTurn } from './dialogue/answer-question.ts';
import { isNo, isYes } from './dialogue/answers.ts';
import { correctedAct } from './dialogue/correct-last-act.ts';
import { keptTurn } from './dialogue/open-question.ts';
import { spokenLanguage } from './dialogue/spoken-language.ts';
import { contradicts, type ExactReading, exactTurn, isBeyondDoubt, meansSomebody, readExact } from './exact-turn.ts';
import { guessedName } from './orders/people.ts';
import { GUESS, planOrders } from './orders/plan-orders.ts';
import { loadSpokenOf, type Reading, readMessage, withProposal } from './orders/reading.ts';
import { turnOfOrder } from './orders/turn-of-order.ts';
import { ABOUT_READINGS } from './readings/keep-heard.ts';
import { refusalOf } from './refusal.ts';
import { didNotUnderstand, leftoverReply, notYours } from './replies/not-understood.ts';
import { inLanguage, say } from './replies/said.ts';
import { AWAITED_FILE, settledTurn } from './settle-turn.ts';
import type { PlanContext, Turn } from './turn.ts';
import { SURE } from './understand/decide.ts';
import { detectLanguage } from './understand/detect-language.ts';
import { foldedPattern, foldLine } from './understand/text/marked-text.ts';

/**
 * Decides what a message means: the answer to an open question; a command in its exact form, when that accounts for the
 * whole line and free language does not contradict it; else what free language makes of it. Only reads.
 */
export async function planTurn(text: string, files: readonly InboundFile[], context: PlanContext): Promise<Turn> {
  const { dialogue } = context;
  if (dialogue?.argument === AWAITED_FILE && context.now < dialogue.expiresAt) {
    const command = context.commands.find(({ name }) => name === dialogue.command);
    if (command && !command.needsFile?.({ text, files })) {
      const kept = { ...keptTurn(dialogue), files: files.map(({ name, downloadCode }) => ({ name, downloadCode })) };
      const turn = await settledTurn(command, kept, false, context, text);
      return turn.act === 'run' ? { ...turn, answers: true } : turn;
    }
  }
  let read: Promise<Reading> | undefined;
  const readFree = (): Promise<Reading> => {
    read ??= readingOf(text, context);
    return read;
  };
  const answer = dialogue && files.length === 0 ? await answerTurn(text, dialogue, context, readFree) : null;
  if (answer) return answer;
  const corrected = files.length === 0 ? await correctedAct(text, context, readFree) : undefined;
  if (corrected) return corrected;
  const exact = await inSpokenLanguage(await readExact(text, files, context), text, context);
  const aboutReadings = exact?.leads && ABOUT_READINGS.has(exact.command.name);
  if (exact && (files.length > 0 || aboutReadings || isBeyondDoubt(exact, text))) {
    noteCommand(context, exact, text);
    return exactTurn(exact, context);
  }
  if (isYes(text) || isNo(text) || /^[\p{P}\p{S}\d\s]*$/u.test(text)) {
    const lang = await spokenLanguage(text, detectLanguage(text, undefined, text), context);
    const asked = isYes(text) || isNo(text) ? await askedInstead(context) : undefined;
    const reply = asked ? { text: notYours(asked) } : didNotUnderstand(text, context.asker, context.commands);
    return { act: 'say', reply, lang };
  }
  const reading = await readFree();
  if (context.heard) context.heard.reading = reading;
  const isName = !exact?.guessed || guessedName(reading) !== undefined;
  const isWhole = exact?.leftover.length === 0 && isName;
  if (exact && isWhole && !saysMore(reading, exact, text) && !contradicts(reading, exact)) {
    noteCommand(context, exact, text);
    return exactTurn(exact, context);
  }
  return freeTurn(reading, exact, context);
}

/**
 * Free language reads the same order and knows more of it: whom a pronoun or a word that is no name means, a condition, which
 * words of the rest are the reason.
 */
function saysMore({ frames }: Reading, exact: ExactReading, text: string): boolean {
  const [frame] = frames;
  if (!frame || frame.confidence < GUESS) return false;
  const orders = !['unknown', 'smalltalk', 'help'].includes(frame.intent);
  // 唔好再約佢: whom a pronoun means counts, whichever of the two orders it is.
  if (orders && meansSomebody(exact, text)) return true;
  if (frame.intent !== exact.command.name) return false;
  if (exact.guessed || frame.entities.condition !== undefined) return true;
  // Around a word in the middle of the line the free text holds more than the reason or note.
  const words = frame.entities.reason ?? frame.entities.note;
  return frame.confidence >= SURE && exact.swallowed && !exact.leads && !exact.labelled && words !== undefined;
}

/** A command in its exact form was read as that command; what it says about readings is no reading itself. */
function noteCommand({ heard }: PlanContext, { command, kept }: ExactReading, text: string): void {
  if (!heard) return;
  heard.exact = { command, args: kept.frame.args, text };
  if (ABOUT_READINGS.has(command.name)) delete heard.reading;
}

async function readingOf(text: string, context: PlanContext): Promise<Reading> {
  const { reader, asker, now, conversation, settings } = context;
  const where = { conversationId: conversation.id, staffId: asker._id, now, pronounMinutes: settings.pronounMinutes };
  const reading = await readMessage(text, context, await loadSpokenOf(reader, where));
  return { ...reading, lang: await spokenLanguage(text, reading.lang, context) };
}

/** A command in the language the person has been speaking, when its words belong to none. */
async function inSpokenLanguage(
  exact: ExactReading | undefined,
  text: string,
  context: PlanContext,
): Promise<ExactReading | undefined> {
  if (!exact) return undefined;
  const lang = await spokenLanguage(text, exact.lang, context);
  return { ...exact, lang, kept: { ...exact.kept, frame: { ...exact.kept.frame, lang } } };
}

/** Somebody else who is being asked for a confirmation in this group: only they can give it. */
async function askedInstead({ reader, asker, conversation, now }: PlanContext): Promise<StaffRecord | undefined> {
  if (conversation.kind === 'direct') return undefined;
  const [open] = await reader.list(
    'dialogues',
    {
      conversationId: conversation.id,
      staffId: { $ne: asker._id },
      state: 'open',
      kind: 'confirm',
      expiresAt: { $gt: now },
    },
    { sort: { askedAt: -1 }, limit: 1 },
  );
  return open ? ((await reader.get('staff', open.staffId)) ?? undefined) : undefined;
}

/** Acts on what free language makes of a message. */
async function freeTurn(read: Reading, exact: ExactReading | undefined, context: PlanContext): Promise<Turn> {
  // The exact syntax agrees with the rules; what a model proposes is never taken for proof.
  const agreed =
    exact !== undefined &&
    read.frames.length === 1 &&
    exact.leftover.length === 0 &&
    exact.command.name === read.frames[0]?.intent;
  const reading = agreed ? read : await proposedReading(read, context);
  const { lang, frames } = reading;
  const silent = frames.every(({ intent, confidence, entities }) => {
    return intent === 'unknown' && confidence === 0 && !entities.needs?.length;
  });
  if (exact && silent && exact.leftover.length > 0 && reading.modifiers.size === 0) {
    return { act: 'say', reply: leftoverReply(exact.leftover, exact.command, exact.lang), lang: exact.lang };
  }
  if (!frames.every(({ intent }) => ['unknown', 'smalltalk', 'help'].includes(intent))) {
    const refusal = await refusedHere(context);
    if (refusal) return { act: 'say', reply: { text: refusal }, lang };
  }
  const unread =
    exact !== undefined && frames.length === 1 && frames[0] && ALL_WORDS_COUNT.has(frames[0].intent)
      ? unreadWords(exact, reading)
      : [];
  const orders = (await planOrders(reading, { ...context, agreed })).map((order) =>
    order.kind === 'command' && unread.length > 0
      ? { ...order, mustConfirm: true, remarks: [...order.remarks, unreadRemark(unread, lang)] }
      : order,
  );
  const [first, ...others] = orders;
  if (first && others.length === 0) return turnOfOrder(first, context, lang);
  return { act: 'several', orders, lang };
}

/** Asks the optional model where the rules are unsure; not where orders are not heard anyway. */
async function proposedReading(reading: Reading, context: PlanContext): Promise<Reading> {
  if (!context.model || (await refusedHere(context))) return reading;
  const proposed = await withProposal(reading, context.model);
  if (context.heard) context.heard.reading = proposed;
  return proposed;
}

/** Free language is heard where commands are: in the 1:1 chat and in the HR group. */
async function refusedHere(context: PlanContext): Promise<Awaited<ReturnType<typeof refusalOf>>> {
  if (context.conversation.kind === 'direct') return undefined;
  const status = context.commands.find(({ name }) => name === 'status');
  return status ? refusalOf(status, context) : undefined;
}

/** Orders in which a word that is not understood may change what is meant: whom, when, where, with whom. */
const ALL_WORDS_COUNT: ReadonlySet<string> = new Set([
  'shortlist',
  'schedule',
  'reschedule',
  'assign_store',
  'no_show',
  'resume_nudges',
]);

/** English words that carry nothing beside an order. */
const HARMLESS =
  /(?<![a-z])(?:\d(?:nd|rd|th)|second|third|final|round|intv|interview|panel|with|for|and|the|at|on|in|pls|please|thanks|can|you|to|a|an|his|her|him|them)(?![a-z])/gi;
/** The same in Chinese, beside an appointment: 約Kelly見工吖. */
const HARMLESS_CHINESE = foldedPattern('見工|見面|面試|面談|[見個呀啊啦喇囉喎吖嘅吓]', 'gu');
/** Beside a shortlisting praise is harmless; a question is not. */
const ASKS = /(\p{Script=Han})[唔不]\1|[嗎吗?？]|未$/u;

/** Words that the exact syntax could not place and that free language did not take up either. */
function unreadWords({ leftover }: ExactReading, { frames, marked, text }: Reading): string[] {
  const known = [
    ...marked.mentions.map(({ start, end }) => text.slice(start, end)),
    ...frames.flatMap(({ entities }) => Object.values(entities).flat()).filter((value) => typeof value === 'string'),
  ];
  const counts = frames[0]?.intent === 'shortlist' ? (words: string) => ASKS.test(words) : () => true;
  return leftover.filter((words) => {
    const unknown = known.reduce((unread, part) => unread.replace(part, ' '), words).replace(HARMLESS, ' ');
    const rest = foldLine(unknown).replace(HARMLESS_CHINESE, ' ');
    return counts(words) && [...rest.replaceAll(/[\s\p{P}\p{S}]/gu, '')].length >= 3;
  });
}

function unreadRemark(words: readonly string[], lang: Turn['lang']): string {
  const unread = words.join(lang === 'en' ? '", "' : '」、「');
  return inLanguage(say(`我未明白「${unread}」。`, `I did not understand "${unread}".`), lang);
}
