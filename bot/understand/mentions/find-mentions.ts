import type { Known } from '../known.ts';
import { foldedPattern, foldLine, MarkedText, type Mention } from '../text/marked-text.ts';
import { readTimes } from '../time/read-times.ts';
import type { TimeMention } from '../time/time-mention.ts';
import type { PersonMention } from '../world/known-people.ts';
import type { Conversation } from '../world/world.ts';
import { type Description, findDescriptions } from './described.ts';
import type { JobMention } from './jobs.ts';
import { findMoney, type MoneyMention } from './money.ts';
import type { PlaceMention } from './places.ts';

/** Everything recognised in a message before its meaning is read, by kind, in the order of the text. */
export interface FoundMentions {
  people: (PersonMention | Description)[];
  times: TimeMention[];
  jobs: JobMention[];
  places: PlaceMention[];
  money: MoneyMention[];
}

/** `@招聘助理` names the robot, nobody and nothing else. */
const ROBOT_MENTION = /@[^\s,，:：]+/gu;

const REFERRED = foldedPattern('介紹|推薦|轉介|(?<![a-z])refer', 'u');

/** Finds people, times, jobs, places and pay in a message, and marks them. */
export function findMentions(
  typed: string,
  known: Known,
  conversation?: Conversation,
): { text: MarkedText; found: FoundMentions } {
  const plain = typed.replace(ROBOT_MENTION, (mention) => ' '.repeat(mention.length));
  const folded = foldLine(plain);
  const districts = known.places.find(folded);
  // Lok Fu is a place even where somebody is called Lok.
  const named = known.people
    .find(plain, conversation)
    .filter(
      ({ start, end }) =>
        !districts.some((place) => place.start <= start && place.end >= end && place.end - place.start > end - start),
    );
  // Names first: May, April and 何文田 are somebody where somebody has that name.
  const open = (start: number, end: number): boolean => named.every((each) => end <= each.start || start >= each.end);
  const unnamed = blanked(folded, named);
  const times = readTimes(unnamed, known.now);
  const places = districts.filter(({ start, end }) => open(start, end));
  const jobs = known.jobs.find(unnamed).filter(({ start, end }) => open(start, end));
  const money = findMoney(unnamed).filter(({ start, end }) => open(start, end));
  const descriptions = findDescriptions(folded, times, known.world);
  // 豪哥介紹嗰位 is whom 豪哥 recommended, not 豪哥.
  const referred = descriptions.filter(({ start, end }) => REFERRED.test(folded.slice(start, end)));
  const themselves = named.filter((each) => referred.every(({ start, end }) => each.end <= start || each.start >= end));
  const described = descriptions.filter((each) => referred.includes(each) || open(each.start, each.end));
  const people = [...themselves, ...described].sort((a, b) => a.start - b.start);
  const mentions: Mention[] = [
    ...people.map(({ kind, start, end }) => ({ kind, start, end })),
    ...money.map(({ start, end }) => ({ kind: 'money' as const, start, end })),
    ...times.map(({ kind, start, end }) => ({
      kind: kind === 'length' ? ('length' as const) : ('when' as const),
      start,
      end,
    })),
    ...places.map(({ start, end }) => ({ kind: 'place' as const, start, end })),
    ...jobs.filter(({ weak }) => !weak).map(({ start, end }) => ({ kind: 'job' as const, start, end })),
    ...[...folded.matchAll(/\d+(?:\.\d+)?(?![\d使駛])/g)].map((match) => ({
      kind: 'number' as const,
      start: match.index,
      end: match.index + match[0].length,
    })),
  ];
  return { text: new MarkedText(plain, mentions), found: { people, times, jobs, places, money } };
}

/** Names become private characters, so that 文 of 文仔 or May is no part of a time; places stay. */
function blanked(folded: string, people: readonly PersonMention[]): string {
  let text = folded;
  for (const { start, end } of people) text = text.slice(0, start) + '\ue001'.repeat(end - start) + text.slice(end);
  return text;
}
