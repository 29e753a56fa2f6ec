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
}

/** What may stand behind the name of a place and belongs to it. */
const TAIL = foldedPattern(
  String.raw`^(?: ?(?:站?分店|站?店|站舖|旗艦店|門市|寫字樓|倉(?!務|管|庫)|店舖|店|舖|廠)(?!長|員|務|面)| (?:branch|shop|store|outlet|office|warehouse|mall|plaza|kitchen)\b(?! (?:manager|supervisor|assistant)))`,
  'u',
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
  ].map(foldLine),
);
const PLACE_BEFORE = foldedPattern(String.raw`(?:\b(?:at|in|to|for|from|@)|喺|在|去|到|返|番|派|調)\s*$`, 'u');
/** 便利店 is a kind of shop, no mistyped 順利. */
const KINDS_OF_SHOP = new Set(
  '便利 專門 連鎖 時裝 咖啡 麵包 蛋糕 甜品 百貨 花 藥 書 文具 玩具 眼鏡 珠寶 海味 水果 雜貨 影印 美容 寵物 家品 電器 運動 鞋 服裝 化妝品 藥房 凍肉 糖水 快餐 奶茶 涼茶 燒臘 超級 新 舊 分 總 我哋 佢哋 你哋 邊間 嗰間 呢間 第二間 另一間 同一間'
    .split(' ')
    .map(foldLine),
);
/** Districts of three characters or so with one of them wrong. */
const CHARACTERS_OF_SHOP = foldedPattern(String.raw`([\p{Script=Han}]{2,3})(分店|店舖|店|舖)`, 'gu');

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
      if (AMBIGUOUS.has(folded.slice(start, end)) && tail === 0 && !PLACE_BEFORE.test(folded.slice(0, start))) continue;
      found.push({ start, end: end + tail, branchIds: this.#branches.get(entry) ?? [] });
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
