import { hongKongDate, hongKongTime } from '../../hongkong/zone.ts';
import type { AnyCommand, ArgumentKind } from '../command.ts';
import { fragmentOf } from '../orders/fragment.ts';
import type { Reading } from '../orders/reading.ts';
import type { PlanContext } from '../turn.ts';
import { SURE } from '../understand/decide.ts';
import type { Frame, Piece } from '../understand/frame.ts';
import { joinMoment } from '../understand/resolve-arguments.ts';
import { foldedPattern, foldLine } from '../understand/text/marked-text.ts';

/** Words that begin a correction: 唔係,係Kelly; no, 4pm; 應該係旺角. */
export const CORRECTS = foldedPattern(
  '^\\s*(?:(?:唔係|不是|唔啱|錯(?:咗|了)?|講錯|打錯|應該係|應該是|係咪?|改(?:做|為|返|去|到|佢|埋)?|我係話|(?:make|move|change|push)(?: it| her| him| them)?(?: to)?(?![a-z])|i mean(?:t)?|no|nope|sorry|wait|actually|not)[\\s,，.。!！:：呀啊喎]*)+',
  'u',
);
/** 改佢7點 while an appointment is about to be made changes that appointment. */
const sameAs = (command: string): string[] => (command === 'schedule' ? ['schedule', 'reschedule'] : [command]);
/** 因為唔夠經驗: the reason of what is shown, said afterwards. */
const REASON = foldedPattern(
  '^\\s*(?:因為|因為佢|原因係?|原因是|理由係?|because|cos|coz|reason(?: is)?)[\\s:：,，]*',
  'u',
);
/** Longest fragment that corrects without a word for it. */
const SHORT_FRAGMENT = 14;

/**
 * The kept frame with what a message puts right in it: another person, day, clock, branch or colleague. Undefined when the
 * message corrects nothing. @param fragments whether a bare fragment (4點, Kelly) corrects too: any while a confirmation is
 * shown, a person while a time is asked for
 */
export async function corrected(
  text: string,
  frame: Frame,
  command: AnyCommand,
  context: PlanContext,
  readFree: () => Promise<Reading>,
  fragments: 'any' | 'people' | 'none',
): Promise<Frame | undefined> {
  const because = fragments === 'any' ? REASON.exec(foldLine(text))?.[0].length : undefined;
  const words = because === undefined ? '' : text.slice(because).trim();
  if (words !== '' && command.takes.reason?.kind === 'text') {
    return { ...frame, args: { ...frame.args, reason: [{ value: words }] } };
  }
  const begun = CORRECTS.exec(foldLine(text))?.[0].length ?? 0;
  if (begun === 0 && (fragments === 'none' || [...text.trim()].length > SHORT_FRAGMENT)) return undefined;
  if (text.slice(begun).trim() === '') return undefined;
  const reading = await readFree();
  if (begun === 0 && !fragmentOf(reading) && reading.frames.some(({ intent }) => intent !== 'unknown'))
    return undefined;
  if (begun === 0 && fragments === 'people' && !reading.found.people.some(({ kind }) => kind === 'who'))
    return undefined;
  // no wait, thu: behind the word for it nothing but what is right.
  const isBare = begun > 0 && fragmentOf(reading, begun) !== undefined;
  const isOther =
    !isBare &&
    reading.frames.some(
      ({ intent, confidence }) =>
        !['unknown', 'smalltalk', ...sameAs(command.name)].includes(intent) && confidence >= SURE,
    );
  if (isOther) return undefined;
  const args = { ...frame.args };
  let changed = false;
  const put = (kinds: readonly ArgumentKind[], pieces: Piece[]): void => {
    const fitting = Object.keys(command.takes).filter((each) => kinds.includes(command.takes[each]?.kind ?? 'text'));
    // Of two days that a command takes the one that was shown is put right.
    const name = fitting.find((each) => args[each] !== undefined) ?? fitting[0];
    if (name === undefined || pieces.length === 0) return;
    args[name] = pieces;
    changed = true;
  };
  const { people, places, times } = reading.found;
  const behind = <M extends { start: number }>(mentions: readonly M[]): M[] =>
    mentions.filter(({ start }) => start >= begun);
  const typed = (mention: { start: number; end: number }): string =>
    reading.restore(reading.text.slice(mention.start, mention.end));
  // 唔係陳家欣,係Kelly: the last one named is the right one.
  const who = behind(people).filter(({ kind }) => kind === 'who');
  const person = who.at(-1);
  if (person) put(['application', 'candidate'], [{ ids: person.ids, typed: typed(person) }]);
  const colleague = behind(people).findLast(({ kind }) => kind === 'staff');
  if (colleague) put(['staff'], [{ ids: colleague.ids, typed: typed(colleague) }]);
  const place = behind(places).findLast(({ branchIds }) => branchIds.length > 0);
  if (place) put(['branch'], [{ ids: place.branchIds, typed: typed(place) }]);
  if (behind(times).length > 0) {
    const moment = Object.keys(command.takes).find((name) => command.takes[name]?.kind === 'moment');
    const known = moment === undefined ? undefined : args[moment]?.[0];
    const joined = joinMoment(known, text.slice(begun), context.now);
    if (moment !== undefined && joined) put(['moment'], [completed(joined, known)]);
    const day = behind(times).at(-1)?.from;
    if (moment === undefined && day) put(['date'], [{ value: day }]);
  }
  return changed ? { ...frame, args } : undefined;
}

/** A corrected day keeps the clock that was understood, a corrected clock the day. */
export function completed(piece: Piece, known: Piece | undefined): Piece {
  if (!('typed' in piece) || !known || !('value' in known)) return piece;
  const before = new Date(known.value);
  const half = piece.typed.includes(':') ? hongKongDate(before) : hongKongTime(before);
  return joinMoment({ typed: half }, piece.typed, before) ?? piece;
}
