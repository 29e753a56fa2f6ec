import { readGazetteer, WordFinder } from '../lexicon/gazetteer.ts';
import { foldedPattern, foldLine } from '../text/marked-text.ts';
import type { World } from '../world/world.ts';

/** A job named in a message. */
export interface JobMention {
  start: number;
  end: number;
  /** Vacancies of the world that it may be. */
  requisitionIds: string[];
  /** A word that is a job only where jobs are spoken of (廚房, sales), or only where a vacancy is opened (店長). */
  weak?: 'daily' | 'colleague';
}

/** Jobs that are colleagues as well: a job only where somebody is wanted for it. */
const COLLEAGUES = new Set(
  '店長|store manager|shop manager|門市經理|分店經理|餐廳經理|restaurant manager|副店長|主管|supervisor|大廚|head chef|chef|主任|officer|領班|部長|captain|區域經理|area manager|師傅|廚師|助理|assistant|營運經理|operations manager|hr officer|組長'
    .split(/[ |](?=\p{Script=Han})|\|/u)
    .map(foldLine),
);
const WANTED_BEFORE = foldedPattern(
  '(?:請|招|聘|應徵|搵|做|個|名|位|for|hire|an?|the|need|recruit|多|爭|缺|補) ?$',
  'u',
);
const WANTED_BEHIND = foldedPattern(
  '^ ?(?:個位|嗰個位|空缺|職位|崗|人選|應徵|role|post|position|vacancy|opening|job|applicants?|candidates?|shortlist|嗰批|嗰個job)',
  'u',
);
/** Daily words that are jobs only where somebody is wanted for them. */
const DAILY = new Set(
  'kitchen floor bar stock sales it cs mt temp temps accounts marketing security till 市場 電腦 前台 廚房 點心 清潔 門市 銷售 採購 財務 人事 行政 維修 洗頭 送貨 補貨 executive host guard'
    .split(' ')
    .map(foldLine),
);
/** English words that belong to the title beside them: bakery assistant, assistant baker. */
const RANK_BEFORE =
  /(?:(?:assistant|junior|senior|head|chief|deputy|trainee|night|morning|weekend|relief|kitchen|floor|store|shop|hr|it|accounts|customer service) )+$/;
const RANK_BEHIND =
  /^ (?:assistants?|helpers?|staff|supervisors?|managers?|leads?|crew|hands?|workers?|clerks?|officers?|counts?|counter|trainees?|porters?|attendants?)(?![a-z])/;

function wholeTitle(folded: string, start: number, end: number): [number, number] {
  if (!/[a-z]/.test(folded[start] ?? '')) {
    const before = SHIFT_BEFORE.exec(folded.slice(Math.max(0, start - 6), start))?.[0].length ?? 0;
    return [start - before, end];
  }
  const before = RANK_BEFORE.exec(folded.slice(Math.max(0, start - 24), start))?.[0].length ?? 0;
  const behind = RANK_BEHIND.exec(folded.slice(end))?.[0].length ?? 0;
  return [start - before, end + behind];
}

/** Words before a title in Chinese that belong to it: 夜班保安, 高級店務員. */
const SHIFT_BEFORE = foldedPattern(
  '(?:夜班|早班|中班|日班|夜更|日更|早更|中更|通宵|深宵|週末|周末|高級|初級|助理|見習|副|署理|總|首席|資深|包餅|門市|樓面|廚房|倉務|酒店|行政|人事|客戶服務|市場推廣)$',
  'u',
);

/** A word that any job may carry behind its name: 調酒師, 跟車員. */
const JOB_AS_SUCH = foldedPattern(
  '(?<=請|招|聘|應徵|個|名|位|請多|返)([\\p{Script=Han}]{1,4}?(?:員|師傅|師|助理|主任|文員|工人|經理|技工))',
  'gu',
);

/** How much somebody works is no part of the job. */
const OF_HOURS = foldedPattern('^(?:兼職|全職|臨時工|散工|替工|暑期工|實習生?)$', 'u');
const HAN = /\p{Script=Han}$/u;

/** Finds jobs: the company's own vacancies, and what people are hired for in shops, restaurants and offices. */
export class JobFinder {
  readonly #finder: WordFinder;
  readonly #requisitions: ReadonlyMap<string, string[]>;

  constructor(world: World) {
    const requisitions = new Map<string, string[]>();
    for (const { id, job } of world.requisitions) {
      const folded = foldLine(job);
      requisitions.set(folded, [...(requisitions.get(folded) ?? []), id]);
    }
    const own = world.requisitions.map(({ job }) => ({ folded: foldLine(job), entry: job }));
    this.#finder = new WordFinder([...own, ...readGazetteer('jobs')]);
    this.#requisitions = requisitions;
  }

  /** @param folded the line as `foldLine` makes it */
  find(folded: string): JobMention[] {
    const found: JobMention[] = [];
    for (const { start, end } of this.#finder.find(folded)) {
      const word = folded.slice(start, end);
      const wanted = WANTED_BEFORE.test(folded.slice(0, start)) || WANTED_BEHIND.test(folded.slice(end));
      const sure = wanted || this.#requisitions.has(word);
      const weak = sure
        ? {}
        : COLLEAGUES.has(word)
          ? { weak: 'colleague' as const }
          : DAILY.has(word)
            ? { weak: 'daily' as const }
            : {};
      const [from, to] = wholeTitle(folded, start, end);
      const requisitionIds = this.#requisitions.get(word) ?? [];
      const last = found.at(-1);
      // 烘焙學徒: a trade and the rank in it are one job.
      if (
        last &&
        last.end >= from &&
        !OF_HOURS.test(word) &&
        HAN.test(folded.slice(0, start)) &&
        HAN.test(folded.slice(0, start + 1))
      ) {
        last.end = to;
        if (!weak.weak) delete last.weak;
        if (requisitionIds.length > 0) last.requisitionIds = requisitionIds;
      } else found.push({ start: from, end: to, requisitionIds, ...weak });
    }
    for (const match of folded.matchAll(JOB_AS_SUCH)) {
      const end = match.index + match[0].length;
      if (found.every((each) => end <= each.start || match.index >= each.end)) {
        found.push({ start: match.index, end, requisitionIds: [] });
      }
    }
    return found.sort((a, b) => a.start - b.start);
  }
}
