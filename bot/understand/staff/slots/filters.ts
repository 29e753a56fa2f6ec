import type { Entities } from '../../intents.ts';
import { foldedPattern } from '../../text/marked-text.ts';
import { oneOrMany, type SlotContext, type SlotReader } from './slot-reader.ts';

/** Orders about several people of whom only some may be meant. */
const OF_SOME: ReadonlySet<string> = new Set([
  'shortlist',
  'list',
  'send_message',
  'reject',
  'approve',
  'schedule',
  'hold',
]);

const OPENS =
  '有|冇|無|沒有|没有|未|還沒|还没|仲未|識|會|肯|願意|做過|讀過|揸住|持|可以|返得|超過|過咗|接受咗|收咗|考咗|pass咗|交咗|簽咗|住|年資|分數|最';
/** 有叉車證的全部入圍, 收咗offer未覆嗰班: the words before 嘅 or 嗰班 choose among them. */
const BEFORE_THEM = foldedPattern(
  `(?:^|[\\s,，:：]|搵晒?|揀晒?|將|把|叫|催|入面|裡面|里头|當中|嗰批|嗰疊|嗰堆|所有|全部|啲|show)((?:${OPENS}|[一二三四五六七八九十廿\\d]{1,3}(?:歲|後|后)|後生|(?:女|男)(?:仔|性|人))[^,，。!?;\\n]{0,22}?)(?:嘅|的|嗰|那|果)(?:啲|些|班|批|堆|幾個|个)?(?![\\p{Script=Han}]{0,2}(?:時間|日子|消息))`,
  'gu',
);
/** 邊啲人收咗offer未覆, who has not sent the form: what a list asks for. */
const ASKED_FOR = foldedPattern(
  `(?:邊(?:啲|個|幾個)|有邊個|哪些|誰|谁|幾多人|多少人)(?:人|應徵者|申請人)?((?:${OPENS}|簽|收|遞|線上|线上|接受|pass)[^,，。!?;\\n]{1,18}?)(?=[,，。!?;\\n]|$| list|呀|俾我|開個|列)`,
  'u',
);
const ENGLISH = foldedPattern(
  "(?<![a-z])(?:everyone|everybody|anyone|anybody|those|people|candidates?|applicants?|ones?|all|whoever|who)(?: (?:who|that|whoever))? ((?:can|could|has|have|with|without|w/|knows?|speaks?|holds?|hasn't|haven't|didn't|is not|are not|never|passed|failed|lives?|available)(?![a-z])[^,.;!?\\n]{2,48}?)(?= goes?(?![a-z])| go(?![a-z])| should| on(?:to)? the short| to the short| get(?:s)?(?![a-z])|[,.;!?\\n]|$)",
  'u',
);
/** 唔計, skip anyone without …: who or what shall not be taken. */
const LEFT_OUT = foldedPattern(
  '(?:^|[\\s,，])([^,，。!?;\\n\\s]{2,14}?)(?:嘅|的|嗰啲|那些)?(?:就|都)?(?:唔計|唔好計|唔好揀|唔好收|唔收|不考慮|唔考慮|除外|不要|唔要)|(?<![a-z])(?:skip|except(?: for)?|excluding|but not|leave out|not counting) (?:anyone |anybody |those |the ones |people )?([^,.;!?\\n]{3,40})|(?<![a-z])(?:nobody|no one|none) ((?:who|with|that|still|under|over)[^,.;!?\\n]{3,40})',
  'u',
);

/** Which people of a group are meant, and which are not, as somebody said it. Never carried out by guessing (limits.ts). */
export const readFilters: SlotReader = (context) => {
  const { order, entities } = context;
  if (order.intent === 'assign_store') return { entities: placesLeftOut(context) };
  if (!OF_SOME.has(order.intent) || entities.candidate !== undefined || entities.candidate_ref !== undefined) return {};
  const folded = partOf(context);
  const left = LEFT_OUT.exec(folded);
  const out = left?.slice(1).find(Boolean);
  const chosen = [...folded.matchAll(BEFORE_THEM)].map((match) => match[1] ?? '').filter((words) => words !== out);
  const asked = chosen.length > 0 ? undefined : (ASKED_FOR.exec(folded)?.[1] ?? ENGLISH.exec(folded)?.[1]);
  const words = asked === undefined ? chosen : [asked];
  const found: Entities = {};
  const filter = oneOrMany(words.map((each) => asTyped(context, each)).filter((each) => each.length > 1));
  if (filter !== undefined) found.filter = filter;
  if (out !== undefined && !out.includes(filter?.toString() ?? '\n')) found.exclude = asTyped(context, out);
  return { entities: found };
};

/** 派去上水 唔好擺喺青衣: the branch that is not wanted. */
function placesLeftOut({ found, text, order, entities }: SlotContext): Entities {
  const kept = [entities.store ?? []].flat();
  const others = found.places
    .filter(({ start, end }) => start >= text.place(order.start) && end <= text.place(order.end))
    .filter(({ start }) => NOT_THERE.test(text.folded.slice(Math.max(0, start - 12), start)))
    .map(({ start, end }) => text.typed.slice(start, end))
    .filter((place) => !kept.includes(place));
  const exclude = oneOrMany(others);
  return exclude === undefined ? {} : { exclude };
}

const NOT_THERE = foldedPattern(
  '(?:唔好|咪|唔使|不要|別|唔係|(?<![a-z])(?:not|except|instead of))[^,，。!?;\\n]{0,4}?(?:擺|放|派|去|喺|到|in|at|to)?\\s*$',
  'u',
);

const partOf = ({ order, text }: SlotContext): string =>
  text.folded.slice(text.place(order.start), text.place(order.end));

function asTyped(context: SlotContext, folded: string): string {
  const { text, order } = context;
  const from = text.place(order.start);
  const at = partOf(context).indexOf(folded);
  return text.typed.slice(from + at, from + at + folded.length).trim();
}
