import type { ActRecord } from '../../models/act.model.ts';
import type { InterviewRecord } from '../../models/interview.model.ts';
import { fragmentOf } from '../orders/fragment.ts';
import type { PlannedOrder } from '../orders/planned-order.ts';
import type { Reading } from '../orders/reading.ts';
import { turnOfOrder } from '../orders/turn-of-order.ts';
import { INTENT_TITLES } from '../replies/intent-titles.ts';
import { inLanguage, say } from '../replies/said.ts';
import type { PlanContext, Turn } from '../turn.ts';
import type { Frame, Piece } from '../understand/frame.ts';
import type { StaffIntent } from '../understand/intents.ts';
import { joinMoment } from '../understand/resolve-arguments.ts';
import { foldedPattern, foldLine } from '../understand/text/marked-text.ts';
import type { ReadFree } from './answer-question.ts';
import { CORRECTS } from './correction.ts';
import { answerLanguage } from './spoken-language.ts';

/** Words that begin an order of their own as well as a correction. */
const ORDERS = foldedPattern('^\\s*(?:改|make|move|change|push)', 'u');
/** Acts that are about one person and nothing else but, for an appointment, its time. */
const ABOUT_ONE: ReadonlySet<string> = new Set(['shortlist', 'approve', 'no_show', 'schedule']);
const APPOINTMENTS: ReadonlySet<string> = new Set(['schedule', 'reschedule']);

/**
 * A correction of what was just done, nothing being asked: 「打錯,係12點」 moves the appointment, 「錯咗,係湯浩賢」 takes the act
 * back and shows the same for the other person. Undefined when a message is no such correction. Only reads.
 */
export async function correctedAct(text: string, context: PlanContext, readFree: ReadFree): Promise<Turn | undefined> {
  const folded = foldLine(text);
  const begun = CORRECTS.exec(folded)?.[0].length ?? 0;
  if (begun === 0 || ORDERS.test(folded) || text.slice(begun).trim() === '') return undefined;
  const { reader, asker, now, conversation, settings, dialogue } = context;
  if (dialogue && now < dialogue.expiresAt) return undefined;
  const [act] = await reader.list(
    'acts',
    { staffId: asker._id, conversationId: conversation.id, state: 'done' },
    { sort: { number: -1 }, limit: 1 },
  );
  if (!act || now.getTime() - act.at.getTime() >= settings.pronounMinutes * 60_000) return undefined;
  const reading = await readFree();
  const fragment = fragmentOf(reading, begun);
  const people = reading.found.people.filter(({ start }) => start >= begun);
  if (!fragment || reading.found.places.some(({ start }) => start >= begun)) return undefined;
  const appointment = APPOINTMENTS.has(act.name) ? await appointmentIn(act, context) : undefined;
  if (fragment.hasTime && people.length === 0 && appointment) {
    return movedTo(text.slice(begun), appointment, { ...context, lang: answerLanguage(text, reading.lang) });
  }
  const [person, ...others] = people;
  const isOther = person?.kind === 'who' && person.ids.length > 0 && others.length === 0;
  if (fragment.hasTime || !isOther || !ABOUT_ONE.has(act.name)) return undefined;
  if (act.name === 'schedule' && !appointment) return undefined;
  const who: Piece = { ids: [...person.ids], typed: reading.restore(reading.text.slice(person.start, person.end)) };
  const when: Record<string, Piece[]> = appointment ? { when: [{ value: appointment.startAt.toISOString() }] } : {};
  return insteadOf(act, { who: [who], ...when }, reading);
}

/** The appointment that an act made or moved. */
async function appointmentIn({ before }: ActRecord, { reader }: PlanContext): Promise<InterviewRecord | undefined> {
  const ids = before.flatMap(({ collection, id }) => (collection === 'interviews' ? [id] : []));
  const found = await reader.list('interviews', { _id: { $in: ids }, state: 'scheduled' }, { limit: 2 });
  return found.length === 1 ? found[0] : undefined;
}

/** A day keeps the clock, a clock the day; shown before it is done, for the word that corrects may be meant otherwise. */
function movedTo(
  words: string,
  { applicationId }: InterviewRecord,
  { lang, ...context }: PlanContext & Pick<Frame, 'lang'>,
): Promise<Turn> | undefined {
  const piece = joinMoment(undefined, words, context.now);
  if (!piece) return undefined;
  const typed = 'typed' in piece ? piece.typed : '';
  const when: Piece =
    'value' in piece ? piece : { typed: '', move: typed.includes(':') ? { toClock: typed } : { toDay: typed } };
  const args = { who: [{ id: applicationId }], when: [when] };
  return turnOfOrder(order({ command: 'reschedule', args, leftover: [], lang }, true), context, lang);
}

function insteadOf(act: ActRecord, args: Frame['args'], { lang }: Reading): Turn {
  const undo = order({ command: 'undo', args: {}, leftover: [], lang }, false);
  return { act: 'several', orders: [undo, order({ command: act.name, args, leftover: [], lang }, true)], lang };
}

function order(frame: Frame, mustConfirm: boolean): PlannedOrder {
  const title = INTENT_TITLES[frame.command as StaffIntent] ?? say('操作', 'act');
  return { kind: 'command', frame, summary: inLanguage(title, frame.lang), mustConfirm, remarks: [] };
}
