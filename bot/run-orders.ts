import { RuleBroken } from '../lib/errors.ts';
import { commit } from '../recruiting/unit/commit.ts';
import type { Unit } from '../recruiting/unit/unit.ts';
import { closeQuestions, keptTurn } from './dialogue/open-question.ts';
import type { PlannedOrder, Told } from './orders/planned-order.ts';
import { storedReply } from './orders/stored-reply.ts';
import { turnOfOrder } from './orders/turn-of-order.ts';
import { replyEffects } from './replies/render-reply.ts';
import type { Reply } from './replies/reply.ts';
import { ruleSentence, UNNAMED_RULE } from './replies/rule-sentences.ts';
import { lines } from './replies/said.ts';
import { severalReply } from './replies/several.ts';
import { type Part, performTurn, type Scene } from './run-command.ts';
import type { PlanContext, Turn } from './turn.ts';

/** How far the orders of an inbox item are, when the work on it was broken off; null when it begins. */
export async function brokenOff(
  scene: Pick<Scene, 'reader'>,
  itemId: string,
): Promise<{ orders: PlannedOrder[]; told: Told[] } | null> {
  const run = await scene.reader.get('orderRuns', itemId);
  return run ? { orders: run.orders as PlannedOrder[], told: run.told as Told[] } : null;
}

/**
 * Does everything a message or an answer comes to. One order is one unit of work that also marks the inbox item done. Of
 * several each has a unit of its own, which also writes down how far they are: the inbox item is done with the last one, or
 * with the question at which the rest waits. A run that was broken off goes on behind the last unit that came true.
 */
export async function performPlan(turn: Turn, scene: Scene, context: PlanContext, itemId: string): Promise<void> {
  if (turn.act === 'several') return runOrders(null, turn.orders, [], scene, context, itemId);
  const rest = restOf(turn);
  if (rest.length === 0) return performTurn(turn, scene);
  return runOrders(turn, rest, [], scene, context, itemId);
}

/** Orders that wait behind a turn that does not itself ask. After 取消 the others are only done with a tap. */
function restOf(turn: Turn): PlannedOrder[] {
  if (turn.act === 'run') return turn.turn.rest ?? [];
  if (turn.act !== 'dismiss') return [];
  const rest = keptTurn(turn.dialogue).rest ?? [];
  return rest.map((order) => (order.kind === 'command' ? { ...order, mustConfirm: true } : order));
}

/** Does orders one after the other, from wherever they are. */
export async function runOrders(
  first: Turn | null,
  orders: readonly PlannedOrder[],
  before: readonly Told[],
  scene: Scene,
  context: PlanContext,
  itemId: string,
): Promise<void> {
  const { lang } = scene.address;
  const told: Told[] = [...before];
  let waiting = [...orders];
  let turn = first;
  while (turn || waiting.length > 0) {
    if (!turn) {
      const [next, ...others] = waiting;
      if (!next) break;
      turn = await turnOfOrder(next, context, lang);
      waiting = others;
    }
    const part: Part = { told: [...told], rest: waiting };
    const step: Scene = {
      ...scene,
      part,
      eventId: told.length === 0 ? scene.eventId : `${scene.eventId}:${told.length}`,
      done: (unit) => settle(unit, part),
    };
    await perform(turn, step);
    const { outcome } = part;
    if (!outcome || 'asked' in outcome) return;
    told.push(asTold(outcome.said));
    turn = null;
  }

  async function settle(unit: Unit, part: Part): Promise<void> {
    const { outcome } = part;
    const { models, session } = unit;
    const isOver = !outcome || 'asked' in outcome || part.rest.length === 0;
    if (!isOver) {
      await models.orderRuns.updateOne(
        { _id: itemId },
        { $set: { orders: [...part.rest], told: [...part.told, asTold(outcome.said)], at: unit.now } },
        { upsert: true, session },
      );
      return;
    }
    await models.orderRuns.deleteOne({ _id: itemId }, { session });
    if (outcome && 'said' in outcome) {
      const all = [...part.told, asTold(outcome.said)];
      const reply = severalReply(all, unit.settings.undoSeconds);
      const text = scene.preface ? lines(scene.preface, reply.text) : reply.text;
      for (const effect of replyEffects({ ...reply, text }, scene.address)) unit.effect(effect);
    }
    await scene.done(unit);
  }

  function asTold(reply: Reply): Told {
    const { text, quickReplies } = storedReply(reply, lang);
    return { text, quickReplies, isPrivate: reply.isPrivate === true, undoable: reply.did !== undefined };
  }
}

/** One step; a broken rule is its answer, and the others go on. */
async function perform(turn: Turn, scene: Scene): Promise<void> {
  try {
    await performTurn(turn, scene);
  } catch (error) {
    if (!(error instanceof RuleBroken)) throw error;
    const sentence = ruleSentence(error);
    if (!sentence) scene.parts.office.log.error({ code: error.code }, 'a broken rule has no sentence');
    await commit(scene.parts.office, `staff:${scene.asker._id}`, async (unit) => {
      await closeQuestions(unit, scene.conversation.id, scene.asker._id, 'cancelled', scene.pressedCardId);
      if (scene.part) scene.part.outcome = { said: { text: sentence ?? UNNAMED_RULE } };
      await scene.done(unit);
    });
  }
}
