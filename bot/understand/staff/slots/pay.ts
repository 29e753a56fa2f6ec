import { belongs, type SlotReader } from './slot-reader.ts';

/** Intents in which pay is a term; in others it is part of what is told. */
const OF_PAY: ReadonlySet<string> = new Set(['offer', 'open_requisition']);

/** The pay of an offer or a vacancy. A correction (係萬七唔係萬九) names the right one first or behind its 係. */
export const readPay: SlotReader = (context) => {
  const { order, found, text, entities } = context;
  // Terms reported as agreed on the phone are told, terms somebody turned down are not.
  if (!OF_PAY.has(order.intent) && entities.outcome !== 'reached_accepted') return {};
  const pay = found.money.filter((money) => money.role === 'pay' && belongs(context, money));
  const meant = pay.filter(
    ({ start }) =>
      !/(?:唔係|不是|而不是|not|instead of|由|from|原本|原來|was)\s*$/u.test(
        text.typed.slice(Math.max(0, start - 12), start),
      ),
  );
  const chosen = meant.at(-1) ?? pay.at(-1);
  return chosen ? { entities: { salary: chosen.salary } } : {};
};
