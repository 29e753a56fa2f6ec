import type { ReadingModel } from '../../channels/channel.ts';
import { isTypedSimplified } from '../../hongkong/chinese-text.ts';
import type { StaffRecord } from '../../models/staff.model.ts';
import type { Reader } from '../../recruiting/unit/reader.ts';
import type { Lang } from '../replies/said.ts';
import type { IntentFrame } from '../understand/intents.ts';
import { type Known, makeKnown } from '../understand/known.ts';
import { type FoundMentions, findMentions } from '../understand/mentions/find-mentions.ts';
import { proposeFrames } from '../understand/model/understand-with-model.ts';
import { findIntentCues, findModifiers } from '../understand/staff/find-cues.ts';
import { clausesOf } from '../understand/text/clauses.ts';
import type { MarkedText } from '../understand/text/marked-text.ts';
import { understand } from '../understand/understand.ts';
import { loadWorld } from '../understand/world/load-world.ts';
import type { References } from '../understand/world/references.ts';
import type { Utterance } from '../understand/world/world.ts';
import { splitOrders } from './split-orders.ts';

/** Who was spoken of in this conversation by this person, as far as it still counts. */
export interface SpokenOf {
  /** The last spoken of first. */
  candidateIds: readonly string[];
  /** Those spoken of last together. */
  last: readonly string[];
}

/** A message of a member of staff as it was understood. */
export interface Reading {
  /** As typed, with numbers (A1003) replaced; places are the same. */
  text: string;
  /** Puts numbers back into what was cut out of the text. */
  restore(text: string): string;
  references: References;
  known: Known;
  utterance: Utterance;
  frames: readonly IntentFrame[];
  found: FoundMentions;
  marked: MarkedText;
  /** Kinds of words that turn an order off: negated, hypothesis, quoted, later, asked. */
  modifiers: ReadonlySet<string>;
  /** Where something is said not to be done, in the text. */
  negations: readonly { start: number; end: number }[];
  lang: Lang;
  spokenOf: SpokenOf;
}

/** Understands a message of free language against the part of the company that it can mean. Only reads. */
export async function readMessage(
  typed: string,
  context: {
    reader: Reader;
    asker: StaffRecord;
    now: Date;
    conversation: { kind: 'direct' | 'group' };
  },
  spokenOf: SpokenOf,
): Promise<Reading> {
  const { reader, asker, now, conversation } = context;
  const recentCandidateIds = spokenOf.candidateIds;
  const { world, references } = await loadWorld(reader, { text: typed, asker, now, recentCandidateIds });
  const known = makeKnown(world);
  const { text } = references;
  const utterance: Utterance = {
    text,
    channel: conversation.kind,
    role: roleOf(asker),
    conversation: { recentCandidateIds },
  };
  const { text: marked, found } = findMentions(text, known, { recentCandidateIds });
  const whole = understand(utterance, known).frames;
  const split = splitOrders(utterance, found, known);
  const frames = split && split.length >= whole.length ? split : whole;
  const clauses = clausesOf(marked.marked);
  // Words that hold a negation mean what they say: 唔好請 is a reject.
  const cues = findIntentCues(marked.marked, clauses);
  const modifiers = findModifiers(marked.marked, clauses).filter(
    ({ line, start, end }) => line.meaning !== 'negated' || !cues.some((cue) => cue.start <= start && cue.end >= end),
  );
  return {
    text,
    restore: references.restore,
    references,
    known,
    utterance,
    frames,
    found,
    marked,
    modifiers: new Set(modifiers.map(({ line }) => line.meaning)),
    negations: modifiers
      .filter(({ line }) => line.meaning === 'negated')
      .map(({ start, end }) => ({ start: marked.place(start), end: marked.place(end) })),
    lang: languageOf(text, found),
    spokenOf,
  };
}

/** The reading with what a model proposes where the rules are unsure; else the same reading. */
export async function withProposal(reading: Reading, model: ReadingModel): Promise<Reading> {
  const { frames, utterance, known } = reading;
  const proposed = await proposeFrames(frames, utterance, known, model);
  return proposed ? { ...reading, frames: proposed } : reading;
}

/** HR, or a manager: who may mean what by an order. */
export function roleOf({ roles }: Pick<StaffRecord, 'roles'>): 'hr' | 'manager' {
  return roles.some((role) => ['recruiter', 'hr_manager', 'hr_director'].includes(role)) ? 'hr' : 'manager';
}

/** Who 「佢」 is for a person in a conversation; nobody when it was too long ago. */
export async function loadSpokenOf(
  reader: Reader,
  where: { conversationId: string; staffId: string; now: Date; pronounMinutes: number },
): Promise<SpokenOf> {
  const record = await reader.get('spokenOf', spokenOfId(where.conversationId, where.staffId));
  if (!record || where.now.getTime() - record.at.getTime() >= where.pronounMinutes * 60_000) {
    return { candidateIds: [], last: [] };
  }
  return { candidateIds: record.candidateIds, last: record.candidateIds.slice(0, record.together) };
}

export const spokenOfId = (conversationId: string, staffId: string): string => `${conversationId}|${staffId}`;

/** English when nothing but names, places and jobs is Chinese; Simplified when a character of it is. */
function languageOf(text: string, { people, places, jobs }: FoundMentions): Lang {
  if (isTypedSimplified(text)) return 'hans';
  let rest = text;
  for (const { start, end } of [...people.filter(({ kind }) => kind !== 'ref'), ...places, ...jobs]) {
    rest = rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end);
  }
  if (/\p{Script=Han}/u.test(rest)) return 'hant';
  return /[A-Za-z]{2}/.test(rest) ? 'en' : 'hant';
}
