import { distance } from 'fastest-levenshtein';
import { type KnownWord, readGazetteer, WordFinder } from '../lexicon/gazetteer.ts';
import { foldedPattern, foldLine } from '../text/marked-text.ts';
import type { World } from '../world/world.ts';

/** A branch or district named in a message. */
export interface PlaceMention {
  start: number;
  end: number;
  /** The right spelling, when a character was mistyped: 觀塘店 for 觀糖店. */
  norm?: string;
  /** Branches of the world that it may be. */
  branchIds: string[];
  /** A room or floor without a name: a place to meet, no branch. */
  unnamed?: true;
}

/** Words that make a place of the name before them. */
const KINDS_OF_PLACE =
  '分店|旗艦店|專門店|概念店|店舖|門市|寫字樓|辦公室|辦事處|會議室|店|舖|工場|廚房|倉(?!務|管|庫)|廠|廣場|商場|中心|碼頭|大廈|街市|市場|站';
const ENGLISH_KINDS =
  '(?:flagship )?(?:branch|shop|store|outlet|office|warehouse|mall|plaza|kitchen|flagship|boutique|counter|pier|terminal|centre|center)';
/** No part of a place's name: words of sentences and of appointments. */
const NO_NAME = '喺在去到返來嚟嗰個間的嘅同和我你佢他她幾點日號見約搵要做間請派調話係是有冇未呀啦喇吧';
/** What may stand behind the name of a place and belongs to it: 荔枝角後勤辦公室, 屯門碼頭, HKIA T1 outlet. */
const TAIL = foldedPattern(
  String.raw`^(?:(?:(?![${NO_NAME}])\p{Script=Han}){0,5}?(?: ?)(?:${KINDS_OF_PLACE})(?!長|員|務|面|工|助|師|主|經|部|阿|姐|嘅人)(?:分店|店|舖)?| (?:(?!and |or |for |at |in |to |on |with |is |the |next |this |by )[a-z0-9'&]+ ){0,2}${ENGLISH_KINDS}\b(?! (?:manager|supervisor|assistant|in charge)))`,
  'u',
);
/** Places that need no name: the office upstairs, the head office. */
const UNNAMED = foldedPattern(
  String.raw`(?:(?<![a-z])(?:[a-z']{3,} ){1,2}(?:road|rd|street|avenue|lane)(?![a-z])|[一二三四五六七八九十\d]{1,3}(?:樓|/f)(?:[a-z\d]{1,3}室)?(?:辦公室|會議室|寫字樓|餐廳|茶水間)?|(?:總|我哋|公司|後勤|後面|樓上|樓下|隔籬)(?:嘅|間)?(?:寫字樓|辦公室|辦事處|會議室|餐廳|職員室)|(?<=喺|在|去|到|嚟|返|來|上)(?:寫字樓|辦公室|會議室|公司會議室|職員餐廳|後勤室)|(?<![a-z])(?:(?:ground|first|second|third|top|upper|\\d{1,2}(?:st|nd|rd|th)) floor )?(?:meeting room|staff canteen|back office|break room|interview room)(?: [a-z\d])?(?![a-z]))`,
  'gu',
);
/** 返大埔超級城分店: whatever stands between a word for going and a branch is its name. */
const WENT_TO = foldedPattern(
  String.raw`(?<=返|去|到|喺|在|派去|調去|駐)((?:(?![${NO_NAME}])\p{Script=Han}){2,7}?(?:分店|旗艦店|門市|專門店))`,
  'gu',
);

/** Short forms that are also daily words: a place only behind a word of place or with a tail. */
const AMBIGUOUS = new Set(
  [
    'st',
    'kt',
    'tm',
    'yl',
    'tw',
    'central',
    'office',
    'olympic',
    'jordan',
    'stanley',
    'elements',
    'aberdeen',
    'airport',
    'western',
    'austin',
    'domain',
    'the one',
    'gold coast',
  ].map(foldLine),
);
const PLACE_BEFORE = foldedPattern(String.raw`(?:\b(?:at|in|to|for|from|@)|喺|在|去|到|返|番|派|調)\s*$`, 'u');
/** …or alone between two commas. */
const COMMA_BEFORE = /(?:^|[,;:/]) ?$/;
const COMMA_BEHIND = /^ ?(?:[,;/.]|$)/;
/** 便利店 is a kind of shop, no mistyped 順利. */
const KINDS_OF_SHOP = new Set(
  '便利 五金 裝修 地產 當 涼果 鞋 茶 麵 粉 粥 酒 米 肉 魚 菜 專門 連鎖 時裝 咖啡 麵包 蛋糕 甜品 百貨 花 藥 書 文具 玩具 眼鏡 珠寶 海味 水果 雜貨 影印 美容 寵物 家品 電器 運動 鞋 服裝 化妝品 藥房 凍肉 糖水 快餐 奶茶 涼茶 燒臘 超級 新 舊 分 總 我哋 佢哋 你哋 邊間 嗰間 呢間 第二間 另一間 同一間'
    .split(' ')
    .map(foldLine),
);
/** Districts of three characters or so with one of them wrong. */
const CHARACTERS_OF_SHOP = foldedPattern(String.raw`([\p{Script=Han}]{2,3})(分店|店舖|店|舖)`, 'gu');

const HAN = /\p{Script=Han}$/u;

/** Finds branches and districts; the names of the company's own branches come first. */
export class PlaceFinder {
  readonly #finder: WordFinder;
  readonly #branches: ReadonlyMap<string, string[]>;
  readonly #names: readonly KnownWord[];

  constructor(world: World) {
    const known = readGazetteer('places');
    const branches = new Map<string, string[]>();
    const own: KnownWord[] = [];
    for (const { id, names } of world.branches) {
      for (const name of names.flatMap((each) => [each, each.replace(/(?:分店|店|舖|鋪)$/u, '')])) {
        if ([...name].length < 2) continue;
        own.push({ folded: foldLine(name), entry: name });
        const entry = known.find(({ folded }) => folded === foldLine(name))?.entry ?? name;
        for (const key of new Set([entry, name])) branches.set(key, [...new Set([...(branches.get(key) ?? []), id])]);
      }
    }
    this.#names = known;
    this.#finder = new WordFinder([...own, ...known]);
    this.#branches = branches;
  }

  /** @param folded the line as `foldLine` makes it */
  find(folded: string): PlaceMention[] {
    const found: PlaceMention[] = [];
    for (const { start, end, entry } of this.#finder.find(folded)) {
      const tail = TAIL.exec(folded.slice(end))?.[0].length ?? 0;
      const before = folded.slice(0, start);
      const alone = COMMA_BEFORE.test(before) && COMMA_BEHIND.test(folded.slice(end));
      if (AMBIGUOUS.has(folded.slice(start, end)) && tail === 0 && !alone && !PLACE_BEFORE.test(before)) continue;
      const last = found.at(-1);
      if (last && start < last.end) continue;
      // 沙田新城市: a district and the place in it.
      if (last && last.end === start && HAN.test(before)) last.end = end + tail;
      else found.push({ start, end: end + tail, branchIds: this.#branches.get(entry) ?? [] });
    }
    for (const pattern of [WENT_TO, UNNAMED]) {
      for (const { index, 0: words } of folded.matchAll(pattern)) {
        const end = index + words.length;
        const inside = found.filter((each) => index < each.end && end > each.start);
        if (inside.length > 1 || inside.some((each) => each.start < index || each.end > end)) continue;
        const [known] = inside;
        if (known) Object.assign(known, { start: index, end });
        else
          found.push({ start: index, end, branchIds: [], ...(pattern === UNNAMED ? { unnamed: true as const } : {}) });
      }
    }
    for (const match of folded.matchAll(CHARACTERS_OF_SHOP)) {
      const [whole, name = '', tail = ''] = match;
      for (const typed of [name, name.slice(1)]) {
        const start = match.index + whole.length - tail.length - typed.length;
        if (typed.length < 2 || found.some((each) => start < each.end && match.index + whole.length > each.start))
          continue;
        const right = this.#nearest(typed);
        if (right)
          found.push({
            start,
            end: match.index + whole.length,
            norm: right + tail,
            branchIds: this.#branches.get(right) ?? [],
          });
      }
    }
    return found.sort((a, b) => a.start - b.start);
  }

  #nearest(typed: string): string | undefined {
    if (KINDS_OF_SHOP.has(typed)) return undefined;
    const near = this.#names.filter(
      ({ folded }) =>
        /^\p{Script=Han}+$/u.test(folded) && folded.length === typed.length && distance(folded, typed) === 1,
    );
    return near.length === 1 ? near[0]?.entry : undefined;
  }
}
