import type { Entities } from '../../intents.ts';
import type { Clause } from '../../text/clauses.ts';
import { foldedPattern } from '../../text/marked-text.ts';
import { type OwnWords, oneOrMany, type SlotContext, type SlotFindings, type SlotReader } from './slot-reader.ts';

/** Words that open a reason inside a clause. */
const BECAUSE = foldedPattern(
  "(?:因為|因|由於|皆因|原因(?:係|是|:)?|理由(?:係|是|:)?|事關|(?<![a-z])(?:because(?: of)?|bcoz|bcos|becoz|cuz|cos|coz|bc|due to|reason:?|since (?!\\d)|as (?=(?:he|she|they|we|i|it)(?:'s)? )))\\s*",
  'u',
);
const UNTIL = foldedPattern('(?:(?<![a-z])(?:till|until|pending|while we)(?![a-z])|等(?!等)(?=[^。!?;\\n]{2,}))', 'u');
/** Words that open a condition. */
const PROVIDED = foldedPattern(
  '(?:但係?(?=[^。!?;\\n]{0,12}(?:唔好|要|先|一定|不能|不要))|前提(?:係|是)?|條件(?:係|是)?|只要|除非|如果|若果?|要是|假如|(?<![a-z])(?:provided(?: that)?|as long as|on condition(?: that)?|subject to|unless|but only if|only if|(?<!(?:asks?|asked|asking|wonder(?:s|ed|ing)?|see|know|check|sure|tell (?:me|us)) )if|but(?=[^。!?;\\n]{0,24}(?:must|no more|not more|only|need|has to|have to|should)))(?![a-z]))',
  'u',
);

/** Questions: an assumption in them is what they ask about. */
const ASKS: ReadonlySet<string> = new Set(['status', 'list', 'report', 'help', 'smalltalk', 'unknown']);

/** 未覆嘅話就取消: the condition stands before. */
const IN_CASE = foldedPattern('^[^。!?;\\n]{2,24}?(?:嘅話|的話|(?:冇|唔|仲未|都未)(?:回|得|肯)?覆?(?=就))', 'u');

/** Orders behind which a bare further clause tells why. */
const WITH_REASONS: ReadonlySet<string> = new Set([
  'reject',
  'hold',
  'cancel',
  'no_show',
  'undo',
  'pause_nudges',
  'reschedule',
  'assign_store',
  'blind_off',
  'blind_on',
  'approve',
  'offer',
  'shortlist',
]);

/** The clauses of an order's own part of the message, in the typed text. */
function clausesOf({
  order,
  clauses,
  text,
}: SlotContext): (Clause & { typedStart: number; typedEnd: number; cue: boolean })[] {
  return clauses
    .filter(({ start, end }) => end > order.start && start < order.end)
    .map((clause) => ({
      ...clause,
      typedStart: text.place(Math.max(clause.start, order.start)),
      typedEnd: text.place(Math.min(clause.end, order.end)),
      cue: order.cueStart < clause.end && order.cueEnd > clause.start,
    }));
}

const EDGES = /^[\s,，:：;；、。.~\-–—]+|[\s,，:：;；、。~\-–—]+$/gu;

/** A stretch without the signs and spaces at its edges. */
function trimmed(key: OwnWords['key'], typed: string, start: number, end: number): OwnWords[] {
  const raw = typed.slice(start, end);
  const from = start + (raw.length - raw.replace(/^[\s,，:：;；、。.~\-–—]+/u, '').length);
  const to = end - (raw.length - raw.replace(/[\s,，:：;；、。~\-–—]+$/u, '').length);
  return to > from ? [{ key, start: from, end: to }] : [];
}

function findings(context: SlotContext, words: readonly OwnWords[]): SlotFindings {
  const entities: Entities = {};
  for (const key of new Set(words.map((each) => each.key))) {
    const texts = words
      .filter((each) => each.key === key)
      .map(({ start, end }) => context.text.typed.slice(start, end).replace(EDGES, ''));
    const value = oneOrMany(texts);
    if (value !== undefined) entities[key] = value;
  }
  return { entities, ownWords: words };
}

/** A note's words: what stands behind 備註 and the name, else what stands before. */
function noteWords(context: SlotContext): OwnWords[] {
  const { order, text, found } = context;
  const end = text.place(order.end);
  let start = text.place(order.cueEnd);
  const segment = text.place(order.start);
  const head = found.people.find(
    (person) =>
      person.kind === 'who' &&
      person.start >= start &&
      /^[\s,，:：;；、]*(?:for|on|about|俾|畀|關於|关于)?\s*$/iu.test(text.typed.slice(start, person.start)),
  );
  if (head) start = head.end;
  const behind = trimmed('note', text.typed, start, end);
  if (behind[0] && behind[0].end - behind[0].start >= 2) return behind;
  const person = found.people.find(({ kind, start: at }) => kind === 'who' && at >= segment);
  return trimmed('note', text.typed, person ? person.end : segment, text.place(order.cueStart));
}

/** What a message is to say: what stands behind the verb, the recipients and the day of the appointment. */
function contentWords(context: SlotContext): OwnWords[] {
  const { order, text, found } = context;
  const end = text.place(order.end);
  let start = text.place(order.cueEnd);
  const mentions = [...found.people, ...found.times, ...found.jobs, ...found.places].sort((a, b) => a.start - b.start);
  for (const mention of mentions) {
    const between = text.folded.slice(start, mention.start);
    if (mention.start >= start && CONNECTS.test(between)) start = mention.end;
  }
  return trimmed('content', text.typed, skipped(text.folded, start), end).filter(
    ({ start: at, end: to }) => to - at >= 2 && !A_MESSAGE.test(text.folded.slice(at, to)),
  );
}

const CONNECTS = foldedPattern(
  '^(?:[\\s,，、:：]|俾|畀|比|給|同埋?|和|跟|嘅|的|嗰(?:個|班|批|幾個)|那(?:個|些)|見工|面試|interview|candidates?|applicants?|人|同學|佢哋?|所有|全部|all|the|to|for|and|on|at|記得|that){0,6}$',
  'u',
);
const SKIPS = foldedPattern(
  '^(?:[\\s,，:：]|見工嗰?(?:幾個|班|批)?|嗰(?:幾個|班|批)(?:人)?|佢(?:哋)?|記得|話|to(?![a-z])|that(?![a-z])|記住|要|please|pls|say(?:ing)?)+',
  'u',
);

/** 發條訊息, drop a line: that something is to be said, not what. */
const A_MESSAGE = foldedPattern(
  '^(?:(?:發|send|寄|打)?(?:返)?(?:條|個|封|一條|一個|一封)?(?:訊息|信息|消息|短訊|message|msg|sms|email|電郵)|句?(?:一)?聲|句話|一句|a (?:line|note|message|msg|text|quick (?:note|message)))(?:啦|呀|吧|pls|please|for me)?[.!]?$|^(?:聲|for me|please|pls|唔該|thanks|thx|內容(?:等|之後|遲))',
  'u',
);

const skipped = (folded: string, start: number): number => start + (SKIPS.exec(folded.slice(start))?.[0].length ?? 0);

/** Conditions, reasons, notes, contents, comments: words of the sender that are kept as they stand. */
export const readOwnWords: SlotReader = (context) => {
  const { order, text } = context;
  if (order.intent === 'note') return findings(context, noteWords(context));
  if (order.intent === 'send_message') return findings(context, contentWords(context));
  const words: OwnWords[] = [];
  const clauses = clausesOf(context);
  for (const clause of clauses) {
    const part = text.folded.slice(clause.typedStart, clause.typedEnd);
    const found = ASKS.has(order.intent) ? null : (PROVIDED.exec(part) ?? IN_CASE.exec(part));
    // 若 of 芷若 opens no condition.
    const condition = found && !insideName(context, clause.typedStart + found.index + 1) ? found : null;
    if (condition) {
      const from = clause.typedStart + condition.index;
      const until =
        clause.cue && condition.index === 0 ? Math.min(clause.typedEnd, from + condition[0].length) : clause.typedEnd;
      words.push(...trimmed('condition', text.typed, from, until));
      continue;
    }
    const because = BECAUSE.exec(part) ?? (order.intent === 'hold' ? UNTIL.exec(part) : null);
    if (because && clause.typedStart + because.index >= text.place(order.start)) {
      const from = clause.typedStart + because.index + (UNTIL.test(because[0]) ? 0 : because[0].length);
      words.push(...trimmed('reason', text.typed, from, clause.typedEnd));
    } else if (!clause.cue && WITH_REASONS.has(order.intent) && tellsWhy(context, clause)) {
      words.push(
        ...trimmed(order.intent === 'score' ? 'comment' : 'reason', text.typed, clause.typedStart, clause.typedEnd),
      );
    }
  }
  return findings(context, joined(words, text.typed));
};

const insideName = ({ found }: SlotContext, at: number): boolean =>
  found.people.some(({ start, end }) => start < at && at < end + 1 && end - start > 1 && at - 1 > start);

/** A further clause tells why when the person stands elsewhere and it says nothing that the order itself takes. */
function tellsWhy(context: SlotContext, clause: { typedStart: number; typedEnd: number }): boolean {
  const { order, found, text } = context;
  const inside = ({ start }: { start: number }): boolean => start >= clause.typedStart && start < clause.typedEnd;
  const people = found.people.filter(
    ({ kind, start }) => kind !== 'staff' && start >= text.place(order.start) && start < text.place(order.end),
  );
  if (people.length > 0 && people.every(inside)) return false;
  const takesTime = ['cancel', 'reschedule', 'offer', 'assign_store', 'hold', 'pause_nudges'].includes(order.intent);
  if (takesTime && found.times.some((time) => inside(time))) return false;
  const takesPlace = order.intent === 'assign_store' && found.places.some(inside);
  const takesPay = order.intent === 'offer' && found.money.some(inside);
  const takesJob = ['blind_on', 'blind_off', 'shortlist', 'offer'].includes(order.intent) && found.jobs.some(inside);
  return (
    !takesPlace &&
    !takesPay &&
    !takesJob &&
    [...text.typed.slice(clause.typedStart, clause.typedEnd).trim()].length >= 3
  );
}

/** Reasons in clauses that follow one another are one. */
function joined(words: readonly OwnWords[], typed: string): OwnWords[] {
  const kept: OwnWords[] = [];
  for (const each of words) {
    const last = kept.at(-1);
    if (last && last.key === each.key && /^[\s,，、]*$/u.test(typed.slice(last.end, each.start))) last.end = each.end;
    else kept.push({ ...each });
  }
  return kept;
}
