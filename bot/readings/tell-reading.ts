import type { ReadFrame, ReadingRecord } from '../../models/reading.model.ts';
import type { Reader } from '../../recruiting/unit/reader.ts';
import type { AnyCommand, Argument } from '../command.ts';
import { GROUND_TITLES } from '../replies/compliance-sentences.ts';
import { inLanguage, type Lang, say, type Texts } from '../replies/said.ts';
import { staffDateTime, staffWhen } from '../replies/staff-dates.ts';
import { understoodAs } from '../replies/understood.ts';
import { SURE } from '../understand/decide.ts';
import { entitiesSchema, type Intent, type IntentFrame, NEEDS, type Need } from '../understand/intents.ts';

/** Names of the candidates a reading may mean, by id. */
export type PeopleNames = ReadonlyMap<string, string>;

/** Everybody a reading may mean, as staff see them: 陳家欣（C1001）. Those whose data have gone are not named. */
export async function peopleOfReading(reader: Reader, reading: ReadingRecord): Promise<PeopleNames> {
  const ids = [...new Set(reading.frames.flatMap(({ who }) => who.flat()))];
  const candidates = ids.length > 0 ? await reader.list('candidates', { _id: { $in: ids } }) : [];
  return new Map(candidates.map(({ _id, name, ref }) => [_id, `${name.display}（${ref}）`]));
}

const NEED_TITLES: Readonly<Record<Need, Texts>> = {
  candidate: say('是哪位', 'who'),
  time: say('日期時間', 'when'),
  store: say('哪間分店', 'which branch'),
  content: say('內容', 'what to say'),
  job: say('哪個職位', 'which job'),
  intent: say('要做甚麼', 'what to do'),
};

/** How a message was read, in plain words: what is wanted, who, when and where, what was missing or doubtful, what was done. */
export function tellReading(
  reading: ReadingRecord,
  {
    people,
    answer,
    commands,
    now,
    lang,
  }: { people: PeopleNames; answer: string | undefined; commands: readonly AnyCommand[]; now: Date; lang: Lang },
): string {
  const when = staffWhen(reading.at, now, lang);
  const head = say(`您上一句（${when}）我這樣理解：`, `This is how I read your last message (${when}):`);
  const command = commands.find(({ name }) => name === reading.command);
  const several = reading.frames.length > 1;
  const told = command
    ? tellExact(reading, command, lang)
    : reading.frames.map((frame, at) => `${several ? `${at + 1}. ` : '· '}${tellFrame(frame, people, lang)}`);
  const done = answer
    ? inLanguage(say(`我的回覆：\n${answer}`, `What I answered:\n${answer}`, `我的回复：\n${answer}`), lang)
    : inLanguage(say('我的回覆已在一對一對話中發出。', 'I answered in our 1:1 chat.'), lang);
  return [inLanguage(head, lang), ...told, done].join('\n');
}

/** A command in its exact form: which one, and what was said of each argument. */
function tellExact({ frames }: ReadingRecord, command: AnyCommand, lang: Lang): string[] {
  const exact = say(
    `指令「${command.aliases.hant[0]}」：${command.summary.hant}`,
    `the command "${command.aliases.en[0]}": ${command.summary.en}`,
  );
  const said = Object.entries(frames[0]?.entities ?? {}).map(([name, values]) => {
    const argument = command.takes[name];
    const title = argument ? inLanguage(argument.title, lang) : name;
    const words = [values].flat().map((value) => valueText(String(value), argument, lang));
    return `  ${title}${lang === 'en' ? ': ' : '：'}${words.join(lang === 'en' ? ', ' : '、')}`;
  });
  return [`· ${inLanguage(exact, lang)}`, ...said];
}

function valueText(value: string, argument: Argument | undefined, lang: Lang): string {
  if (argument?.kind === 'moment' && !Number.isNaN(Date.parse(value))) return staffDateTime(new Date(value), lang);
  const choice = argument?.choices?.find(({ id }) => id === value);
  return choice ? inLanguage(choice.title, lang) : value;
}

function tellFrame(frame: ReadFrame, people: PeopleNames, lang: Lang): string {
  const parsed = entitiesSchema.safeParse(frame.entities);
  const entities = parsed.success ? parsed.data : {};
  const intent = frame.intent as Intent;
  const read: IntentFrame = { ...frame, intent, entities, start: 0, end: 0 };
  const lines = [understoodAs(read, lang)];
  const add = (texts: Texts): void => {
    lines.push(`  ${inLanguage(texts, lang)}`);
  };
  for (const ids of frame.who) {
    const names = ids.flatMap((id) => people.get(id) ?? []);
    const list = names.slice(0, 5).join(lang === 'en' ? ', ' : '、');
    if (names.length === 1) add(say(`應徵者：${list}`, `Candidate: ${list}`));
    if (names.length > 1) add(say(`未肯定是哪位：${list}`, `Not certain who: ${list}`));
    if (names.length === 0) add(say('找不到這位應徵者', 'Nobody fits'));
  }
  // 「佢」 lacks a name and still was somebody.
  const isKnown = frame.who.some((ids) => ids.length > 0);
  const needs = (entities.needs ?? []).filter((need) => NEEDS.includes(need) && !(isKnown && need === 'candidate'));
  if (needs.length > 0) {
    const missing = needs.map((need) => inLanguage(NEED_TITLES[need], lang)).join(lang === 'en' ? ', ' : '、');
    add(say(`欠缺：${missing}`, `Missing: ${missing}`));
  }
  const flags = [entities.compliance_flag ?? []].flat();
  for (const flag of flags) {
    const title = inLanguage(GROUND_TITLES[flag], lang);
    if (flag === 'SENSITIVE') add(say(`略去：${title}`, `Left out: ${title}`));
    else if (flag === 'HKID_EARLY') add(say(`未到索取${title}的時候`, `Too early for ${title}`));
    else add(say(`不能用作理由或條件：${title}`, `May not count: ${title}`));
  }
  if (frame.confidence < SURE && frame.intent !== 'unknown' && frame.intent !== 'smalltalk') {
    add(say('我不太肯定，所以不會直接執行', 'I was not certain, so I do not act at once'));
  }
  return lines.join('\n');
}
