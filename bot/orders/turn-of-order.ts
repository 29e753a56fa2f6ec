import type { KeptTurn } from '../dialogue/open-question.ts';
import { settledTurn } from '../settle-turn.ts';
import type { PlanContext, Turn } from '../turn.ts';
import type { PlannedOrder } from './planned-order.ts';
import { replyOf } from './stored-reply.ts';

/** What one planned order comes to now: who is meant is looked up when its turn has come, not before. Only reads. */
export async function turnOfOrder(order: PlannedOrder, context: PlanContext, lang: Turn['lang']): Promise<Turn> {
  if (order.kind === 'say') return { act: 'say', reply: replyOf(order), lang, about: order.about ?? [] };
  const command = context.commands.find(({ name }) => name === order.frame.command);
  if (!command) throw new Error(`there is no command ${order.frame.command}`);
  const { frame, mustConfirm, remarks, askFirst } = order;
  const kept: KeptTurn = { frame, files: [], pieceIndex: null, mustConfirm, remarks };
  const turn = await settledTurn(command, kept, false, context);
  if (!askFirst || turn.act === 'say') return turn;
  const question = {
    kind: 'ask' as const,
    argument: askFirst.argument,
    text: () => askFirst.text,
    options: [],
    // Who is meant, where several may be, is asked once the reason is there.
    turn: turn.act === 'run' ? turn.turn : kept,
  };
  return { act: 'ask', command, question, lang };
}
