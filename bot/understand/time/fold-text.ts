import { foldVariants } from '../../../hongkong/chinese-text.ts';

/** Simplified 历 and 后 stand for two characters each; of a time the second is meant. */
const IN_TIMES: Readonly<Record<string, string>> = { 歷: '曆', 后: '後' };

const folded = new Map<string, string>();

function foldChar(char: string): string {
  const known = folded.get(char);
  if (known !== undefined) return known;
  const code = char.charCodeAt(0);
  const half = code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : code === 0x3000 ? ' ' : char;
  const lower = half.toLowerCase();
  const one = lower.length === 1 ? foldVariants(lower) : half;
  const value = IN_TIMES[one] ?? (one.length === 1 ? one : lower.length === 1 ? lower : half);
  folded.set(char, value);
  return value;
}

/** Half width, lower case, variants made equal, place for place: the answer is always as long as the text. */
export function foldText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of ASCII is meant
  if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase();
  let out = '';
  for (let at = 0; at < text.length; at += 1) out += foldChar(text[at] ?? '');
  return out;
}

/** A global pattern whose Chinese characters are folded like the text, so that words are written once, in Traditional. */
export function pattern(source: string): RegExp {
  return new RegExp(
    source.replace(/[\u3400-\u9fff]/g, (char) => foldChar(char)),
    'g',
  );
}

/** As `pattern`, for one test or the first match. */
export function matcher(source: string): RegExp {
  return new RegExp(source.replace(/[\u3400-\u9fff]/g, (char) => foldChar(char)));
}
