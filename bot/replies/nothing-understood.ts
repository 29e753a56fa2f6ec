import type { StaffRecord } from '../../models/staff.model.ts';
import { reachOf } from '../../recruiting/access/permissions.ts';
import type { AnyCommand } from '../command.ts';
import { isNo, isYes } from '../dialogue/answers.ts';
import { fragmentOf } from '../orders/fragment.ts';
import type { OrderContext } from '../orders/order-context.ts';
import { peopleOf } from '../orders/people.ts';
import type { OrdersContext } from '../orders/plan-orders.ts';
import type { Reading } from '../orders/reading.ts';
import type { IntentFrame } from '../understand/intents.ts';
import { foldedPattern } from '../understand/text/marked-text.ts';
import { didNotUnderstand } from './not-understood.ts';
import type { QuickReply, Reply } from './reply.ts';
import { inLanguage, type Lang, type Said, say } from './said.ts';

const THANKS = foldedPattern('多謝|謝謝|唔該(?:晒|哂)?|thx|thanks|thank you|cheers|救命|勁', 'u');
const HELLO = foldedPattern(
  '早晨|早安|午安|你好|您好|哈囉|hello|(?<![a-z])hi(?![a-z])|good (?:morning|afternoon)',
  'u',
);

/** Answers small talk in a word, and says honestly what was not understood, with three things that can be typed. */
export function nothingUnderstood(order: OrderContext, context: OrdersContext): Reply {
  const { reading, frame } = order;
  const text = reading.restore(reading.text);
  if (isYes(text) || isNo(text)) return didNotUnderstand(text, context.asker, context.commands);
  const number = unknownNumber(reading);
  if (number) return noSuchNumber(number);
  const fragment = fragmentOf(reading);
  if (fragment?.hasTime) return onlyTime(fragment.text, reading);
  if (frame.intent === 'smalltalk') return smalltalk(reading.marked.folded, context.asker);
  const known = didNotUnderstand(text, context.asker, context.commands);
  // Greetings and thanks alone have their own answer there.
  if ((known.quickReplies ?? []).length === 0 || HELLO.test(text.trim().slice(0, 6))) return known;
  const turnedOff = ['quoted', 'hypothesis', 'negated'].some((meaning) => reading.modifiers.has(meaning));
  const [piece, ...others] = turnedOff ? [] : peopleOf(order).pieces;
  const [id] = piece && 'ids' in piece && piece.ids.length === 1 && others.length === 0 ? piece.ids : [];
  if (id !== undefined) return whatAbout(reading, id);
  return {
    text: (lang) =>
      [
        inLanguage(whatIsUnclear(reading, frame), lang),
        inLanguage(say('您可以這樣輸入：', 'You can type, for example:'), lang),
        ...examplesFor(context.commands, context.asker, lang).map((example) => `· ${example}`),
      ].join('\n'),
    quickReplies: [
      { label: say('查看指令', 'Show commands'), sends: say('幫助', 'help') },
      { label: say('理解錯咗', 'That was wrong'), sends: say('理解錯咗', 'misread') },
    ],
  };
}

function smalltalk(folded: string, asker: StaffRecord): Reply {
  if (THANKS.test(folded))
    return { text: say('不用客氣！有需要隨時叫我。', 'You are welcome! I am here when you need me.') };
  if (HELLO.test(folded)) {
    return {
      text: say(
        `${asker.name}您好！今日有甚麼要我幫手？`,
        `Hello ${asker.englishName ?? asker.name}! What can I do for you?`,
      ),
    };
  }
  return { text: say('收到！有招聘的事隨時叫我。', 'Noted! I am here for anything about recruiting.') };
}

/** A number as the robot gives them (A1003) that nobody has: those that exist are read as names. */
export function unknownNumber({ text }: Pick<Reading, 'text'>): string | undefined {
  return /(?<![A-Za-z0-9])[AC]\d{3,7}(?!\d)/i.exec(text)?.[0].toUpperCase();
}

/** Said of a number nobody has: nothing was done. */
export function noSuchNumber(number: string): Reply {
  return {
    text: say(
      `找不到編號 ${number}，未有作出任何更改。請用姓名再試。`,
      `There is no ${number}. Nothing has been changed; please try the name.`,
    ),
  };
}

/** Most people offered for a time that came without an order. */
const MOST_OFFERED = 3;

/** A time alone, while nothing waits for one: what for is asked; whoever was spoken of can be tapped. */
function onlyTime(time: string, { found, spokenOf, known, restore }: Reading): Reply {
  const named = found.people.length > 0;
  const names = named
    ? []
    : spokenOf.candidateIds.slice(0, MOST_OFFERED).map((id) => restore(known.people.display(id)));
  const [first = '家欣'] = names;
  const example = named ? time : `${first} ${time}`;
  return {
    text: say(
      `收到「${time}」，但未知要做甚麼${named ? '' : '、是哪位'}，所以未有執行。請一併輸入，例如「約 ${example}」或「改期 ${example}」。`,
      `I see "${time}", but not what to do${named ? '' : ' or for whom'}, so nothing was done. Please say it in one go, such as "schedule ${example}" or "reschedule ${example}".`,
    ),
    ...(names.length > 0
      ? {
          quickReplies: names.map((name) => ({
            label: (lang: Lang) => inLanguage(say(`約 ${name}`, `Schedule ${name}`), lang),
            sends: `約 ${name} ${time}`,
          })),
        }
      : {}),
  };
}

/** Why nothing was done: a hypothesis, a quotation or a negation is no order, the rest is simply not understood. */
function whatIsUnclear({ modifiers }: Reading, frame: IntentFrame): Said {
  if (modifiers.has('quoted'))
    return say(
      '這句是轉述別人的話，我未有執行。如要我做，請直接告訴我。',
      'That quotes somebody else, so nothing was done. Please tell me directly what to do.',
    );
  if (modifiers.has('hypothesis'))
    return say('這句是假設，我未有執行任何事。', 'That was only supposed, so nothing was done.');
  if (modifiers.has('negated')) return say('您說不要做，我便沒有做任何事。', 'You said not to, so nothing was done.');
  if (frame.entities.needs?.includes('intent'))
    return say(
      '我未能肯定是批准、婉拒還是其他，亦未知是哪位，所以未有執行。',
      'I cannot tell whether to approve, turn down or something else, nor whom, so nothing was done.',
    );
  return say(
    '不好意思，我未明白這句，未有作出任何更改。',
    'Sorry, I did not understand that; nothing has been changed.',
  );
}

/** Somebody was named, but not what to do. */
function whatAbout({ known, references, restore }: Reading, candidateId: string): Reply {
  const number = references.people.find((each) => each.candidateId === candidateId)?.application?.ref;
  const name = restore(known.people.display(candidateId));
  const who = number ?? name;
  const ways: readonly (readonly [string, string, string])[] = [
    ['查進度', 'Status', '狀態'],
    ['批准', 'Approve', '批'],
    ['擱置', 'Hold', '擺住'],
    ['婉拒', 'Turn down', '唔要'],
  ];
  const quickReplies: QuickReply[] = ways.map(([hant, en, word]) => ({
    label: (said: Lang) => inLanguage(say(hant, en), said),
    sends: `${word} ${who}`,
  }));
  return {
    text: say(
      `我知道是說 ${name}，但未肯定要做甚麼，所以未有執行。您想：`,
      `This is about ${name}, but I am not sure what to do, so nothing was done. Would you like to:`,
    ),
    quickReplies,
  };
}

/** Commands whose examples show best what can be typed, in the order of preference. */
const SHOWN = ['status', 'schedule', 'list', 'shortlist', 'note', 'help'];

function examplesFor(commands: readonly AnyCommand[], asker: StaffRecord, lang: Lang): string[] {
  const mine = SHOWN.map((name) => commands.find((command) => command.name === name)).filter(
    (command) => command !== undefined && reachOf(asker.roles, command.permission) !== undefined,
  );
  return mine.slice(0, 3).map((command) => {
    const examples = command?.examples ?? [];
    const english = examples.find((example) => /^[\x20-\x7e]+$/.test(example));
    const own = examples[0] ?? '';
    return inLanguage(say(own, english ?? own), lang);
  });
}
