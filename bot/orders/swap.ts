import type { IntentFrame } from '../understand/intents.ts';
import { foldedPattern } from '../understand/text/marked-text.ts';
import type { Reading } from './reading.ts';

const SWAP = foldedPattern('對調|調轉|互換|交換|換位|(?<![a-z])(?:swap|switch|exchange)(?![a-z])', 'u');

/** 對調A同B: that the appointments of two people change places is one wish, whatever its words were read as. */
export function asSwap(frames: readonly IntentFrame[], { found, marked, text }: Reading): IntentFrame[] {
  const people = found.people.filter(({ kind, ids }) => kind === 'who' && ids.length > 0);
  const move = frames.find(({ intent }) => intent === 'reschedule');
  if (!move || people.length < 2 || found.times.length > 0 || !SWAP.test(marked.folded)) return [...frames];
  const { needs: _, ...entities } = move.entities;
  return [
    {
      ...move,
      entities: {
        ...entities,
        candidate: people.map(({ start, end }) => text.slice(start, end)),
        changes: entities.changes ?? [],
      },
      who: people.map(({ ids }) => ids),
      start: 0,
      end: text.length,
    },
  ];
}
