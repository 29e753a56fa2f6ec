import { chineseNumber, DIGITS } from '../../hongkong/chinese-number.ts';
import { foldForMatching } from '../../hongkong/chinese-text.ts';
import { momentAt } from '../../hongkong/zone.ts';
import type { Reader } from '../../recruiting/unit/reader.ts';
import type { Argument } from '../command.ts';
import type { Piece } from './frame.ts';
import { choiceHits, clean, emailHits, type Hit, phoneHits, refHits, staffIdHits } from './hits.ts';
import type { Line, OpenText } from './line.ts';
import { findMoment } from './parse-moment.ts';
import { branchesInLine, type KnownHit, requisitionsInLine, staffInLine } from './vocabulary.ts';

/** What reading arguments needs to know besides the line. */
export interface ReadingContext {
  reader: Reader;
  now: Date;
  askerId: string;
}

/** An argument and its name. */
export type NamedArgument = readonly [string, Argument];

/** 「原因：太遠」, 「面試官 Ivan、我」: a label claims up to the next label, the next line or the end (texts) or its words. */
export async function readLabelled(
  line: Line,
  named: readonly NamedArgument[],
  context: ReadingContext,
  add: (name: string, piece: Piece) => void,
): Promise<void> {
  const labels = named.flatMap(([name, argument]) =>
    (argument.labels ?? []).map((label) => ({ name, argument, label: foldForMatching(label) })),
  );
  const found: { start: number; end: number; name: string; argument: Argument }[] = [];
  for (const { name, argument, label } of labels.sort((a, b) => b.label.length - a.label.length)) {
    const latin = /^[\p{Script=Latin}]/u.test(label);
    const escaped = label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const pattern = new RegExp(latin ? `(?<![a-z0-9])${escaped}(?![a-z0-9])[ :：=]*` : `${escaped}[ :：=]*`, 'g');
    for (const match of line.openFolded.matchAll(pattern)) {
      const start = match.index;
      const end = start + match[0].length;
      if (found.every((other) => end <= other.start || start >= other.end)) found.push({ start, end, name, argument });
    }
  }
  found.sort((a, b) => a.start - b.start);
  for (const [index, { start, end, name, argument }] of found.entries()) {
    const stop = Math.min(found[index + 1]?.start ?? line.text.length, lineEnd(line, end));
    if (argument.kind === 'text') {
      const value = clean(line.open.slice(end, stop).replaceAll(/\ue000+/g, ' '));
      if (!value) continue;
      add(name, { value });
      line.claim(start, stop);
    } else {
      // The label decides what its words are; they are read where they stand.
      const scope = new LineWindow(line, end, stop);
      const hits = await hitsOf(argument, scope, context);
      const first = hits[0];
      if (!first) continue;
      line.claim(start, end);
      for (const hit of argument.many ? hits : [first]) {
        add(name, hit.piece);
        line.claim(hit.start, hit.end);
      }
    }
  }
}

const lineEnd = (line: Line, from: number): number => {
  const at = line.open.indexOf('\n', from);
  return at < 0 ? line.open.length : at;
};

/** A window of a line: everything outside is blank, places are those of the whole line. */
class LineWindow implements OpenText {
  readonly open: string;
  readonly openFolded: string;
  readonly text: string;

  constructor(line: Line, start: number, end: number) {
    const cut = (text: string): string =>
      '\ue000'.repeat(start) + text.slice(start, end) + '\ue000'.repeat(text.length - end);
    this.open = cut(line.open);
    this.openFolded = cut(line.openFolded);
    this.text = line.text;
  }
}

async function hitsOf(argument: Argument, line: LineWindow, context: ReadingContext): Promise<Hit[]> {
  const known = (hits: KnownHit[]): Hit[] =>
    hits.map(({ start, end, ids }) => ({ start, end, piece: { ids, typed: line.text.slice(start, end) } }));
  switch (argument.kind) {
    case 'staff':
      return known(await staffInLine(context.reader, line, context.askerId));
    case 'branch':
      return known(await branchesInLine(context.reader, line));
    case 'requisition':
      return [...refHits(line.open, 'r'), ...known(await requisitionsInLine(context.reader, line))];
    case 'intake':
      return refHits(line.open, 't');
    case 'date': {
      const { date } = findMoment(line.open, context.now);
      return date ? [{ start: date.start, end: date.end, piece: { value: date.value } }] : [];
    }
    case 'moment': {
      const { date, time } = findMoment(line.open, context.now);
      if (!date || !time) return [];
      const piece = { value: momentAt(date.value, time.value).toISOString() };
      return [{ start: Math.min(date.start, time.start), end: Math.max(date.end, time.end), piece }];
    }
    case 'number': {
      const match = new RegExp(`\\d+|[${DIGITS}]{1,3}`).exec(line.open);
      const value = chineseNumber(match?.[0]);
      return match && value !== undefined
        ? [{ start: match.index, end: match.index + match[0].length, piece: { value } }]
        : [];
    }
    case 'choice':
      return choiceHits(argument, line.openFolded);
    case 'phone':
      return phoneHits(line.open);
    case 'email':
      return emailHits(line.open);
    case 'staffId':
      return staffIdHits(line.open);
    default: {
      const match = /[^\ue000\s,，;；]+(?: [^\ue000\s,，;；]+)*/.exec(line.open);
      return match
        ? [{ start: match.index, end: match.index + match[0].length, piece: { typed: match[0].trim() } }]
        : [];
    }
  }
}
