import { oneOrMany, type SlotContext, type SlotFindings, type SlotReader } from '../staff/slots/slot-reader.ts';
import { withoutLookAlikes } from './grounds.ts';
import { asksForIdentityCard, judgeGrounds } from './judge-grounds.ts';

/** Stages from which on papers of an employee may be asked for. */
const ACCEPTED: ReadonlySet<string> = new Set(['offer_accepted', 'training', 'report_duty', 'onboarding', 'arrived']);

/** A blanked name: 印小姐 or Nepali Restaurant say nothing about anybody. */
const NAME = '\ue00f';

/**
 * Which protected grounds count in an order, whether it asks for an identity card too early, and whether private life stands
 * in it (understanding rules D3). The flag stands with the order in whose part of the message the words are.
 */
export const flagsOf: SlotReader = (context): SlotFindings => {
  const { order, text, found, entities } = context;
  const [start, end] = [text.place(order.start), text.place(order.end)];
  let folded = text.folded;
  const named = [...found.people.filter(({ kind }) => kind !== 'ref'), ...found.places];
  for (const each of named) {
    folded = folded.slice(0, each.start) + NAME.repeat(each.end - each.start) + folded.slice(each.end);
  }
  const plain = withoutLookAlikes(folded).slice(start, end);
  const flags = judgeGrounds(order.intent, plain);
  const asks = asksForIdentityCard(order.intent, plain) && !ACCEPTED.has(entities.stage ?? '') && !allAccepted(context);
  const all = asks ? [...flags.filter((flag) => flag !== 'SENSITIVE'), 'HKID_EARLY' as const] : flags;
  const flag = oneOrMany(all);
  return flag === undefined ? {} : { entities: { compliance_flag: flag } };
};

/** Everybody the order names has taken the job. */
function allAccepted({ found, known, order, text }: SlotContext): boolean {
  const [start, end] = [text.place(order.start), text.place(order.end)];
  const people = found.people.filter(({ kind, start: at }) => kind === 'who' && at >= start && at < end);
  const stages = people.flatMap(({ ids }) =>
    known.world.candidates.filter(({ id }) => ids.includes(id)).map(({ stage }) => stage ?? ''),
  );
  return stages.length > 0 && stages.every((stage) => ACCEPTED.has(stage));
}
