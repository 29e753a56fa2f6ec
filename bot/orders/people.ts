import { COMMON_SURNAMES } from '../../hongkong/surnames.ts';
import type { Piece } from '../understand/frame.ts';
import type { IntentFrame } from '../understand/intents.ts';
import { foldedPattern, foldLine } from '../understand/text/marked-text.ts';
import { listOf, type OrderContext } from './order-context.ts';

/** Of whom an order speaks. */
export interface MeantPeople {
  /** One piece per person. */
  pieces: Piece[];
  /** Named with a typo, or taken from what was said before without a word for it. */
  doubtful: boolean;
  /** Words that describe somebody and fit nobody. */
  nobody?: string;
}

/** One person spoken of before. */
const ONE = foldedPattern(
  '佢(?!哋|們)|他(?!們)|她(?!們)|(?:呢|嗰|這|那)(?:個|位)(?:人|應徵者|候選人|同學)|(?<![a-z])(?:him|her|he|she|this one|that one)(?![a-z])',
  'u',
);
/** Several people spoken of before. */
const SEVERAL = foldedPattern('佢哋|他們|她們|(?:呢|嗰|這|那)?兩個|(?<![a-z])(?:them|they|both)(?![a-z])', 'u');

/** Somebody else than the one just spoken of: 另一個, the other one. */
const OTHER = foldedPattern('另一|另外|第二個|其他|其餘|(?<![a-z])(?:the other|another|others)(?![a-z])', 'u');

/** Whether a text speaks of somebody by a word that stands for a name (佢, her, them). */
export const hasPronoun = (folded: string): boolean => ONE.test(folded) || SEVERAL.test(folded);

/**
 * Who is meant: those named or described; 「佢」 is the one named earlier in the same message, else the one just spoken of in
 * this conversation by the same person. A name that nobody bears stays as typed, for the question who is near.
 */
export function peopleOf({
  frame,
  before,
  reading,
  typed,
}: Pick<OrderContext, 'frame' | 'before' | 'reading' | 'typed'>): MeantPeople {
  const names = listOf(frame.entities.candidate ?? frame.entities.candidate_ref);
  if (frame.who.length > 0) {
    const pieces = frame.who.map((ids, at) => pieceFor(ids, names[at] ?? names[0] ?? '', reading));
    const empty = frame.who.some((ids) => ids.length === 0);
    return {
      pieces: empty ? [] : pieces,
      doubtful: frame.entities.candidate_norm !== undefined,
      ...(empty ? { nobody: reading.restore(names.join('、')) } : {}),
    };
  }
  const folded = withoutOwnWords(reading.marked.folded.slice(frame.start, frame.end) || typed, frame);
  const earlier = before.findLast(({ who }) => who.length > 0);
  const several = SEVERAL.exec(folded);
  if (several) {
    const meant = earlier ? earlier.who : reading.spokenOf.last.map((id) => [id]);
    if (meant.length > 1) return { pieces: meant.map((ids) => pieceFor(ids, several[0], reading)), doubtful: false };
  }
  const one = OTHER.test(folded) ? null : ONE.exec(folded);
  // A name nobody bears is somebody else, whatever 佢 stands behind it.
  const guess = guessedName(reading);
  if (!guess && (one || (speaksOfSomebody(frame) && isShort(folded) && !OTHER.test(folded)))) {
    const ids = earlier ? onePerson(earlier) : reading.spokenOf.last;
    // Words in front of it may be a name nobody knows: 曉楠先放一放佢.
    const doubtful = !one || (!earlier && one.index > (/^[a-z]/.test(one[0]) ? 20 : 3));
    if (ids.length > 0) return { pieces: [pieceFor(ids, one?.[0] ?? '佢', reading)], doubtful };
  }
  return { pieces: guess ? [{ typed: guess }] : [], doubtful: false };
}

/** What a note or a reason says is about whoever is meant; its 佢 names nobody, but for the first word of a note (記低佢識日文). */
function withoutOwnWords(folded: string, { intent, entities }: IntentFrame): string {
  const own = [entities.note ?? [], entities.reason ?? [], entities.content ?? [], entities.condition ?? []].flat();
  return own.reduce((text, words) => {
    const subject = intent === 'note' ? ONE.exec(foldLine(words)) : null;
    return text.replace(foldLine(words), subject?.index === 0 ? subject[0] : ' ');
  }, folded);
}

/** Intents that are about somebody although nobody was named. */
const ABOUT_SOMEBODY: ReadonlySet<string> = new Set([
  'cancel',
  'reschedule',
  'schedule',
  'hold',
  'approve',
  'reject',
  'no_show',
  'call_outcome',
]);

const speaksOfSomebody = ({ intent, entities }: IntentFrame): boolean =>
  ABOUT_SOMEBODY.has(intent) &&
  entities.candidate === undefined &&
  entities.candidate_ref === undefined &&
  entities.job === undefined &&
  entities.scope === undefined;

/** Longest message in which somebody just spoken of can be meant without a word for them. */
const SHORT = 14;
/** 取消, 改4點: so short that nobody else can be meant; what speaks of all or of a group means nobody by itself. */
const isShort = (folded: string): boolean => [...folded.trim()].length <= SHORT && !GROUP.test(folded);
const GROUP = foldedPattern(
  '所有|全部|晒|哂|咁多|嗰班|嗰批|啲|(?<![a-z])(?:all|every|everybody|everyone|those)(?![a-z])',
  'u',
);

/** Whether everybody of a group is meant instead of somebody. */
export function meansAll({ frame, reading }: OrderContext): boolean {
  if (frame.who.length > 0) return false;
  return frame.entities.scope === 'all' || GROUP.test(reading.marked.folded.slice(frame.start, frame.end));
}

const onePerson = ({ who }: IntentFrame): readonly string[] => (who.length === 1 ? (who[0] ?? []) : who.flat());

/** A number names an application; otherwise the people it may be, the most plausible first. */
function pieceFor(ids: readonly string[], typed: string, { references, restore }: OrderContext['reading']): Piece {
  const named = references.people.find(({ word, candidateId }) => typed === word && ids.includes(candidateId));
  if (named?.application) return { id: named.application._id };
  return { ids: [...ids], typed: restore(typed) };
}

/** Characters before which no name goes on. */
const NOT_IN_NAME = foldedPattern(
  '[約見同埋嘅喺係去嚟來話俾畀比將把叫幫搵批擺放取消改入圍狀態個位日點今聽明後下上呢這那嗰先已經要唔不未冇有再就]',
  'u',
);
/** 阿敏, 陳小姐, 文仔, 輝哥: somebody, whoever that is. */
const ADDRESSED =
  /阿(?![哥姐嬸叔])\p{Script=Han}|(?![呢嗰這那個位靚細阿大女男後])\p{Script=Han}(?:小姐|先生|太太|女士|仔(?!細)|哥|姐)/gu;
const SURNAMES = new Set([...COMMON_SURNAMES]);
/** English words of orders, which are nobody's name. */
const NO_NAME =
  /^(?:shortlist|schedule|book|arrange|cancel|move|push|reject|approve|pass|hold|park|status|list|show|send|note|call|called|interview|please|pls|hi|hello|ok|the|what|where|who|when|how|is|any|can|could|would|put|take|give|tell|ask|remind|offer|undo|pause|resume|open|need|zoom|teams|hr|cv)$/i;

/** A form of address or capitals that name nobody known: 輝哥, Peter. */
export function unknownName(reading: OrderContext['reading']): string | undefined {
  const name = guessedName(reading);
  return name && (/^[A-Z]/.test(name) || new RegExp(`^(?:${ADDRESSED.source})$`, 'u').test(name)) ? name : undefined;
}

/** Words that look like a name nobody bears: a surname with two characters, or capitals. */
export function guessedName({ marked, text }: OrderContext['reading']): string | undefined {
  const covered = (start: number, end: number): boolean =>
    marked.mentions.some((mention) => mention.kind !== 'number' && start < mention.end && end > mention.start);
  for (const match of text.matchAll(ADDRESSED)) {
    if (!covered(match.index, match.index + match[0].length)) return match[0];
  }
  for (const match of text.matchAll(/\p{Script=Han}{2,}/gu)) {
    const chars = [...match[0]];
    for (const [at, char] of chars.entries()) {
      const start = match.index + at;
      if (!SURNAMES.has(char) || NOT_IN_NAME.test(char)) continue;
      for (const length of [3, 2]) {
        const name = chars.slice(at, at + length);
        if (name.length !== length || covered(start, start + length)) continue;
        if (name.slice(1).some((each) => NOT_IN_NAME.test(each))) continue;
        return name.join('');
      }
    }
  }
  for (const match of text.matchAll(/(?<![A-Za-z])[A-Z][a-z]{2,}(?: [A-Z][a-z]+)*/g)) {
    const words = match[0].split(' ');
    const first = words.findIndex((word) => !NO_NAME.test(word));
    if (first < 0) continue;
    const start = match.index + words.slice(0, first).join(' ').length + (first > 0 ? 1 : 0);
    const name = words.slice(first).join(' ');
    if (!covered(start, start + name.length)) return name;
  }
  return undefined;
}
