import { hongKongDate, hongKongTime, isLocalDate, momentAt } from '../../hongkong/zone.ts';
import type { StaffRecord } from '../../models/staff.model.ts';
import type { Reader } from '../../recruiting/unit/reader.ts';
import type { AnyCommand, Argument } from '../command.ts';
import { requisitionLabel, staffLabel } from '../replies/labels.ts';
import { DEFAULT_QUESTIONS } from '../replies/questions.ts';
import { inLanguage, type Said, say } from '../replies/said.ts';
import { type Frame, JOB_HINT, type Move, type Piece } from './frame.ts';
import { findMoment } from './parse-moment.ts';
import type { Option, PieceResult, Resolution } from './resolution.ts';
import { type PeopleContext, resolveApplication, resolveCandidate } from './resolve-application.ts';

/** Most things offered for picking; beyond that the person types. */
const MOST_OPTIONS = 8;

/**
 * Finds out who and what is meant, argument by argument, and asks the first question that is open: several fit, nothing
 * fits, something is missing. Only reads.
 */
export async function resolveArguments(
  frame: Frame,
  command: AnyCommand,
  context: { reader: Reader; asker: StaffRecord; now: Date },
): Promise<Resolution> {
  const { reader, asker, now } = context;
  const hint = frame.args[JOB_HINT]?.[0];
  const people: PeopleContext = {
    reader,
    asker,
    permission: command.permission,
    lang: frame.lang,
    jobIds: hint && 'ids' in hint ? hint.ids : [],
  };
  const settled: Frame = { ...frame, args: {} };
  for (const [name, argument] of Object.entries(command.takes)) {
    const pieces = frame.args[name] ?? [];
    const done: Piece[] = [];
    for (const [index, piece] of pieces.entries()) {
      const result =
        argument.kind === 'moment' && 'move' in piece && piece.move
          ? await resolveMove(piece.move, settled.args, reader)
          : await resolvePiece(piece, argument, people, now);
      if ('refuse' in result) return { outcome: 'refused', text: result.refuse };
      if ('found' in result) {
        if (!done.some((other) => samePiece(other, result.found))) done.push(result.found);
        continue;
      }
      const kept = 'keep' in result && result.keep ? result.keep : piece;
      return {
        outcome: 'question',
        argument: name,
        pieceIndex: index,
        kind: 'choose' in result ? 'choose' : 'ask',
        text: 'choose' in result ? (result.text ?? whichOne(piece)) : result.ask,
        options: 'choose' in result ? result.choose : [],
        frame: { ...frame, args: { ...frame.args, ...settled.args, [name]: replaced(pieces, index, kept) } },
      };
    }
    if (done.length > 1 && !argument.many) {
      return {
        outcome: 'question',
        argument: name,
        pieceIndex: 0,
        kind: 'choose',
        text: say(`每次只可處理一位，請選擇：`, 'One at a time, please. Which one?'),
        options: await optionsOf(done, argument, people),
        frame: { ...frame, args: { ...frame.args, ...settled.args, [name]: done.slice(0, 1) } },
      };
    }
    if (done.length === 0 && !argument.optional) {
      const options = await offered(argument, people);
      return {
        outcome: 'question',
        argument: name,
        pieceIndex: null,
        kind: options.length > 0 ? 'choose' : 'ask',
        text: argument.question ?? DEFAULT_QUESTIONS[argument.kind],
        options,
        frame: { ...frame, args: { ...frame.args, ...settled.args } },
      };
    }
    if (done.length > 0) settled.args[name] = done;
  }
  return { outcome: 'ready', frame: settled };
}

const replaced = (pieces: readonly Piece[], index: number, piece: Piece): Piece[] =>
  pieces.map((old, at) => (at === index ? piece : old));

function samePiece(a: Piece, b: Piece): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function whichOne(piece: Piece): Said {
  const typed = 'typed' in piece ? piece.typed : '';
  return say(`「${typed}」有多於一個可能，請選擇：`, `"${typed}" fits more than one. Which one?`);
}

async function resolvePiece(piece: Piece, argument: Argument, people: PeopleContext, now: Date): Promise<PieceResult> {
  switch (argument.kind) {
    case 'application':
      return resolveApplication(piece, argument, people);
    case 'candidate':
      return resolveCandidate(piece, people);
    case 'requisition':
    case 'branch':
    case 'staff':
    case 'intake':
      return resolveKnown(piece, argument.kind, people);
    case 'moment':
      return resolveMoment(piece, now);
    default:
      return { found: 'typed' in piece ? { value: piece.typed } : piece };
  }
}

async function resolveKnown(
  piece: Piece,
  kind: 'requisition' | 'branch' | 'staff' | 'intake',
  { reader }: PeopleContext,
): Promise<PieceResult> {
  if ('id' in piece) return { found: piece };
  if ('ids' in piece) {
    const [only] = piece.ids;
    if (only !== undefined && piece.ids.length === 1) return { found: { id: only } };
    const options = await Promise.all(piece.ids.slice(0, MOST_OPTIONS).map((id) => optionOf(kind, id, reader)));
    return { choose: options };
  }
  const typed = 'typed' in piece ? piece.typed : String(piece.value);
  const record =
    kind === 'requisition'
      ? await reader.one('requisitions', { ref: typed.toUpperCase() })
      : kind === 'intake'
        ? await reader.one('intakes', { ref: typed.toUpperCase() })
        : null;
  if (record) return { found: { id: record._id } };
  return { refuse: unknownThing(kind, typed) };
}

function unknownThing(kind: 'requisition' | 'branch' | 'staff' | 'intake', typed: string): Said {
  const words = {
    requisition: say(
      `找不到職位「${typed}」。輸入「職位」可查看所有空缺。`,
      `There is no vacancy "${typed}". Type "vacancies" to see all.`,
    ),
    branch: say(
      `找不到分店「${typed}」。輸入「分店」可查看所有分店。`,
      `There is no branch "${typed}". Type "branches" to see all.`,
    ),
    staff: say(`找不到同事「${typed}」。`, `I do not know a colleague "${typed}".`),
    intake: say(`找不到培訓班「${typed}」。`, `There is no intake "${typed}".`),
  };
  return words[kind];
}

async function optionOf(kind: Argument['kind'], id: string, reader: Reader): Promise<Option> {
  if (kind === 'branch') return { id, label: (await reader.get('branches', id))?.name ?? id };
  if (kind === 'intake') return { id, label: (await reader.get('intakes', id))?.ref ?? id };
  if (kind === 'candidate') return { id, label: (await reader.get('candidates', id))?.name.display ?? id };
  if (kind === 'staff') {
    const staff = await reader.get('staff', id);
    return { id, label: staff ? staffLabel(staff) : id };
  }
  if (kind === 'application') {
    const application = await reader.get('applications', id);
    const candidate = application ? await reader.get('candidates', application.candidateId) : null;
    return { id, label: candidate ? `${candidate.name.display}（${application?.ref}）` : id };
  }
  const requisition = await reader.get('requisitions', id);
  const branch = requisition ? await reader.get('branches', requisition.branchId) : null;
  return { id, label: requisition ? requisitionLabel(requisition, branch) : id };
}

async function optionsOf(pieces: readonly Piece[], argument: Argument, people: PeopleContext): Promise<Option[]> {
  const options: Option[] = [];
  for (const piece of pieces.slice(0, MOST_OPTIONS)) {
    if ('id' in piece) options.push(await optionOf(argument.kind, piece.id, people.reader));
    else if ('value' in piece) options.push({ id: String(piece.value), label: String(piece.value) });
  }
  return options;
}

/** What can be picked instead of typed when something is missing and the list is short. */
async function offered(argument: Argument, { reader, lang }: PeopleContext): Promise<Option[]> {
  if (argument.kind === 'choice') {
    return (argument.choices ?? []).map(({ id, title }) => ({ id, label: inLanguage(title, lang) }));
  }
  const kind = argument.kind;
  const ids =
    kind === 'requisition'
      ? (await reader.list('requisitions', { state: 'open' }, { sort: { ref: 1 }, limit: MOST_OPTIONS + 1 })).map(
          ({ _id }) => _id,
        )
      : kind === 'branch'
        ? (await reader.list('branches', {}, { sort: { code: 1 }, limit: MOST_OPTIONS + 1 })).map(({ _id }) => _id)
        : kind === 'intake'
          ? (await reader.list('intakes', { state: { $in: ['planned', 'fixed'] } }, { limit: MOST_OPTIONS + 1 })).map(
              ({ _id }) => _id,
            )
          : [];
  if (ids.length > MOST_OPTIONS) return [];
  const options: Option[] = [];
  for (const id of ids) options.push(await optionOf(kind, id, reader));
  return options;
}

/** The new time of an appointment told from the old one; the person it is with was settled before. */
async function resolveMove(move: Move, settled: Frame['args'], reader: Reader): Promise<PieceResult> {
  const who = Object.values(settled)
    .flat()
    .find((piece) => 'id' in piece);
  const interview =
    who && 'id' in who ? await reader.one('interviews', { applicationId: who.id, state: 'scheduled' }) : null;
  if (!interview) {
    return {
      refuse: say('找不到已約的面試，未有作出任何更改。', 'There is no appointment to move; nothing has been changed.'),
    };
  }
  const moment =
    'toDay' in move
      ? momentAt(move.toDay, hongKongTime(interview.startAt))
      : 'toClock' in move
        ? momentAt(hongKongDate(interview.startAt), move.toClock)
        : new Date(interview.startAt.getTime() + move.byMinutes * 60_000);
  return { found: { value: moment.toISOString() } };
}

/** Half a moment asks for the other half; a time alone is today's when it is still ahead. */
function resolveMoment(piece: Piece, now: Date): PieceResult {
  if (!('typed' in piece) || 'ids' in piece) return { found: piece };
  if (isLocalDate(piece.typed)) {
    return { ask: say('請問幾點？例如「下午3點半」。', 'At what time? For example "3:30pm".'), keep: piece };
  }
  if (/^\d{2}:\d{2}$/.test(piece.typed)) {
    const today = momentAt(hongKongDate(now), piece.typed);
    if (today > now) return { found: { value: today.toISOString() } };
    return {
      ask: say('請問是哪一日？例如「聽日」或「26/11」。', 'On which day? For example "tomorrow" or "26/11".'),
      keep: piece,
    };
  }
  return { ask: DEFAULT_QUESTIONS.moment };
}

/** Puts half a moment and the answer to the question for the other half together. */
export function joinMoment(half: Piece | undefined, answer: string, now: Date): Piece | undefined {
  const { date, time } = findMoment(answer, now);
  if (!date && !time) return undefined;
  const known = half && 'typed' in half ? half.typed : '';
  const day = date?.value ?? (isLocalDate(known) ? known : undefined);
  const clock = time?.value ?? (/^\d{2}:\d{2}$/.test(known) ? known : undefined);
  if (day && clock) return { value: momentAt(day, clock).toISOString() };
  if (day) return { typed: day };
  return clock ? { typed: clock } : undefined;
}
