import type { IntentFrame } from '../../bot/understand/intents.ts';
import { type Known, makeKnown } from '../../bot/understand/known.ts';
import { understand } from '../../bot/understand/understand.ts';
import type { World } from '../../bot/understand/world/world.ts';
import type { LabelledLine } from './labelled-lines.ts';

/** One line of the file that the scoring script reads, and whom the words were taken to mean. */
export interface Prediction {
  id: string;
  intent: string;
  entities: Record<string, unknown>;
  decision: string;
  resolved: { candidate: string[] };
  ms: number;
}

/** Messages read before times are taken. */
const WARM_UP = 1000;

/** Reads every message alone, in an empty conversation. Of the labels only `reply_to` is looked at: it is input. */
export function predict(lines: readonly LabelledLine[], world: World): Prediction[] {
  const known = makeKnown(world);
  // A product that has been up for a minute is measured, not the first seconds of a process.
  for (let read = 0; lines.length > 0 && read < WARM_UP; read += 1) {
    const line = lines[read % lines.length];
    if (line) predictLine(line, known);
  }
  return lines.map((line) => predictLine(line, known));
}

function predictLine({ id, channel, role, text, entities }: LabelledLine, known: Known): Prediction {
  const replyTo = typeof entities.reply_to === 'string' ? { replyTo: entities.reply_to } : {};
  const start = performance.now();
  const { frames, decision } = understand({ text, channel, role, ...replyTo }, known);
  const ms = performance.now() - start;
  const [first, ...others] = frames;
  const also = others.map(({ intent, entities: own }) => ({ intent, ...own }));
  return {
    id,
    intent: first.intent,
    entities: { ...first.entities, ...(also.length > 0 ? { also } : {}) },
    decision,
    resolved: { candidate: resolvedIds(frames) },
    ms: Math.round(ms * 1000) / 1000,
  };
}

/** Everybody who is certainly meant, in order. */
function resolvedIds(frames: readonly IntentFrame[]): string[] {
  return [...new Set(frames.flatMap(({ who }) => who.flatMap((ids) => (ids.length === 1 ? ids : []))))];
}
