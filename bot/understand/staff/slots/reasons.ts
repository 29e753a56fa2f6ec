import { foldedPattern } from '../../text/marked-text.ts';
import type { SlotContext, SlotReader } from './slot-reader.ts';

/** Orders that people give a reason for without a word such as 因為. */
const WITH_REASON: ReadonlySet<string> = new Set([
  'reject',
  'cancel',
  'reschedule',
  'hold',
  'pause_nudges',
  'resume_nudges',
  'assign_store',
]);

/** Where one part of a line ends and the next begins: signs, and in Chinese a space. */
const PARTS = /[,，。;；!！?？\n]+|\s[-–—]\s|(?<=\p{Script=Han})\s+|\s+(?=\p{Script=Han})/gu;
/** Words before a reason that are none of it: 佢, 店長話, 見完, 因為. */
const LEADS = foldedPattern(
  '^(?:[\\s\\ue001:：]|佢哋?|他|她|呢個|嗰個|店長話|經理話|老闆話|我覺得|覺得|因為|事關|見完|試完工?|頭先|尋日|今朝|琴晚|琴日|but |and |cos |he |she |they |just |sorry )+',
  'u',
);
const ENDS = foldedPattern('(?:[喇啦呀㗎囉喎吖嘅的]|(?<![a-z])(?:la|lah|lor|ar|thx|thanks|pls|please))+$', 'u');
/** A part that asks for something else, or only thanks. */
const NO_REASON = foldedPattern(
  '^(?:幫|麻煩|唔該|請|叫|通知|話(?:佢|俾|畀)|同(?:佢|我)|send|tell|let |please|pls|發|寄|多謝|thanks|thx|記得|順便|改|約|搵|再|時間|鐘數|照|其他|ok|好|hi|hello|喂|收到|give |ask |find |move |make |use |same )',
  'u',
);
const LEAST = 3;

interface Part {
  start: number;
  end: number;
}

/**
 * Why an order is given, when no word says that a reason follows (own-words.ts): the part of the line that is neither the
 * order nor one of its details. It takes no detail away from any other key.
 */
export const readReasons: SlotReader = (context) => {
  const { order, entities, text, found } = context;
  if (!WITH_REASON.has(order.intent) || entities.reason !== undefined) return {};
  const cue = { start: text.place(order.cueStart), end: text.place(order.cueEnd) };
  const parts = partsOf(context);
  const isCue = (part: Part): boolean => part.start < cue.end && part.end > cue.start;
  const others = parts
    .filter((part) => !isCue(part) && !isOther(context, part))
    .flatMap((part) => trimmed(context, part));
  // Doris 五十幾歲跟唔到,reject: within the order's own part only what stands behind the name.
  const within = parts.filter(isCue).flatMap((part) => {
    const name = found.people.findLast(({ start, end }) => start >= part.start && end <= cue.start);
    return name ? trimmed(context, { start: name.end, end: Math.min(part.end, cue.start) }) : [];
  });
  const [first] = others.length > 0 ? others : within;
  if (!first) return {};
  // Parts that follow one another are one reason.
  let { end } = first;
  for (const next of others) if (next.start - end <= 1 && next.start > end - 1) end = next.end;
  return { entities: { reason: text.typed.slice(first.start, end) } };
};

function partsOf({ order, text }: SlotContext): Part[] {
  const [from, to] = [text.place(order.start), text.place(order.end)];
  const line = text.folded.slice(from, to);
  const parts: Part[] = [];
  let at = 0;
  for (const match of line.matchAll(PARTS)) {
    parts.push({ start: from + at, end: from + match.index });
    at = match.index + match[0].length;
  }
  parts.push({ start: from + at, end: to });
  return parts;
}

/** Another order's words stand in it. */
const isOther = ({ orders, order, text }: SlotContext, { start, end }: Part): boolean =>
  orders.some((other) => other !== order && text.place(other.cueStart) < end && text.place(other.cueEnd) > start);

/** The part without its leading name and words, and without particles; nothing when it says no reason. */
function trimmed({ text, found, ownWords }: SlotContext, { start, end }: Part): Part[] {
  if (end <= start || ownWords.some((own) => own.start < end && own.end > start)) return [];
  let words = text.folded.slice(start, end);
  for (const { start: from, end: to } of found.people)
    if (from >= start && to <= end)
      words = words.slice(0, from - start) + '\ue001'.repeat(to - from) + words.slice(to - start);
  const lead = LEADS.exec(words)?.[0].length ?? 0;
  const tail = ENDS.exec(words.trimEnd())?.[0].length ?? 0;
  const from = start + lead;
  const to = start + words.trimEnd().length - tail;
  if (to <= from || NO_REASON.test(words.slice(lead))) return [];
  const details = [...found.times, ...found.places, ...found.jobs, ...found.money, ...found.people];
  const rest = [...Array(to - from).keys()]
    .filter((at) => details.every((each) => from + at < each.start || from + at >= each.end))
    .map((at) => text.folded[from + at] ?? '')
    .join('')
    .replace(/[\s\p{P}]/gu, '');
  const says = /\p{Script=Han}/u.test(rest) ? [...rest].length >= LEAST : rest.length >= 2 * LEAST;
  return says ? [{ start: from, end: to }] : [];
}
