import { foldedPattern } from '../understand/text/marked-text.ts';
import type { Reading } from './reading.ts';

/** Words that may stand around a name or a time without saying what to do with it. */
const FILLERS = foldedPattern(
  '咁|就|嗰個|果個|那個|呢個|這個|嗰位|那位|嗰日|那天|吧|啦|喇|呀|啊|喎|囉|吖|嘅|的|同|和|及|、|(?<![a-z])(?:the|at|on|and|or|then|one|pls|please)(?![a-z])',
  'gu',
);

/** What a message that only answers a question consists of. */
export interface Fragment {
  /** As typed. */
  text: string;
  /** It names a day or a clock. */
  hasTime: boolean;
}

/**
 * A message (from a place in it on) of nothing but names, times and places (星期五四點; Kelly; 旺角店): the answer to a question, never an order.
 * Undefined when anything else stands in it.
 */
export function fragmentOf({ text, restore, found, marked }: Reading, from = 0): Fragment | undefined {
  const mentions = [...found.people, ...found.times, ...found.places, ...found.jobs].filter(({ end }) => end > from);
  if (mentions.length === 0) return undefined;
  const rest = mentions.reduce(
    (left, { start, end }) => left.slice(0, start) + ' '.repeat(end - start) + left.slice(end),
    ' '.repeat(from) + marked.folded.slice(from),
  );
  const words = rest.replaceAll(FILLERS, ' ').replaceAll(/[\s\p{P}\p{S}]/gu, '');
  return words === '' ? { text: restore(text.slice(from)).trim(), hasTime: found.times.length > 0 } : undefined;
}
