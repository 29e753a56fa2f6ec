import { chineseNumber } from '../../../hongkong/chinese-number.ts';
import { patternInOneForm } from '../text/spoken-forms.ts';
import type { ReplyText } from './reply-text.ts';

const ORDINALS: Readonly<Record<string, number>> = {
  first: 1,
  second: 2,
  third: 3,
  fourth: 4,
  fifth: 5,
  '1st': 1,
  '2nd': 2,
  '3rd': 3,
};

const LETTER = patternInOneForm(
  String.raw`(?:揀|選|要|option|slot|choose|pick|take|book|第|go with|choice|select|prefer|^|[,.!;~\n:] *|ok |yes |好 ?|for )(?:option|slot|the|time|letter| )*(?<![a-z])(?<letter>a|b|c|d|e)(?![a-z'])(?! (?:bit|few|little|lot|question|day|job|while|copy|better|different|later|good|minute|moment|second|problem|time|thing))(?:個|時段|slot|option|,|~|$| |\.|!|啦|,|呀|吖|吧|plan|項|得|可以|ok|please|thanks|會|隊|時間)`,
);
const NUMBERED = patternInOneForm(
  String.raw`第(?<nth>[一二兩三四五1-5])(?:個|項|個時段|個時間|時段|選項|樣|節|場|組|slot|option)?|(?:option|slot|no\.?|number|#|choice|揀|選)\s*(?<digit>[1-5一二三四五])(?![0-9點:月號日分個])|^\s*(?<alone>[1-5])(?:號)?\s*(?:$|[,.!~]|please|thanks|啦|呀|吖|ok|得|可以)`,
);
const ORDINAL =
  /(?<![a-z])(?<word>first|second|third|fourth|fifth|1st|2nd|3rd)(?: (?:one|slot|option|time|choice|please|timing)|[,.!~]|$)/u;

const EITHER = /(?<![a-z])([a-e]) ?(?:or|同埋?|\/|或者?|定|、|&|and|,) ?([a-e])(?![a-z])/u;

/** Which of the offered slots is chosen: its letter (B) or number (2) as typed. */
export function readSlot(reply: ReplyText): string | string[] | undefined {
  if (reply.replyTo !== 'slot_offer') return undefined;
  const either = EITHER.exec(reply.said);
  if (either?.[1] && either[2]) return [either[1].toUpperCase(), either[2].toUpperCase()];
  const letter = LETTER.exec(reply.said)?.groups?.letter;
  if (letter) return letter.toUpperCase();
  const { nth, digit, alone } = NUMBERED.exec(reply.said)?.groups ?? {};
  const number = nth ?? digit ?? alone;
  if (number !== undefined) return String(chineseNumber(number) ?? number);
  const word = ORDINAL.exec(reply.said)?.groups?.word;
  const nthWord = word === undefined ? undefined : ORDINALS[word];
  return nthWord === undefined ? undefined : String(nthWord);
}
