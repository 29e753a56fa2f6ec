import { RuleBroken } from '../../lib/errors.ts';
import type { Reader } from '../../recruiting/unit/reader.ts';
import type { AnyCommand, ApplicationInfo, Argument, ArgumentValue, ArgumentValues } from '../command.ts';
import type { Frame, Piece } from './frame.ts';

/** Reads the records of settled arguments, in the unit that will act on them. @throws RuleBroken `gone_meanwhile` */
export async function loadArguments(
  reader: Reader,
  command: AnyCommand,
  frame: Frame,
): Promise<Record<string, ArgumentValue>> {
  const values: Record<string, ArgumentValue> = {};
  for (const [name, argument] of Object.entries(command.takes)) {
    const loaded: ArgumentValues[Argument['kind']][] = [];
    for (const piece of frame.args[name] ?? []) loaded.push(await loadPiece(reader, argument, piece));
    values[name] = argument.many ? (loaded as ArgumentValue) : loaded[0];
  }
  return values;
}

async function loadPiece(reader: Reader, argument: Argument, piece: Piece): Promise<ArgumentValues[Argument['kind']]> {
  if ('value' in piece) return argument.kind === 'moment' ? new Date(piece.value) : piece.value;
  if (!('id' in piece)) throw new Error(`argument of kind ${argument.kind} was not resolved`);
  const record = await loadRecord(reader, argument.kind, piece.id);
  if (!record) throw new RuleBroken('gone_meanwhile', {});
  return record;
}

async function loadRecord(
  reader: Reader,
  kind: Argument['kind'],
  id: string,
): Promise<ArgumentValues[Argument['kind']] | null> {
  switch (kind) {
    case 'application':
      return loadApplication(reader, id);
    case 'candidate':
      return reader.get('candidates', id);
    case 'requisition':
      return reader.get('requisitions', id);
    case 'branch':
      return reader.get('branches', id);
    case 'staff':
      return reader.get('staff', id);
    case 'intake':
      return reader.get('intakes', id);
    default:
      throw new Error(`${kind} is no record`);
  }
}

async function loadApplication(reader: Reader, id: string): Promise<ApplicationInfo | null> {
  const application = await reader.get('applications', id);
  if (!application) return null;
  const candidate = await reader.get('candidates', application.candidateId);
  const requisition = await reader.get('requisitions', application.requisitionId);
  return candidate && requisition ? { application, candidate, requisition } : null;
}
