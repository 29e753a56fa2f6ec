import type { Description } from '../../mentions/described.ts';
import { foldedPattern } from '../../text/marked-text.ts';
import type { PersonMention } from '../../world/known-people.ts';
import {
  belongs,
  oneOrMany,
  type SlotContext,
  type SlotFindings,
  type SlotReader,
  withoutTakenBack,
} from './slot-reader.ts';

/** Intents whose frame may name who interviews. */
const WITH_INTERVIEWERS: ReadonlySet<string> = new Set(['schedule', 'reschedule', 'open_requisition', 'cancel']);

/** People mentioned in an order's own part of the message. */
export function peopleOf(context: SlotContext, kind: PersonMention['kind']): (PersonMention | Description)[] {
  const ofKind = context.found.people.filter((each) => each.kind === kind);
  const outside = ofKind.filter((each) => belongs(context, each));
  if (outside.length > 0 || kind !== 'who') return outside;
  // 如果駱文熙肯返六日,咁就批: nobody else is meant than who stands in the condition.
  return ofKind.filter((each) => belongs({ ...context, ownWords: [] }, each));
}

/** Of whom the order speaks; of one person named twice the fuller name. */
export const readCandidates: SlotReader = (context) => {
  const people = oncePerPerson(withoutTakenBack(context, peopleOf(context, 'who')));
  const names = people.map(({ start, end }) => context.text.typed.slice(start, end));
  const candidate = oneOrMany(names);
  const norms = people.map(({ near }, at) => near ?? names[at] ?? '');
  const corrected = oneOrMany(norms);
  if (candidate === undefined || corrected === undefined) return readDescribed(context);
  const near = people.some((each) => each.near !== undefined);
  return { entities: { candidate, ...(near ? { candidate_norm: corrected } : {}) } };
};

/** Nobody is named, but somebody is described (11點嗰個), or the order before tells who is meant. */
function readDescribed(context: SlotContext): SlotFindings {
  const words = peopleOf(context, 'ref').map(({ start, end }) => context.text.typed.slice(start, end));
  const described = oneOrMany(words);
  if (described !== undefined) {
    const vague = peopleOf(context, 'ref').some((each) => 'vague' in each && each.vague);
    return { entities: { candidate_ref: described, ...(vague ? { needs: ['candidate'] } : {}) } };
  }
  const { candidate, candidate_norm, candidate_ref } = context.inherited?.entities ?? {};
  return {
    entities: {
      ...(candidate === undefined ? {} : { candidate }),
      ...(candidate_norm === undefined ? {} : { candidate_norm }),
      ...(candidate_ref === undefined ? {} : { candidate_ref }),
    },
  };
}

/** Somebody named twice in one order is one person. */
export function oncePerPerson(people: readonly PersonMention[]): PersonMention[] {
  const kept: PersonMention[] = [];
  for (const person of people) {
    const at = kept.findIndex(({ ids }) => ids.length > 0 && ids.some((id) => person.ids.includes(id)));
    const other = kept[at];
    if (!other) kept.push(person);
    else if (person.end - person.start > other.end - other.start && person.ids.length <= other.ids.length)
      kept[at] = person;
  }
  return kept;
}

/** 我、Carmen 見; panel = …; 面試官：店長; to see me; w/ Ms Leung. */
const SELF = foldedPattern(
  "我自己|我(?=[同和跟與及、+&])|(?<=[同和跟與及、+&])我|由我|(?<=[見嚟搵])我(?![哋們])|我(?=(?:自己)?(?:見|面|嚟|來|黎|去|親自|做|同))|(?<![a-z])(?:me|myself)(?![a-z])|(?<![a-z])i(?=(?:'ll| will| can| want to)? (?:see|meet|interview|do it|sit in))",
  'gu',
);
/** Colleagues named by what they are. */
const FUNCTION = foldedPattern(
  '[\\p{Script=Han}](?:經理|總(?!部|店|公司)|主任|店長|主管)|(?:副|助理)?店長|店經理|分店經理|區域經理|區經理|部門經理|經理|老闆娘?|老闆|大廚|主廚|總廚|主管|主任|hr(?:經理)?|人事部?|(?<![a-z])(?:(?:area|store|shop|branch|operations|kitchen|floor|regional|district|duty|restaurant|hotel|finance|general|assistant|department|hr) (?:manager|supervisor|director|head)|manager|head chef|chef|director|boss|supervisor|hr manager|hr)(?![a-z])',
  'gu',
);
/** Words after which or before which a function names who interviews. */
const MEETS_BEFORE = foldedPattern(
  String.raw`(?:面試官(?:係|是|為)?|考官|interviewer(?:s)?(?: is| will be)?|panel|由|同埋?|跟|和|與|俾|搵|見|with|wif|w/|by|plus|and|see|meet|\+|&|、|,|:|=)\s*(?:the |our )?$`,
  'u',
);
const MEETS_BEHIND = foldedPattern(
  String.raw`^\s*(?:見|面|做|主持|負責|會見|嚟見|來見|親自|(?:wants? |would like |needs? )?to (?:see|meet|interview|do)|will (?:see|meet|interview|do)|interview|同|and|\+|&|、)`,
  'u',
);

/** Who interviews: colleagues by name, the sender, colleagues by function. */
export const readInterviewers: SlotReader = (context) => {
  const { order, text } = context;
  if (!WITH_INTERVIEWERS.has(order.intent)) return {};
  const stretches = peopleOf(context, 'staff').map(({ start, end }) => ({ start, end }));
  for (const match of text.folded.matchAll(SELF)) {
    const at = match[0].indexOf('我');
    const start = match.index + Math.max(0, at);
    const self = match[0].startsWith('我自己') || at < 0 ? match[0].length : 1;
    stretches.push({ start, end: start + self });
  }
  for (const match of text.folded.matchAll(FUNCTION)) {
    const end = match.index + match[0].length;
    const taken = stretches.some((each) => match.index < each.end && end > each.start);
    const meets =
      MEETS_BEFORE.test(text.folded.slice(Math.max(0, match.index - 16), match.index)) ||
      MEETS_BEHIND.test(text.folded.slice(end, end + 18));
    if (!taken && meets) stretches.push({ start: match.index, end });
  }
  const own = stretches.filter((each) => belongs(context, each)).sort((a, b) => a.start - b.start);
  const interviewer = oneOrMany([...new Set(own.map(({ start, end }) => text.typed.slice(start, end)))]);
  return interviewer === undefined ? {} : { entities: { interviewer } };
};
