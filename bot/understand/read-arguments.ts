import { chineseNumber, DIGITS } from '../../hongkong/chinese-number.ts';
import { momentAt } from '../../hongkong/zone.ts';
import { findCandidatesInText } from '../../recruiting/candidate/find-candidates.ts';
import type { AnyCommand, Argument } from '../command.ts';
import { JOB_HINT, type Piece } from './frame.ts';
import { choiceHits, clean, emailHits, type Hit, phoneHits, refHits, staffIdHits } from './hits.ts';
import type { Line } from './line.ts';
import { findMoment } from './parse-moment.ts';
import { type NamedArgument, type ReadingContext, readLabelled } from './read-labelled.ts';
import { branchesInLine, type KnownHit, requisitionsInLine, staffInLine } from './vocabulary.ts';

/** Arguments found in a line, and what is left of it. */
export interface ReadArguments {
  args: Record<string, Piece[]>;
  leftover: string[];
}

type Named = NamedArgument;

/**
 * Finds a command's arguments in a line whose command word is claimed, in any order: first what has a form of its own
 * (labels, numbers, addresses, dates, closed lists), then what is known by name (branches, vacancies, people), and what
 * is left is the free text.
 */
export async function readArguments(line: Line, command: AnyCommand, context: ReadingContext): Promise<ReadArguments> {
  const args: Record<string, Piece[]> = {};
  const named: Named[] = Object.entries(command.takes);
  const add = (name: string, piece: Piece): void => {
    args[name] = [...(args[name] ?? []), piece];
  };
  await readLabelled(line, named, context, add);
  readForms(line, named, context, args, add);
  await readKnown(line, named, context, args, add);
  readLoneNumbers(line, named, args, add);
  const leftover = readRest(line, named, args, add);
  return { args, leftover };
}

type Add = (name: string, piece: Piece) => void;

const unlabelled = (named: readonly Named[], ...kinds: Argument['kind'][]): Named[] =>
  named.filter(([, argument]) => kinds.includes(argument.kind) && !argument.labelled);

function take(line: Line, name: string, argument: Argument, hits: readonly Hit[], add: Add, have: number): void {
  const room = argument.many ? hits : hits.slice(0, Math.max(0, 1 - have));
  for (const hit of room) {
    add(name, hit.piece);
    line.claim(hit.start, hit.end);
  }
}

/** What can be told by its form alone. */
function readForms(
  line: Line,
  named: readonly Named[],
  context: ReadingContext,
  args: Record<string, Piece[]>,
  add: Add,
): void {
  const have = (name: string): number => args[name]?.length ?? 0;
  const forms = (kind: Argument['kind'], hits: (argument: Argument) => Hit[]): void => {
    for (const [name, argument] of unlabelled(named, kind)) take(line, name, argument, hits(argument), add, have(name));
  };
  forms('email', () => emailHits(line.open));
  forms('phone', () => phoneHits(line.open));
  forms('application', () => refHits(line.open, 'ac'));
  forms('candidate', () => refHits(line.open, 'c'));
  forms('requisition', () => refHits(line.open, 'r'));
  forms('intake', () => refHits(line.open, 't'));
  for (const [name, argument] of unlabelled(named, 'number')) {
    const units = (argument.units ?? []).map((unit) => unit.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    if (units.length === 0 || have(name)) continue;
    const pattern = new RegExp(`(\\d+|[${DIGITS}]{1,3}) ?(?:${units.join('|')})`, 'i');
    const match = pattern.exec(line.open);
    const value = chineseNumber(match?.[1]);
    if (match && value !== undefined) {
      take(
        line,
        name,
        argument,
        [{ start: match.index, end: match.index + match[0].length, piece: { value } }],
        add,
        0,
      );
    }
  }
  readMoments(line, named, context, args, add);
  forms('choice', (argument) => choiceHits(argument, line.openFolded));
}

function readMoments(
  line: Line,
  named: readonly Named[],
  context: ReadingContext,
  args: Record<string, Piece[]>,
  add: Add,
): void {
  for (const [name, argument] of unlabelled(named, 'moment', 'date')) {
    if (args[name]?.length) continue;
    const { date, time } = findMoment(line.open, context.now);
    if (argument.kind === 'date') {
      if (!date) continue;
      add(name, { value: date.value });
      line.claim(date.start, date.end);
      continue;
    }
    for (const part of [date, time]) if (part) line.claim(part.start, part.end);
    if (date && time) add(name, { value: momentAt(date.value, time.value).toISOString() });
    else if (date) add(name, { typed: date.value });
    else if (time) add(name, { typed: time.value });
  }
}

/** Branches, vacancies, staff and candidates by name. A candidate's full name wins over staff, staff over given names. */
async function readKnown(
  line: Line,
  named: readonly Named[],
  context: ReadingContext,
  args: Record<string, Piece[]>,
  add: Add,
): Promise<void> {
  const have = (name: string): number => args[name]?.length ?? 0;
  const toHits = (hits: readonly KnownHit[]): Hit[] =>
    hits.map(({ start, end, ids }) => ({ start, end, piece: { ids, typed: line.text.slice(start, end) } }));
  const people = async (full: boolean): Promise<void> => {
    for (const [name, argument] of unlabelled(named, 'application', 'candidate')) {
      const hits = (await findCandidatesInText(context.reader, line.open)).filter(
        (hit) => !full || hit.match === 'full',
      );
      take(
        line,
        name,
        { ...argument, many: true },
        toHits(hits.map((hit) => ({ ...hit, ids: hit.people.map(({ id }) => id) }))),
        add,
        0,
      );
    }
  };
  await people(true);
  for (const [name, argument] of unlabelled(named, 'branch')) {
    take(line, name, argument, toHits(await branchesInLine(context.reader, line)), add, have(name));
  }
  for (const [name, argument] of unlabelled(named, 'requisition')) {
    take(line, name, argument, toHits(await requisitionsInLine(context.reader, line)), add, have(name));
  }
  for (const [name, argument] of unlabelled(named, 'staff')) {
    take(line, name, argument, toHits(await staffInLine(context.reader, line, context.askerId)), add, have(name));
  }
  await people(false);
  // 「入圍 陳家欣 店務員」: the job only tells which application is meant. Free text may speak of jobs; it is left alone.
  const takes = (...kinds: Argument['kind'][]): boolean => unlabelled(named, ...kinds).length > 0;
  if (takes('application') && !takes('requisition', 'text')) {
    const hits = toHits(await requisitionsInLine(context.reader, line));
    take(line, JOB_HINT, { kind: 'requisition', title: { hant: '', en: '' } }, hits, add, 0);
  }
}

function readLoneNumbers(line: Line, named: readonly Named[], args: Record<string, Piece[]>, add: Add): void {
  for (const [name] of unlabelled(named, 'number')) {
    if (args[name]?.length) continue;
    const match = /(?<![^\s\ue000,，;；xX×])(\d{1,6})(?![^\s\ue000,，;；])/.exec(line.open);
    if (!match) continue;
    add(name, { value: Number(match[1]) });
    line.claim(match.index, match.index + match[0].length);
  }
  for (const [name, argument] of unlabelled(named, 'staffId')) {
    if (!args[name]?.length) take(line, name, argument, staffIdHits(line.open), add, 0);
  }
}

/** Words that carry nothing in an order. */
const FILLERS =
  /^(?:同埋|同|和|及|與|与|跟|以及|and|&|\+|將|将|把|幫|帮|約|约|俾|畀|給|给|去|到|至|於|于|在|喺|由|改|改為|改为|係|是|佢|嘅|的|個|个|位|嗰個|啦|喇|吧|呀|啊|嘞|囉|先|住|請|请|唔該|謝謝|谢谢|thanks|thx|pls|please|the|a|an|for|to|at|on|with|of|in|by|見|见|面試|面试|應徵者|应征者|候選人|[\s,，;；、。.:：!！~～()（）"'「」\-–—/|])+$/i;

/** Free text takes what is left, fillers included; without one, what is left and is no filler stays over. */
function readRest(line: Line, named: readonly Named[], args: Record<string, Piece[]>, add: Add): string[] {
  const pieces = line.pieces().map(({ text }) => text);
  const text = unlabelled(named, 'text').find(([name]) => !args[name]?.length);
  const meaningful = pieces.filter((piece) => !FILLERS.test(piece));
  // An optional person counts when nothing else could take the words: 狀態 王家欣 asks for somebody nobody knows.
  const lacking = unlabelled(named, 'application', 'candidate').find(
    ([name, argument]) => !args[name]?.length && (!argument.optional || (!text && Object.keys(args).length === 0)),
  );
  if (lacking && meaningful.length > 0) {
    // Somebody was named whom nobody knows: the first words are taken for the name.
    const [first = '', ...rest] = meaningful;
    const [name = '', ...words] = text ? first.split(/[\s,，:：]+/) : [first];
    add(lacking[0], { typed: stripFillers(name) });
    if (!text) return rest;
    const remaining = clean([words.join(' '), ...rest].join(' '));
    if (remaining) add(text[0], { value: remaining });
    return [];
  }
  if (!text) return meaningful.map(stripFillers);
  const value = clean(pieces.join(' '));
  if (value && meaningful.length > 0) add(text[0], { value });
  return [];
}

const EDGE_FILLERS =
  /^(?:將|将|把|幫|帮|約|约|同|for|to)+\s*|\s*(?:啦|喇|吧|呀|啊|唔該|please|pls|(?<=\s)(?:at|now|doing|up to))+$/gi;

function stripFillers(text: string): string {
  return text.replace(EDGE_FILLERS, '').trim() || text.trim();
}
