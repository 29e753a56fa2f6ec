import type { Entities } from '../intents.ts';
import { patternInOneForm } from '../text/spoken-forms.ts';
import type { TimeValue } from '../time/time-mention.ts';
import type { Concept } from './concepts.ts';
import type { PlacedTime, ReplyText } from './reply-text.ts';
import type { Answer } from './weigh-answers.ts';

/** Which of a message's times belong to which answer, and what they are to it: the day wished for, the old one, a delay. */

const TO_BEFORE = patternInOneForm(
  '(?:改|轉|調|換|約|搬|移|延|推|押後)(?:返|咗|期)?(?:去|到|為|成|做|至|喺)?(?:咗)? ?$|(?<![a-z])(?:to|for|on|until|instead) ?$|(?:去|到|為|成)$|(?:就|或者|或|不如) ?$|(?<![a-z])(?:or|else) ?$',
);
const OLD_AFTER = patternInOneForm(
  '^ ?(?:嗰|個)?(?:場|個|次|日|節)? ?(?:嘅)? ?(?:面試|場|約|培訓|試工|interview|appointment|session|training|slot|的面試)',
);
const OLD_BEFORE = patternInOneForm('(?:由|原本|本來|原定|本身|將|把|嗰個|from|original|originally|my|the) ?$');
const IMPOSSIBLE_AFTER = patternInOneForm(
  '^ ?(?:我|就|都|先|才|至|已經|要|啱啱|嗰日|下晝|is|i|does|will)* ?(?:唔得|唔行|唔可以|唔方便|唔得閒|嚟唔到|去唔到|唔ok|返工|收工|放工|落班|下班|放學|返學|落堂|上堂|考試|有事|有約|要返|要考|要上|撞|(?<![a-z])(?:can not|not free|not available|not ok|not work|no good|clash|busy|i am busy|i work|finish work|off work))',
);
const CORRECTION = patternInOneForm(
  '(?<![a-z])(?:no wait|wait|no|i mean|actually|sorry|make that|rather)(?![a-z])|唔係|講錯|打錯|應該係|等等|諗錯',
);
const POINTING = patternInOneForm('(?:嗰|呢|上堂|培訓|全|(?<![a-z])(?:these|those|the|both|your|all)) ?$');
const FAREWELL = patternInOneForm('^ ?(?:見|再見|會)');
const FAREWELL_BEFORE = /(?:see|c|meet|catch) (?:you|ya|u)(?: all| guys| on| at)? ?$/u;

/** Adds times to the details of one answer. */
export function fillTimes(reply: ReplyText, answer: Answer, answers: readonly Answer[], entities: Entities): void {
  const speaking = answers.some(({ intent }) => intent === 'no')
    ? answers.filter(({ intent }) => intent !== 'human')
    : answers;
  const mine = reply.times.filter((time) => ownerOf(time, reply, speaking) === answer);
  switch (answer.intent) {
    case 'reschedule':
      fillMove(reply, answer, mine, entities);
      break;
    case 'late':
      fillDelay(reply, mine, entities);
      break;
    case 'yes':
      setTimes(
        entities,
        // 「朝早嗰個」 chooses among what was offered; it names no day.
        mine.filter((time) => !isFarewell(time, reply) && !(time.mention.dayAssumed && time.mention.grain === 'part')),
      );
      break;
    case 'no':
      // 下個月返 of another job is no day that is turned down.
      setTimes(
        entities,
        mine.filter(({ mention }) => !COARSE.has(mention.grain)),
      );
      break;
    case 'human':
      // What somebody else tells is about the day that the candidate misses.
      if (!answers.some(({ intent }) => intent === 'no')) setTimes(entities, mine);
      break;
    case 'undecided':
    case 'ask_location':
    case 'ask_preparation':
      setTimes(entities, mine);
      break;
    default:
  }
}

/** Stretches too long for a day that is turned down. */
const COARSE: ReadonlySet<string> = new Set(['week', 'weekend', 'month', 'month_part', 'quarter', 'year']);

/** Behind another clause a time rather tells a story. */
const OTHER_CLAUSE = 100;

/** Answers that speak of a time. */
const TAKES_TIME: ReadonlySet<string> = new Set([
  'reschedule',
  'late',
  'yes',
  'no',
  'undecided',
  'human',
  'ask_location',
  'ask_preparation',
]);

/** Answers whose time may stand in a clause of its own words. */
const FAR: ReadonlySet<string> = new Set(['reschedule', 'late', 'undecided']);

/** Whether a clause says hardly more than a time: 「揀B,星期四朝早」. */
function standsAlone(time: PlacedTime, reply: ReplyText): boolean {
  const clause = reply.clauses[time.clause];
  return clause !== undefined && reply.said.slice(clause.start, clause.end).trim().length <= 5;
}

/** 「sure, Thursday 6:30 works for me」: the further clause says again that it suits. */
const SUITS = patternInOneForm(
  '可以|冇問題|會嚟|會到|準時|(?<![a-z])(?:works?|fine|good|ok|okay|can|will be|see you|join|come|there|suits?)(?![a-z])',
);

function clauseOf(time: PlacedTime, reply: ReplyText): string {
  const clause = reply.clauses[time.clause];
  return clause ? reply.said.slice(clause.start, clause.end) : '';
}

const isPoint = ({ mention }: PlacedTime): boolean => mention.kind !== 'length' && mention.kind !== 'same_clock';

/** The answer whose words lie nearest to a time: around it, then in its clause, then in its sentence. */
function ownerOf(time: PlacedTime, reply: ReplyText, answers: readonly Answer[]): Answer | undefined {
  let best: { answer: Answer; cost: number } | undefined;
  const sentence = reply.clauses[time.clause]?.sentence;
  for (const answer of answers) {
    for (const concept of answer.concepts) {
      const cost = costOf(time, concept, reply, sentence);
      if (cost !== undefined && (best === undefined || cost < best.cost)) best = { answer, cost };
    }
  }
  // An answer known by its looks alone has no words of its own: the time is its.
  if (!best) return answers.find(({ intent, concepts }) => concepts.length === 0 && TAKES_TIME.has(intent));
  if (best.cost < OTHER_CLAUSE || FAR.has(best.answer.intent) || standsAlone(time, reply)) return best.answer;
  if (best.answer.intent === 'yes' && best.cost < 10 * OTHER_CLAUSE && SUITS.test(clauseOf(time, reply)))
    return best.answer;
  return undefined;
}

function costOf(
  time: PlacedTime,
  concept: Concept,
  reply: ReplyText,
  sentence: number | undefined,
): number | undefined {
  if (concept.start <= time.at && time.at < concept.end) return 0;
  const gap = time.at < concept.start ? concept.start - time.at : time.at - concept.end + 1;
  if (concept.clause === time.clause) return gap;
  if (reply.clauses[concept.clause]?.sentence === sentence) return OTHER_CLAUSE + gap;
  return 10 * OTHER_CLAUSE + gap;
}

function setTimes(entities: Entities, times: readonly PlacedTime[]): void {
  const values = times
    .filter(isPoint)
    .filter(({ mention }) => !mention.repeated)
    .map(({ mention }) => mention.value)
    .filter((value): value is TimeValue => value !== undefined);
  const [first] = values;
  if (first === undefined) return;
  entities.time = values.length === 1 ? first : values;
}

function isFarewell({ mention, at }: PlacedTime, reply: ReplyText): boolean {
  // 聽日見, 聽朝見; 「星期六見」 and 「3點見」 say when.
  if (mention.grain === 'minute' || mention.weekday !== undefined) return false;
  return FAREWELL.test(reply.said.slice(at + 1)) || FAREWELL_BEFORE.test(reply.said.slice(0, at));
}

function fillMove(reply: ReplyText, answer: Answer, mine: readonly PlacedTime[], entities: Entities): void {
  const points = withoutCorrected(mine.filter(isPoint), reply);
  const old = points.filter((time) => isOld(time, reply, answer, points));
  const exact = points.some(({ mention }) => mention.grain === 'minute');
  // 「I can only do evenings, any slot after 7pm on Thursday」: the part of the day is said again by the hour.
  const wished = points.filter(
    (time) => !old.includes(time) && !(exact && time.mention.dayAssumed && time.mention.grain === 'part'),
  );
  const [first] = old;
  if (first?.mention.value !== undefined) entities.from_time = first.mention.value;
  if (mine.some(({ mention }) => mention.kind === 'same_clock' || mention.sameClock)) entities.same_clock = true;
  setTimes(entities, wished);
  if (entities.time !== undefined) return;
  const length = mine.find((time) => time.mention.kind === 'length' && !isPointedAt(time, reply))?.mention;
  const sign = length?.direction === 'earlier' ? -1 : 1;
  const moved = movedBy(first?.mention.value, sign * (length?.lengthMinutes ?? 0));
  if (moved !== undefined) {
    entities.time = moved;
    return;
  }
  if (length?.lengthDays !== undefined) entities.shift_days = sign * length.lengthDays;
  else if (length?.lengthMinutes !== undefined) entities.delay_min = sign * length.lengthMinutes;
  else entities.needs = ['time'];
}

/** 星期四10點 half an hour earlier: with the old clock in the line the new one can be told. */
function movedBy(old: TimeValue | undefined, minutes: number): string | undefined {
  if (typeof old !== 'string' || !old.includes('T') || minutes === 0) return undefined;
  const day = old.slice(0, 10);
  const total = Number(old.slice(11, 13)) * 60 + Number(old.slice(14, 16)) + minutes;
  if (total < 0 || total >= 24 * 60) return undefined;
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${day}T${two(Math.floor(total / 60))}:${two(total % 60)}+08:00`;
}

/** 嗰兩日, these three days: the days themselves, no length of a shift. */
function isPointedAt({ at }: PlacedTime, reply: ReplyText): boolean {
  return POINTING.test(reply.said.slice(Math.max(0, at - 7), at));
}

/** Without times that were taken back in the same breath, and days said again beside their own clock. */
function withoutCorrected(points: readonly PlacedTime[], reply: ReplyText): PlacedTime[] {
  return points.filter(({ at, mention }, index) => {
    const next = points[index + 1];
    if (next && CORRECTION.test(reply.said.slice(at + 1, next.at))) return false;
    return !(
      mention.kind === 'day' &&
      points.some((other) => other.mention.kind === 'moment' && other.mention.from === mention.from && other.at !== at)
    );
  });
}

/** The time of the appointment that is to be moved, or a time at which the person cannot come. */
function isOld(time: PlacedTime, reply: ReplyText, answer: Answer, all: readonly PlacedTime[]): boolean {
  const { at, clause, mention } = time;
  if (INSTEAD_OF.test(reply.said.slice(Math.max(0, at - 20), at))) return true;
  const next = all.find((other) => other.at > at);
  // 27號改28號, my 2pm today to 3: the first is the old one.
  if (next && MOVED_TO.test(reply.said.slice(at + 1, next.at))) return true;
  // 26號我要返內地,挪到30號: what stands before the day it is moved to tells why.
  const later = all.filter((other) => other.at > at);
  if (later.some((other) => MOVES_BEFORE.test(reply.said.slice(Math.max(0, other.at - 6), other.at)))) return true;
  if (later.length > 0 && reply.times.some(({ mention: each }) => each.sameClock || each.kind === 'same_clock'))
    return !/(?:或|or|定係|還是) ?$/u.test(reply.said.slice(at + 1, later[0]?.at));
  if (mention.marker === 'originally' || IMPOSSIBLE_AFTER.test(reply.said.slice(at + 1))) return true;
  const before = reply.said.slice(Math.max(0, at - 14), at);
  if (TO_BEFORE.test(before)) return false;
  const around = answer.concepts.filter(({ start, end }) => start <= at && at < end);
  if (around.some(({ name }) => name === 'busy' || name === 'cant' || name === 'no')) return true;
  if (around.some(({ name }) => name === 'reschedule')) return false;
  if (OLD_BEFORE.test(before) || OLD_AFTER.test(reply.said.slice(at + 1))) return true;
  const wishes = (place: number): boolean =>
    answer.concepts.some(({ name, clause: its }) => name === 'reschedule' && its === place);
  if (wishes(clause)) return false;
  // What stands beside the wish in a clause of its own tells why: 「聽日要返工,可唔可以改星期五」.
  if (all.some((other) => wishes(other.clause))) return true;
  return !standsAlone(time, reply) && answer.concepts.some(({ name }) => name === 'reschedule');
}

const INSTEAD_OF = patternInOneForm(
  '(?:(?<![a-z])(?:instead of|rather than|not)(?: the| on| at)?|而唔係|而不是|唔係|代替) ?$',
);
const MOVES_BEFORE = patternInOneForm('(?:改|轉|調|換|搬|挪|推|延|移)(?:返|期)?(?:去|到|為|至)? ?$');
const MOVED_TO = patternInOneForm(
  '^[^。!?;,]{0,16}?(?:改|轉|調|換|搬|挪|推|延|移|(?<![a-z])(?:to|->|→|=>)(?![a-z]))[^。!?;,]{0,10}$',
);

const MORE_MINUTES = /(?<!\d)(\d{1,2}) ?(?:more|extra|另外|多) ?(?:min|分)/u;

function fillDelay(reply: ReplyText, mine: readonly PlacedTime[], entities: Entities): void {
  // Of two lengths the later corrects the earlier: 遲10分鐘,唔係,廿五分鐘先真.
  const length = mine.findLast(
    ({ mention }) => mention.kind === 'length' && mention.lengthMinutes !== undefined,
  )?.mention;
  if (length?.lengthMinutes !== undefined) {
    entities.delay_min = length.lengthMinutes;
    return;
  }
  const more = MORE_MINUTES.exec(reply.said)?.[1];
  if (more === undefined) setTimes(entities, mine);
  else entities.delay_min = Number(more);
}
