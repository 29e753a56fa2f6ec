import type { AnyCommand } from './command.ts';
import { likelyPeople } from './dialogue/likely-people.ts';
import { likelyTimes } from './dialogue/likely-times.ts';
import type { KeptTurn } from './dialogue/open-question.ts';
import { refusalOf } from './refusal.ts';
import { screenTurn } from './screen-turn.ts';
import type { PlanContext, Turn } from './turn.ts';
import { resolveArguments } from './understand/resolve-arguments.ts';

/** The name under which a question waits for a file instead of an argument. */
export const AWAITED_FILE = '$file';

/** Finds out who and what a command's frame means: it can be done, something must be asked, or it may not be. Only reads. */
export async function settledTurn(
  command: AnyCommand,
  kept: KeptTurn,
  confirmed: boolean,
  context: PlanContext,
  text = '',
): Promise<Turn> {
  const { lang } = kept.frame;
  const refusal = await refusalOf(command, context);
  if (refusal) return { act: 'say', reply: { text: refusal }, lang };
  const resolution = await resolveArguments(kept.frame, command, context);
  if (resolution.outcome === 'refused') return { act: 'say', reply: { text: resolution.text }, lang };
  if (resolution.outcome === 'question') {
    const { argument, pieceIndex, frame } = resolution;
    const asked = command.takes[argument];
    const offered =
      resolution.kind === 'ask' && pieceIndex === null && asked?.kind === 'application'
        ? await likelyPeople(command, asked, context, lang)
        : [];
    const kind = offered.length > 0 ? 'choose' : resolution.kind;
    const options = offered.length > 0 ? offered : resolution.options;
    const isTime = kind === 'ask' && asked?.kind === 'moment';
    const suggestions = isTime ? likelyTimes(frame.args[argument]?.[pieceIndex ?? 0], context.now) : [];
    const turn = { ...kept, frame, pieceIndex };
    const question = { kind, argument, text: resolution.text, options, suggestions, turn };
    return { act: 'ask', command, question, lang };
  }
  const screened = screenTurn(command, { ...kept, frame: resolution.frame });
  const { turn } = screened;
  context.heard?.met.push(...screened.met);
  if (screened.question) {
    const { argument, text: asked } = screened.question;
    const question = { kind: 'ask' as const, argument, text: () => asked, options: [], turn };
    return { act: 'ask', command, question, lang };
  }
  const awaited = confirmed ? undefined : command.needsFile?.({ text, files: kept.files });
  if (awaited) {
    const question = { kind: 'ask' as const, argument: AWAITED_FILE, text: awaited, options: [], turn };
    return { act: 'ask', command, question, lang };
  }
  return { act: 'run', command, turn, confirmed, text, lang };
}
