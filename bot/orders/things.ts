import type { Piece } from '../understand/frame.ts';
import { Line } from '../understand/line.ts';
import { foldedPattern, foldLine } from '../understand/text/marked-text.ts';
import { branchesInLine, staffInLine } from '../understand/vocabulary.ts';
import { listOf, type OrderContext } from './order-context.ts';

/** Most colleagues offered for picking. */
const MOST_COLLEAGUES = 8;
/** Whoever runs the branch: who interviews anyway unless somebody else is named. */
const MANAGER = foldedPattern(
  '^(?:副|助理)?店長$|店經理|分店經理|部門經理|^經理$|主管|store manager|shop manager|branch manager|^manager$',
  'u',
);
const AREA_MANAGER = foldedPattern('區域?經理|area manager|regional manager|上司', 'u');

/** Branches named in an order, by the company's own names. */
export async function branchPieces(
  { reader, reading }: OrderContext,
  words: string | readonly string[] | undefined,
): Promise<Piece[]> {
  const pieces: Piece[] = [];
  for (const word of listOf(words)) {
    const hits = await branchesInLine(reader, new Line(word));
    const found = hits[0]?.ids ?? reading.known.places.find(foldLine(word)).flatMap(({ branchIds }) => branchIds);
    pieces.push(found.length > 0 ? { ids: [...new Set(found)], typed: word } : { typed: word });
  }
  return pieces;
}

/** Who interviews. The manager of the branch does unless somebody else is named, so naming them adds nothing. */
export async function interviewerPieces({ reader, asker, frame, reading }: OrderContext): Promise<Piece[]> {
  const pieces: Piece[] = [];
  for (const name of listOf(frame.entities.interviewer)) {
    const folded = foldLine(name);
    const typed = reading.restore(name);
    if (/^(?:我|我自己|me|myself|i)$/.test(folded)) {
      pieces.push({ id: asker._id });
      continue;
    }
    const [hit] = await staffInLine(reader, new Line(name), asker._id);
    const known = hit?.ids ?? reading.known.people.find(name).find(({ kind }) => kind === 'staff')?.ids;
    if (known && known.length > 0) pieces.push({ ids: [...known], typed });
    else if (MANAGER.test(folded)) {
      // Nothing to add: the hiring manager is the interviewer.
    } else {
      const roles = AREA_MANAGER.test(folded) ? { roles: 'superior' as const } : {};
      const people = await reader.list('staff', { active: true, ...roles }, { limit: MOST_COLLEAGUES });
      pieces.push({ ids: people.map(({ _id }) => _id), typed });
    }
  }
  return pieces;
}
