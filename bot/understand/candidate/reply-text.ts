import { addDays, hongKongDate, type LocalDate } from '../../../hongkong/zone.ts';
import type { Known } from '../known.ts';
import { findMoney, type MoneyMention } from '../mentions/money.ts';
import { type Clause, clauseAt, clausesOf } from '../text/clauses.ts';
import { foldLine, MarkedText, type Mention } from '../text/marked-text.ts';
import { inOneForm } from '../text/spoken-forms.ts';
import { readTimes } from '../time/read-times.ts';
import type { Stretch, TimeMention } from '../time/time-mention.ts';

/** Longest part of a message that is read for its meaning, in UTF-16 units. A stop is looked for in the whole. */
export const LONGEST_READ = 2_000;

/** A time expression and where its mark stands in the rewritten text. */
export interface PlacedTime {
  mention: TimeMention;
  /** Place of the mark in `said`. */
  at: number;
  clause: number;
}

/** A district, branch or exit named in the message. */
export interface PlacedName {
  words: string;
  at: number;
  clause: number;
}

/** A candidate's message made ready for reading. Places of concepts are places in `said`. */
export interface ReplyText {
  typed: string;
  replyTo: string;
  /** Folded, times, lengths and money as marks, in one way of writing. */
  said: string;
  clauses: readonly Clause[];
  times: readonly PlacedTime[];
  pay: readonly MoneyMention[];
  places: readonly PlacedName[];
  /** Place in the typed text of a place in `said`. */
  place(at: number): number;
  /** Words as typed. */
  words(start: number, end: number): string;
  clauseOf(at: number): number;
}

/** A space between two Chinese words ends a clause, as a comma does: 「塞緊車 遲15分鐘到」. */
const HAN_SPACE = /(?<=[\u3400-\u9fff]) +(?=[\u3400-\u9fff])/g;

const MARKED: ReadonlySet<string> = new Set(['moment', 'day', 'clock', 'range', 'from', 'until', 'month']);

/** B出口, A1 exit, exit C: one place. */
const EXIT = /(?<![a-z])(?:[a-h][1-9]? ?(?:出口|出|口(?!岸)|exit)|(?:出口|exit) ?[a-h][1-9]?(?![a-z]))/gu;

/** 兩點一定到, 三點一齊: 一 belongs to the word behind it, not to the clock. */
const NOT_A_HAND = /[點点]一(?=[定齊齐樣样致路直同])/g;

/** "stop by on Wed 4pm" names a moment, no deadline. */
const notBy =
  (folded: string) =>
  (mention: TimeMention): TimeMention => {
    const { value } = mention;
    const visit =
      mention.kind === 'until' && /\b(?:stop|drop|pass|swing|come|go) $/.test(folded.slice(0, mention.start));
    return visit && typeof value === 'object' && 'to' in value
      ? { ...mention, kind: 'moment', value: value.to }
      : mention;
  };

/**
 * Candidates answer about what is still to come: a weekday is the next one also beside a story (做咗三日通宵,可唔可以改星期日),
 * and a day that is over only belongs to the story.
 */
function toCome(mention: TimeMention, folded: string, today: LocalDate): TimeMention[] {
  const last = mention.to ?? mention.from;
  if (last === undefined || last >= today) return [mention];
  const typed = folded.slice(Math.max(0, mention.start - 2), mention.end);
  const { value, weekday } = mention;
  if (weekday === undefined || typeof value !== 'string' || /上|last/u.test(typed)) return [];
  const day = addDays(last, DAYS_OF_WEEK);
  return [{ ...mention, from: day, to: day, value: day + value.slice(day.length) }];
}
const DAYS_OF_WEEK = 7;

/** Prepares a message: finds times, money and places, and writes it in one form. */
export function prepareReply(message: string, replyTo: string, known: Known): ReplyText {
  const typed = message.slice(0, LONGEST_READ);
  const folded = foldLine(typed);
  const times = readTimes(typed.replace(NOT_A_HAND, '點\u3000'), known.now).map(notBy(folded));
  const apart = ({ start, end }: Stretch): boolean => times.every((time) => end <= time.start || start >= time.end);
  const pay = findMoney(folded).filter(apart);
  const exits = [...folded.matchAll(EXIT)].map(({ 0: exit, index }) => ({ start: index, end: index + exit.length }));
  const places = [...exits, ...known.places.find(folded)].filter(apart);
  const mentions: Mention[] = [
    ...times
      .filter(({ kind }) => MARKED.has(kind) || kind === 'length')
      .map(({ kind, start, end }): Mention => ({ kind: kind === 'length' ? 'length' : 'when', start, end })),
    ...pay.map(({ start, end }): Mention => ({ kind: 'money', start, end })),
    ...places.map(({ start, end }): Mention => ({ kind: 'place', start, end })),
  ];
  const marked = new MarkedText(typed, mentions);
  const formed = inOneForm(marked.marked);
  const said = formed.text;
  const clauses = clausesOf(said.replace(HAN_SPACE, (spaces) => `,${spaces.slice(1)}`));
  const clauseOf = (at: number): number => clauseAt(clauses, at);
  const backwards = placesOfMarks(said, formed.place.bind(formed), marked);
  return {
    typed,
    replyTo,
    said,
    clauses,
    pay,
    times: times
      .filter(({ kind }) => kind !== 'vague')
      .flatMap((mention) => toCome(mention, folded, hongKongDate(known.now)))
      .map((mention) => {
        const at = backwards.get(mention.start) ?? 0;
        return { mention, at, clause: clauseOf(at) };
      }),
    places: places.map(({ start, end }) => {
      const at = backwards.get(start) ?? 0;
      return { words: typed.slice(start, end), at, clause: clauseOf(at) };
    }),
    place: (at) => marked.place(formed.place(at)),
    words: (start, end) => typed.slice(marked.place(formed.place(start)), marked.place(formed.place(end))),
    clauseOf,
  };
}

const MARK = /[\ue000-\ue00f]/;

/** For each typed place where a mark begins, the mark's place in the rewritten text. */
function placesOfMarks(said: string, back: (at: number) => number, marked: MarkedText): Map<number, number> {
  const places = new Map<number, number>();
  for (let at = 0; at < said.length; at += 1) {
    if (MARK.test(said[at] ?? '')) places.set(marked.place(back(at)), at);
  }
  return places;
}
