import type { ReadFrame } from '../../models/reading.model.ts';
import type { StaffRecord } from '../../models/staff.model.ts';
import { countCompliance, type MetCompliance } from '../../recruiting/compliance/count-compliance.ts';
import { keepReading } from '../../recruiting/reading/keep-reading.ts';
import type { Unit } from '../../recruiting/unit/unit.ts';
import { COMMANDS_OF } from '../orders/commands-of.ts';
import { guessedName, peopleOf } from '../orders/people.ts';
import { type Reading, roleOf } from '../orders/reading.ts';
import { decide } from '../understand/decide.ts';
import { type ComplianceFlag, type Entities, type IntentFrame, timeSchema } from '../understand/intents.ts';
import { anonymise, type NamedHere, withoutNumbers } from './anonymise.ts';
import type { Heard } from './heard.ts';

/** Where and by whom a message was written. */
export interface HeardWhere {
  itemId: string;
  conversation: { id: string; kind: 'direct' | 'group' };
  asker: StaffRecord;
}

/** Commands about readings, which are no reading themselves. */
export const ABOUT_READINGS: ReadonlySet<string> = new Set(['how_read', 'misread', 'reading_reviews']);

/** Keys in which somebody's own words stand. */
const OWN_WORDS = ['reason', 'note', 'filter', 'content', 'condition', 'exclude', 'comment', 'topic'] as const;

const flagsOf = ({ entities }: IntentFrame): ComplianceFlag[] => [entities.compliance_flag ?? []].flat();

/** Keeps how a message was read, and counts the grounds in it, in the unit that marks the message done. */
export async function keepHeard(unit: Unit, heard: Heard, { itemId, conversation, asker }: HeardWhere): Promise<void> {
  const { reading, exact } = heard;
  const met = [...(reading ? reading.frames.flatMap(metIn) : []), ...heard.met];
  await countCompliance(unit, itemId, asker._id, met);
  const where = {
    conversationId: conversation.id,
    staffId: asker._id,
    itemId,
    channel: conversation.kind,
    role: roleOf(asker),
  };
  const isAlike = (name: string): boolean =>
    reading?.frames.some(({ intent }) => COMMANDS_OF[intent]?.includes(name)) === true;
  if (reading && (!exact || isAlike(exact.command.name))) {
    const hidden = reading.frames.some((frame) => flagsOf(frame).length > 0);
    await keepReading(unit, {
      ...where,
      ...anonymise(reading.restore(reading.text), namedIn(reading), hidden),
      frames: reading.frames.map((frame) => keptFrame(frame, reading)),
      command: null,
      decision: decide(reading.frames, where.role),
    });
  } else if (exact && !ABOUT_READINGS.has(exact.command.name)) {
    const named = reading ? namedIn(reading) : namedExactly(exact);
    await keepReading(unit, {
      ...where,
      ...anonymise(exact.text, named, reading !== undefined),
      frames: [exactFrame(exact)],
      command: exact.command.name,
      decision: 'act',
    });
  }
}

const PEOPLE: ReadonlySet<string> = new Set(['application', 'candidate']);

/** Whom the exact form of a command names. */
function namedExactly({ command, args, text }: NonNullable<Heard['exact']>): NamedHere[] {
  return Object.entries(args).flatMap(([name, pieces]) => {
    const kind = command.takes[name]?.kind ?? 'text';
    if (!PEOPLE.has(kind) && kind !== 'staff') return [];
    return pieces.flatMap((piece) => {
      const start = 'typed' in piece ? text.indexOf(piece.typed) : -1;
      if (!('typed' in piece) || start < 0) return [];
      return [{ start, end: start + piece.typed.length, kind: kind === 'staff' ? 'staff' : 'candidate' } as const];
    });
  });
}

/** What was said of each argument, by the argument's name; free texts are not kept. */
function exactFrame({ command, args }: NonNullable<Heard['exact']>): ReadFrame {
  const entities = Object.entries(args).flatMap(([name, pieces]) => {
    if (command.takes[name]?.kind === 'text') return [];
    const said = pieces.flatMap((piece) => ('typed' in piece ? piece.typed : 'value' in piece ? piece.value : []));
    return said.length > 0 ? [[name, said.map(String)]] : [];
  });
  return { intent: command.name, entities: Object.fromEntries(entities), who: [], confidence: 1 };
}

const metIn = (frame: IntentFrame): MetCompliance[] =>
  flagsOf(frame).map((flag) => ({
    flag,
    act: frame.intent,
    outcome: flag === 'SENSITIVE' ? ('left_out' as const) : ('refused' as const),
  }));

/** Everybody named, and a word that looks like a name nobody bears. */
function namedIn(reading: Reading): NamedHere[] {
  const named: NamedHere[] = reading.found.people
    .filter(({ kind }) => kind !== 'ref')
    .map(({ start, end, kind }) => ({ start, end, kind: kind === 'staff' ? 'staff' : 'candidate' }));
  const guess = guessedName(reading);
  const start = guess === undefined ? -1 : reading.text.indexOf(guess);
  if (guess !== undefined && start >= 0) named.push({ start, end: start + guess.length, kind: 'candidate' });
  return named;
}

/** 2026-11-23T10:00+08:00 looks like a long number. */
const isTime = (text: string): boolean => timeSchema.safeParse(text).success;

/** Whom the frame names, else the one whom 「佢」 was taken for. */
function whoIn(frame: IntentFrame, reading: Reading): string[][] {
  if (frame.who.length > 0 || !(frame.entities.needs ?? []).includes('candidate'))
    return frame.who.map((ids) => [...ids]);
  const at = reading.frames.indexOf(frame);
  const typed = reading.restore(reading.text.slice(frame.start, frame.end));
  const { pieces } = peopleOf({ frame, before: reading.frames.slice(0, at), reading, typed });
  return pieces.flatMap((piece) => ('ids' in piece ? [[...piece.ids]] : []));
}

/** A frame for showing: on a protected ground or with private details in it, nobody's own words are kept. */
function keptFrame(frame: IntentFrame, reading: Reading): ReadFrame {
  const entities: Entities = { ...frame.entities };
  if (flagsOf(frame).length > 0) for (const key of OWN_WORDS) delete entities[key];
  const restored = JSON.parse(JSON.stringify(entities), (_key, value: unknown) =>
    typeof value === 'string' && !isTime(value) ? withoutNumbers(reading.restore(value)) : value,
  ) as Record<string, unknown>;
  return {
    intent: frame.intent,
    entities: restored,
    who: whoIn(frame, reading),
    confidence: frame.confidence,
  };
}
