import { Converter, type ConverterFunction } from 'opencc-js/cn2t';
import hkVariants from 'opencc-js/dict/HKVariants';
import stCharacters from 'opencc-js/dict/STCharacters';

/** Scripts and characters: what counts as Simplified, and how differently written texts are made comparable. */

const pairsOf = (dictionary: string): [string, string][] =>
  dictionary.split('|').map((line) => {
    const [from = '', to = ''] = line.split(' ');
    return [from, to];
  });

const ST_PAIRS = pairsOf(stCharacters);
const HK_PAIRS = pairsOf(hkVariants);

/**
 * Keys of OpenCC's STCharacters that are also Traditional characters (205 of 4,012): surnames and daily words such as
 * 余 范 于 里 台 佣 涌. Never a sign of Simplified by themselves.
 */
const AMBIGUOUS = new Set(
  '㐹万丑丰了于云亘仆仇价仿伙余佛佣俊修借僵克党具冢冬准凌几凶出划刮制千升卜占卷厂厘只台叶吁吃合吊同后向吣呆周咨咸咽哄唇喂噪回困坏坐坯堤夫夸奸姜娘它家尸局岩岳巨布帘席干幸广庵弦彩征御志念恤愈愿戚扇才扎托扣折抵拐拿挂挨挽捆捍据搜斗斤斫旋昆暗曲札朱朴杆杠杯杰松板极果柜栗核梁棱檗欲沈沾泛注浚涂涌淀游溪漓澄焰熏狸玩琅璇症皂矩确硷私秋种穗筑筱糊系累耇胄背胜胡腊腌膻致舍芸苔苧苹范荐蒙蔑藤虫蚝蜡蝎表谷豆象跖辟适郁酸采里雇雕面',
);

/** Ambiguous ones that are Simplified in practice, and the words in which they are right all the same. */
const FLAGGED_ALTHOUGH_AMBIGUOUS = new Set('确价据极坏适胜万丰党种');
const ALLOWED_WORDS = ['拮据', '胜肽', '丰采', '丰姿', '万俟'];

/** Forms that Hong Kong itself prints: 秘書, 户口, 税, 恒生, 群組 … */
const HONG_KONG_FORMS = new Set([...HK_PAIRS.map(([, form]) => form), ...'恒群峰床']);

/** Ming Pao prints 情况: a warning, no error. */
const WARNED_ONLY = new Set(['况']);

const SIMPLIFIED_ONLY = new Set(
  ST_PAIRS.map(([key]) => key).filter((key) => !AMBIGUOUS.has(key) && !HONG_KONG_FORMS.has(key)),
);

/** A Simplified character in a text that should be Hong Kong Traditional. */
export interface SimplifiedHit {
  char: string;
  index: number;
  severity: 'error' | 'warning';
}

/** Finds characters no Hong Kong writer would print. Hong Kong's own variants and ambiguous characters are let pass. */
export function findSimplified(text: string): SimplifiedHit[] {
  const hits: SimplifiedHit[] = [];
  let index = 0;
  for (const char of text) {
    if (SIMPLIFIED_ONLY.has(char)) {
      hits.push({ char, index, severity: WARNED_ONLY.has(char) ? 'warning' : 'error' });
    } else if (FLAGGED_ALTHOUGH_AMBIGUOUS.has(char) && !insideAllowedWord(text, index)) {
      hits.push({ char, index, severity: 'error' });
    }
    index += char.length;
  }
  return hits;
}

/** True when a text holds characters that exist in Simplified only, so that its writer writes Simplified. */
export function hasSimplified(text: string): boolean {
  for (const char of text) if (SIMPLIFIED_ONLY.has(char) && !WARNED_ONLY.has(char)) return true;
  return false;
}

/** Simplified by the tables, and typed all the same by people who write Traditional: 唔該晒, 听日. */
const TYPED_IN_HONG_KONG = /[晒冲听]/gu;

/** True when a message is typed in Simplified, forms apart that Hong Kong people type as well. */
export function isTypedSimplified(text: string): boolean {
  return hasSimplified(text.replace(TYPED_IN_HONG_KONG, ''));
}

function insideAllowedWord(text: string, index: number): boolean {
  return ALLOWED_WORDS.some((word) => {
    for (let offset = 0; offset < word.length; offset += 1) if (text.startsWith(word, index - offset)) return true;
    return false;
  });
}

let converter: ConverterFunction | undefined;

/** Simplified to Hong Kong Traditional by words (头发 is 頭髮, 发展 is 發展). Traditional text is hardly touched. */
export function toTraditional(text: string): string {
  converter ??= Converter({ from: 'cn', to: 'hk' });
  return converter(text);
}

/** Pairs beyond OpenCC's that are the same word in a name or a search. */
const EQUAL_PAIRS =
  '鍾鐘 恒恆 峯峰 羣群 温溫 黄黃 衞衛 裡裏 裡里 啓啟 綫線 着著 牀床 爲為 説說 税稅 悦悅 鋭銳 閲閱 脱脫 户戶 秘祕 卧臥 台臺 檯枱 滙匯 舖鋪 帳賬 濶闊 邨村 凃涂 嘅既 畀俾 咁噉';

/** One representative for all characters that are written for one another. */
const REPRESENTATIVE = representatives();

function representatives(): Map<string, string> {
  const parent = new Map<string, string>();
  const find = (char: string): string => {
    const up = parent.get(char);
    return up === undefined || up === char ? char : find(up);
  };
  const join = (a: string, b: string): void => {
    const [x, y] = [find(a), find(b)];
    if (x !== y) parent.set(x, y);
  };
  for (const [a, b] of ST_PAIRS) join(a, b);
  for (const [a, b] of HK_PAIRS) join(a, b);
  for (const pair of EQUAL_PAIRS.split(' ')) {
    const [a = '', b = ''] = pair;
    join(a, b);
  }
  const table = new Map<string, string>();
  for (const char of parent.keys()) if (find(char) !== char) table.set(char, find(char));
  return table;
}

/** Characters written for one another become one; every other character and the length in characters stay. */
export function foldVariants(text: string): string {
  let folded = '';
  for (const char of text) folded += REPRESENTATIVE.get(char) ?? char;
  return folded;
}

/**
 * A text made comparable: NFKC (full-width forms), lower case, Simplified and variant characters folded into one,
 * outer spaces gone and inner ones single. For matching only, never for showing or storing.
 */
export function foldForMatching(text: string): string {
  return foldVariants(text.normalize('NFKC').toLowerCase()).replace(/\s+/g, ' ').trim();
}
