import { foldLine } from './marked-text.ts';
import { type Rewritten, rewrite } from './rewritten.ts';
import { correctSpelling } from './spelling.ts';

/**
 * One way of writing for what Hong Kong people write in many: Cantonese and written Chinese (唔來＝不來＝唔嚟), sound-alikes
 * of fast typing and dictation (唔駛, 5使, 黎, 系, 左), Latin shorthand (pls, thx, cant, u), common slips of English
 * spelling. For comparing only: the result is never shown or stored.
 */

/** Each group is written as its first character. */
const SAME_CHARACTER =
  '唔不吾 冇無沒 嚟來黎 係是系 嘅的 喺在響 哋們 佢他她 俾給比畀 搵找揾 嗎嘛 返番 晒哂曬 嘢野 使駛 攞拿拎 嗰那 睇看 咗佐 啱岩 㗎架 講説說 去往 邊哪 呢這 啦喇 瞓睡 唞抖 攰倦 識懂 咁噉';

/** Words that are one word, written as the first. */
const SAME_WORD = [
  '咩 甚麼 什麼 乜嘢 乜野 咩嘢 乜鬼 乜 mea 物野 什么 甚麽',
  '邊度 邊到 哪裡 哪裏 哪里 哪兒 哪儿 何處 邊處 邊道 邊忽 邊頭',
  '呢度 呢到 這裡 這裏 這里 這兒 這边',
  '嗰度 那裡 那裏 那里 那兒 果度 个度',
  '幾多 多少 幾錢',
  '啲 多少少 多啲啲',
  '幾時 什麼時候 甚麼時候 何時 咩時候 咩時間 什麼時間 幾時候 幾号 幾月',
  '而家 現在 宜家 依家 而加 家下 現時 目前 家陣 而今',
  '點樣 怎樣 怎麼 怎么 如何 點解咁 點先',
  '點解 為什麼 為甚麼 為何 做咩 為咩 爲什麼',
  '可以 可已 可意 可宜 ho以',
  '唔該 唔goi ng該 m該 唔計 吾該 5該 五該 mgoi',
  '冇問題 冇問提 沒問題 沒有問題 無問題 冇有問題',
  '冇 沒有 冇有',
  '得閒 得閑 有空 有時間',
  '唔得閒 冇空 沒空 冇時間 唔得閑 冇得閒 抽唔到時間 抽唔出時間',
  '唔好意思 不好意思 抱歉 對唔住 對不起 對唔起 sosor 很抱歉 唔好意釋',
  '如果 若果 假如 倘若 要係 若係 如過 若然',
  '因為 因爲 因爲 由於 皆因',
  '但係 不過 但是 但',
  '屋企 家裡 家裏 家里 家中 屋企人',
  '返工 上班 番工 開工 翻工',
  '放工 下班 收工',
  '搭車 坐車',
  '電話 手機 手提',
  '人工 薪水 薪金 工資 薪酬 薪資 月薪 底薪 人功',
  '面試 見工 面談 面試嘅 interview intv intvw iv intw',
  '公司 公師',
  '之前 以前',
  '頭先 剛才 剛剛 啱啱',
  '即刻 立即 馬上 立刻',
  '咁 這樣 這麼 這么 那麼',
  '仲 還 重未 重有',
  '同埋 以及 還有',
  '得唔得 行唔行 okm ok唔ok ok嗎',
  '未必 唔一定',
  '嗰日 當天 當日 果日 那天 個日 嗰天 該日',
  '第二日 另一日 另外一日 第日 另一天 第二天 其他日子 另外日子 第二日子',
  '你哋 你們 您們 貴公司 妳 您',
];

/** Latin words as they are typed, and in full. */
const LATIN_WORDS: Readonly<Record<string, string>> = {
  cant: 'can not',
  "can't": 'can not',
  cannot: 'can not',
  cnt: 'can not',
  cannt: 'can not',
  couldnt: 'could not',
  "couldn't": 'could not',
  wont: 'will not',
  "won't": 'will not',
  dont: 'do not',
  "don't": 'do not',
  dun: 'do not',
  donot: 'do not',
  doesnt: 'does not',
  "doesn't": 'does not',
  didnt: 'did not',
  "didn't": 'did not',
  isnt: 'is not',
  "isn't": 'is not',
  arent: 'are not',
  "aren't": 'are not',
  wasnt: 'was not',
  "wasn't": 'was not',
  havent: 'have not',
  "haven't": 'have not',
  hvnt: 'have not',
  hasnt: 'has not',
  "hasn't": 'has not',
  wouldnt: 'would not',
  "wouldn't": 'would not',
  shouldnt: 'should not',
  "shouldn't": 'should not',
  im: 'i am',
  "i'm": 'i am',
  ima: 'i am going to',
  ive: 'i have',
  "i've": 'i have',
  "i'd": 'i would',
  "i'll": 'i will',
  "you're": 'you are',
  "you've": 'you have',
  "we're": 'we are',
  "it's": 'it is',
  its: 'it is',
  "that's": 'that is',
  thats: 'that is',
  "there's": 'there is',
  "what's": 'what is',
  whats: 'what is',
  "where's": 'where is',
  wheres: 'where is',
  "when's": 'when is',
  "how's": 'how is',
  hows: 'how is',
  "who's": 'who is',
  "he's": 'he is',
  "she's": 'she is',
  "they're": 'they are',
  "let's": 'let us',
  dunno: 'do not know',
  gonna: 'going to',
  gotta: 'got to',
  wanna: 'want to',
  lemme: 'let me',
  gimme: 'give me',
  u: 'you',
  ya: 'you',
  ur: 'your',
  r: 'are',
  y: 'why',
  pls: 'please',
  plz: 'please',
  pl: 'please',
  plss: 'please',
  kindly: 'please',
  thx: 'thanks',
  thxx: 'thanks',
  thks: 'thanks',
  thnx: 'thanks',
  thanx: 'thanks',
  thankyou: 'thank you',
  tks: 'thanks',
  tnx: 'thanks',
  txs: 'thanks',
  ty: 'thanks',
  tysm: 'thanks',
  tq: 'thanks',
  cheers: 'thanks',
  msg: 'message',
  msgs: 'messages',
  appt: 'appointment',
  interviews: 'interview',
  intv: 'interview',
  intvw: 'interview',
  intvu: 'interview',
  iv: 'interview',
  sal: 'salary',
  docs: 'documents',
  doc: 'document',
  cert: 'certificate',
  certs: 'certificates',
  resched: 'reschedule',
  resch: 'reschedule',
  okay: 'ok',
  okie: 'ok',
  okok: 'ok',
  oki: 'ok',
  okey: 'ok',
  oke: 'ok',
  okies: 'ok',
  okiee: 'ok',
  okla: 'ok',
  okk: 'ok',
  k: 'ok',
  kk: 'ok',
  okkk: 'ok',
  yup: 'yes',
  yep: 'yes',
  yeah: 'yes',
  yea: 'yes',
  yah: 'yes',
  yess: 'yes',
  yeh: 'yes',
  aye: 'yes',
  nope: 'no',
  nah: 'no',
  sry: 'sorry',
  sor: 'sorry',
  soz: 'sorry',
  sorri: 'sorry',
  sori: 'sorry',
  wif: 'with',
  coz: 'because',
  cuz: 'because',
  cos: 'because',
  bcoz: 'because',
  becoz: 'because',
  bcos: 'because',
  bc: 'because',
  wat: 'what',
  wut: 'what',
  wht: 'what',
  wen: 'when',
  whr: 'where',
  hw: 'how',
  hv: 'have',
  b4: 'before',
  rn: 'right now',
  tho: 'though',
  abt: 'about',
  dat: 'that',
  dis: 'this',
  da: 'the',
  gd: 'good',
  cmg: 'coming',
  cming: 'coming',
  omw: 'on my way',
  otw: 'on the way',
  eta: 'eta',
  fon: 'phone',
  num: 'number',
  mgr: 'manager',
  ppl: 'people',
  info: 'information',
  stn: 'station',
  addr: 'address',
  temp: 'temporary',
};

const CHARACTERS = new Map(
  SAME_CHARACTER.split(' ').flatMap((group) => {
    const [first = '', ...others] = [...foldLine(group)];
    return others.map((other): [string, string] => [other, first]);
  }),
);

const oneCharacter = (text: string): string => {
  let out = '';
  for (const char of text) out += CHARACTERS.get(char) ?? char;
  return out;
};

const canonical = (text: string): string => oneCharacter(foldLine(text));

const WORDS = new Map(
  SAME_WORD.flatMap((group) => {
    const [first = '', ...others] = group.split(' ').map(canonical);
    // The first stands in the list too, so that a shorter word inside it (但 in 但係) is left alone.
    return [first, ...others].map((other): [string, string] => [other, first]);
  }),
);

const HAN_WORDS = [...WORDS.keys()]
  .filter((word) => !/^[a-z]/.test(word))
  .sort((a, b) => b.length - a.length)
  .join('|');

/** 5使, 五該: the figure that sounds like 唔; 左 that sounds like 咗; 果個; d and D for 啲; emoji. */
const SOUNDS = [
  `(?<five>[5五伍](?=[${canonical('使洗好知該係得想識啱記明需')}](?![0-9點號日])))`,
  `(?<wash>(?<=[${canonical('唔')}5五]|使${canonical('唔')})洗)`,
  `(?<left>(?<=\\p{Script=Han})左(?![邊右手轉面側近${canonical('邊')}]))`,
  `(?<that>(?<![如結後效水成因蘋若])果(?=[日個場間邊度次份位陣啲張d]))`,
  `(?<some>(?<![a-z]|^ *|[${canonical('選揀要')}] ?|(?:option|slot|plan|pick|choose|take|book|choice|or|and|/) ?)d(?![a-z'])(?=[^a-z]|$))`,
  `(?<o>o(?=[既左個黎係米野${canonical('嘅嗰嚟係咪嘢')}]))`,
  `(?<emoji>[\\p{Extended_Pictographic}\\u200d\\ufe0f\\u{1f3fb}-\\u{1f3ff}]+)`,
].join('|');
const PIECES = new RegExp(`${SOUNDS}|(?<han>${HAN_WORDS})|(?<latin>[a-z][a-z']*[0-9]?)`, 'gu');

/** 哈哈 yesss pleaseee: a letter typed three times or more is typed once. */
const shorten = (word: string): string => word.replace(/([a-z])\1{2,}/g, '$1');

function inFull(word: string, correct: boolean): string | undefined {
  const direct = LATIN_WORDS[word] ?? WORDS.get(word);
  if (direct !== undefined) return direct;
  const short = shorten(word);
  const known = LATIN_WORDS[short] ?? (short === word ? undefined : short);
  if (known !== undefined) return known;
  return correct ? correctSpelling(word) : undefined;
}

/**
 * A folded text in the one way of writing.
 * @param folded after `foldLine`; marks of `MarkedText` stay
 * @param correct whether slips of English spelling are put right
 */
export function inOneForm(folded: string, correct = true): Rewritten {
  return rewrite(oneCharacter(folded), PIECES, ({ 0: piece, groups = {} }) => {
    if (groups.latin !== undefined) return inFull(piece, correct);
    if (groups.han !== undefined) return WORDS.get(piece);
    if (groups.five !== undefined) return canonical('唔');
    if (groups.wash !== undefined) return canonical('使');
    if (groups.left !== undefined) return canonical('咗');
    if (groups.that !== undefined) return canonical('嗰');
    // In words of a lexicon d is the letter.
    if (groups.some !== undefined) return correct ? canonical('啲') : undefined;
    if (groups.o !== undefined) return '';
    return '~';
  });
}

/** Words of a lexicon line in the one way of writing, so that they meet the texts. */
export function wordsInOneForm(words: string): string {
  return inOneForm(foldLine(words), false).text;
}

/** A pattern for texts in the one way of writing; its Chinese characters may be written in any. */
export function patternInOneForm(source: string): RegExp {
  return new RegExp(
    source.replace(/\p{Script=Han}/gu, (char) => canonical(char)),
    'u',
  );
}
