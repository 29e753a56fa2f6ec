import { foldForMatching } from '../../hongkong/chinese-text.ts';
import { foldName } from '../../hongkong/names.ts';
import type { Option } from '../understand/resolution.ts';
import { foldedPattern } from '../understand/text/marked-text.ts';

const fold = (words: string): ReadonlySet<string> => new Set(words.split('|').map(foldForMatching));

const YES = fold(
  '確認|確定|係|係呀|是|是的|好|好的|好呀|ok|okay|okey|yes|y|yep|yeah|confirm|confirmed|go|go ahead|sure|得|啱|啱呀|啱啊|對|對呀|冇錯|沒錯|冇問題|沒問題|可以|👌|👍|✅|批',
);
const NO = fold(
  '取消|唔好|唔使|唔係|不是|不要|不用|不|否|算|算啦|算喇|算了|cancel|no|n|nope|stop|never mind|nevermind|abort|唔使喇|❌|🙅',
);

const bare = (text: string): string => foldForMatching(text).replace(/[\s!！。.,，~～]+$/u, '');

/** 確認, ok, yes … */
export function isYes(text: string): boolean {
  return YES.has(bare(text));
}

/** 取消, 唔使, no … */
export function isNo(text: string): boolean {
  return NO.has(bare(text));
}

/** 等等先: neither yes nor no, and no order. */
const WAIT = fold(
  '等等|等等先|等陣|等陣先|等一等|等一陣|等下|等我諗下|等我睇下|稍等|wait|wait a bit|wait a sec|hang on|hold on|one sec|one moment|just a sec|give me a sec',
);

/** Whether somebody asks for a moment: whatever is open stays open. */
export function isWait(text: string): boolean {
  return WAIT.has(bare(text));
}

/** 第一個, the second …; the last entry means the last option. */
const PLACES: readonly ReadonlySet<string>[] = [
  fold('第一|第一個|第一位|頭一個|頭嗰個|一|first|the first|first one|the first one'),
  fold('第二|第二個|第二位|二|second|the second|second one|the second one'),
  fold('第三|第三個|第三位|三|third|the third|third one|the third one'),
  fold('第四|第四個|第四位|四|fourth|the fourth'),
  fold('最後|最後一個|最後嗰個|尾嗰個|last|the last|last one|the last one'),
];
const LAST = PLACES.length - 1;
/** Words around the part of a name that picks: 姓黃嗰個, 係陳小姐, the one named Lee. */
const AROUND_NAME = foldedPattern(
  '^(?:係|是|揀|選|要|就)?(?:姓|叫)?|(?:嗰個|果個|那個|呢個|嗰位|那位|小姐|先生|女士|太太)?(?:呀|啊|囉|喇|啦|吖|吧)?$',
  'gu',
);

/** The option somebody picked: the only one by a yes, its number, its label, or a part of the label that no other has. */
export function pickedOption(text: string, options: readonly Option[]): Option | undefined {
  const plain = bare(text);
  // ok, where only one is offered.
  if (YES.has(plain)) return options.length === 1 ? options[0] : undefined;
  const number = /^(?:第)?(\d{1,2})(?:[.、)個位]|號)?$/.exec(plain)?.[1];
  if (number !== undefined) return options[Number(number) - 1];
  const place = PLACES.findIndex((words) => words.has(plain));
  if (place >= 0) return place === LAST ? options.at(-1) : options[place];
  const key = foldName(plain.replace(AROUND_NAME, ''));
  if (!key) return undefined;
  const exact = options.find((option) => foldName(option.label) === key || foldForMatching(option.id) === plain);
  if (exact) return exact;
  const fitting = options.filter((option) => foldName(option.label).includes(key));
  return fitting.length === 1 ? fitting[0] : undefined;
}
