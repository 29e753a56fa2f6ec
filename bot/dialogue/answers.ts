import { foldForMatching } from '../../hongkong/chinese-text.ts';
import { foldName } from '../../hongkong/names.ts';
import type { Option } from '../understand/resolution.ts';

const fold = (words: string): ReadonlySet<string> => new Set(words.split('|').map(foldForMatching));

const YES = fold(
  '確認|確定|係|係呀|是|是的|好|好的|好呀|ok|okay|okey|yes|y|yep|yeah|confirm|confirmed|go|go ahead|sure|得|冇問題|沒問題|可以|👌|👍|✅|批',
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

/** The option somebody picked: its number, its label, or a part of the label that no other has. */
export function pickedOption(text: string, options: readonly Option[]): Option | undefined {
  const plain = bare(text);
  const number = /^(?:第)?(\d{1,2})(?:[.、)個位]|號)?$/.exec(plain)?.[1];
  if (number !== undefined) return options[Number(number) - 1];
  const key = foldName(plain);
  if (!key) return undefined;
  const exact = options.find((option) => foldName(option.label) === key || foldForMatching(option.id) === plain);
  if (exact) return exact;
  const fitting = options.filter((option) => foldName(option.label).includes(key));
  return fitting.length === 1 ? fitting[0] : undefined;
}
