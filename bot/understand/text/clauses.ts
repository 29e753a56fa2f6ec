import { foldedPattern } from './marked-text.ts';

/** A stretch of the marked text that says one thing, and the sentence it belongs to. */
export interface Clause {
  start: number;
  end: number;
  /** Number of the sentence in the message, from 0. */
  sentence: number;
  /** The sign that ends it: `?` makes a question of the sentence. Empty at the end of the text. */
  sign: string;
}

/** Signs that end a sentence, and signs that end a clause within one. */
const SENTENCE_END = /[。!?;\n]|\.(?=\s|$)|\.{2,}|…/u;
const BREAK = /[。!?;\n]+|\.{2,}|…|\.(?=\s|$)|(?<!\d),(?!\d{3})|(?<=\d),(?!\d{3})|~+/gu;

/** Words that begin another order, and spaces that stand for commas in Chinese typed or dictated on a phone. */
const FURTHER = foldedPattern(
  `(?=順便|順手|另外|然後|跟住|之後再|順道|同埋幫|再幫|(?<![a-z])(?:and|then|also|plus) (?:then |also |please |pls |can you )?(?:book|cancel|tell|send|move|schedule|reject|approve|hold|keep|offer|shortlist|remind|ask|put|give|note|score|text|assign|call|arrange|set|drop|fire)(?![a-z]))|(?<=[\\p{Script=Han}\\ue001-\\ue009]) +(?=[\\p{Script=Han}\\ue001\\ue002])`,
  'gu',
);

/** Clauses as orders are told apart by: split also where a further order is announced, and at spaces between Chinese words. */
export function orderClauses(marked: string): Clause[] {
  return clausesOf(marked).flatMap((clause) => {
    const part = marked.slice(clause.start, clause.end);
    const cuts = [...part.matchAll(FURTHER)].map(({ index }) => index).filter((at) => at > 0);
    const edges = [0, ...cuts, part.length];
    return edges.slice(1).map((end, at) => ({
      ...clause,
      start: clause.start + (edges[at] ?? 0),
      end: clause.start + end,
      sign: end === part.length ? clause.sign : '',
    }));
  });
}

/** Splits a marked text into clauses. A comma inside a figure (16,800) splits nothing. */
export function clausesOf(marked: string): Clause[] {
  const clauses: Clause[] = [];
  let start = 0;
  let sentence = 0;
  const add = (end: number, sign: string): void => {
    if (marked.slice(start, end).trim() !== '') clauses.push({ start, end, sentence, sign });
    else if (sign.includes('?') && clauses.length > 0) {
      const last = clauses.at(-1);
      if (last) last.sign += sign;
    }
  };
  for (const match of marked.matchAll(BREAK)) {
    add(match.index, match[0]);
    if (SENTENCE_END.test(match[0])) sentence += 1;
    start = match.index + match[0].length;
  }
  add(marked.length, '');
  return clauses;
}

/** The clause in which a place lies. */
export function clauseAt(clauses: readonly Clause[], place: number): number {
  const at = clauses.findIndex(({ end }) => place < end);
  return at < 0 ? Math.max(0, clauses.length - 1) : at;
}
