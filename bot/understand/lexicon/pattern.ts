import { foldLine, MARKS, MENTION_KINDS } from '../text/marked-text.ts';

const LATIN = /[a-z]/;
/** Stand-ins while a pattern is put together: they change places with a `?` behind them. */
const AFTER_OPTIONAL = '\ue0f0';
const SPACE_BETWEEN = '\ue0f1';

/** Wherever a list may stand: 陳家欣、李俊傑同Kelly is one {who}. */
const JOINED = '(?:[ ,、/&+]|and|同埋|同|和|與|及|跟|定係|或者|or){0,4}';

/** Somebody named, described or pointed at: {who}, {ref}, 佢, him, 嗰個. */
const SOMEBODY = foldLine(
  `(?:${MARKS.who}(?:${JOINED}${MARKS.who})*|${MARKS.ref}|佢哋?|他們?|她們?|(?<![a-z])(?:him|her|them|he|she|they)(?![a-z])|嗰個|那個|這個|呢個)`,
);

/** What `{…}` stands for. */
function slotPattern(name: string): string {
  const kind = MENTION_KINDS.find((known) => known === name);
  if (kind) return `${MARKS[kind]}(?:${foldLine(JOINED)}${MARKS[kind]})*`;
  if (name === 'person') return `[${MARKS.who}${MARKS.ref}${MARKS.staff}]`;
  if (name === 'one') return SOMEBODY;
  throw new Error(`{${name}} is no kind of mention`);
}

/**
 * Makes a matcher of words as they stand in the lexicon (docs/lexicon.md):
 * - words are compared after folding: capitals, full width, Simplified and variant characters make no difference;
 * - `{who}` a candidate's name (or several), `{ref}` a description such as 11點嗰個, `{staff}`, `{when}`, `{length}`,
 *   `{job}`, `{place}`, `{money}`, `{number}`; `{person}` any of the first three; `{one}` a candidate named, described or
 *   pointed at (佢, him, 嗰個);
 * - `…` up to 12 characters inside one clause; `(a|b)` either; `x?` may be missing; `[甲乙]` one of these;
 * - `^` the beginning and `$` the end of a sentence; a space: spaces or none between Chinese, at least one between English words;
 * - English words count as whole words.
 * @throws Error for words that are no pattern
 */
export function compileWords(words: string): RegExp {
  const text = foldLine(words.trim());
  let source = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (char === '{') {
      const close = text.indexOf('}', at);
      if (close < 0) throw new Error(`no closing } in ${words}`);
      if (/^\{\d/.test(text.slice(at))) source += text.slice(at, close + 1);
      else source += `(?: *${slotPattern(text.slice(at + 1, close))} *)`;
      at = close;
    } else if (char === '…') source += '[^。!?;\\n,]{0,12}?';
    else if (char === '^') source += '(?<=^|[。!?;\\n])[ \'"「@]*';
    else if (char === '$') source += '(?=[ ~\'"」.!。?;\\n]*(?:$|[。!?;\\n]))';
    else if (char === ' ') source += LATIN.test(text[at - 1] ?? '') && LATIN.test(text[at + 1] ?? '') ? ' +' : ' *';
    else if (char === '[') {
      const close = text.indexOf(']', at);
      if (close < 0) throw new Error(`no closing ] in ${words}`);
      source += text.slice(at, close + 1);
      at = close;
    } else if (char === '.' && /[{*?]/.test(text[at + 1] ?? '')) source += '[^。!?;\\n]';
    else if (char === '\\') {
      source += text.slice(at, at + 2);
      at += 1;
    } else {
      if (LATIN.test(char) && beginsWord(text, at)) source += '(?<![a-z])';
      source += char === '.' ? '\\.' : char;
      if (LATIN.test(char) && endsWord(text, at)) source += '(?![a-z])';
      if (char === ')') source += behindGroup(text, at);
    }
  }
  return new RegExp(
    source
      .replaceAll(`${AFTER_OPTIONAL}?`, '?(?![a-z])')
      .replaceAll(`${SPACE_BETWEEN}?`, '? *')
      .replaceAll(SPACE_BETWEEN, ' *'),
    'gu',
  );
}

/** Behind a group: a space may stand between two groups; a word that only lost its ending (cancel of cancel(led)?) ends here. */
function behindGroup(text: string, at: number): string {
  const optional = text[at + 1] === '?';
  const next = text[at + (optional ? 2 : 1)] ?? '';
  const open = openingOf(text, at);
  const lost = optional && LATIN.test(text[open - 1] ?? '') && !LATIN.test(next) && next !== '(' && next !== '[';
  return lost ? AFTER_OPTIONAL : next === '(' ? SPACE_BETWEEN : '';
}

/** Whether an English word begins here: what stands before it, groups looked through, is no letter. */
function beginsWord(text: string, at: number): boolean {
  let before = at - 1;
  let depth = 0;
  for (; before >= 0; before -= 1) {
    const char = text[before] ?? '';
    if (char === ')') depth += 1;
    else if (char === '(') {
      if (depth > 0) depth -= 1;
      else if (text.slice(before, before + 3) === '(?:') continue;
      else continue;
    } else if (depth === 0 && char === '|') {
      before = openingOf(text, before);
      if (before < 0) return true;
    } else if (depth === 0) break;
  }
  const char = text[before] ?? '';
  if (char === '?' || char === '*' || char === ']') return !LATIN.test(text[before - 1] ?? '') && char !== ']';
  return !LATIN.test(char) && char !== "'";
}

/** Whether an English word ends here. */
function endsWord(text: string, at: number): boolean {
  let after = at + 1;
  if (text[after] === '?' || text[after] === '*' || text[after] === '{') return false;
  for (; after < text.length; ) {
    const char = text[after] ?? '';
    if (char === ')') {
      after += 1;
      if (text[after] === '?' || text[after] === '*') after += 1;
    } else if (char === '|') after = closingOf(text, after);
    else break;
  }
  const char = text[after] ?? '';
  return !LATIN.test(char) && char !== "'" && char !== '(' && char !== '[';
}

function openingOf(text: string, from: number): number {
  let depth = 0;
  for (let at = from - 1; at >= 0; at -= 1) {
    if (text[at] === ')') depth += 1;
    else if (text[at] === '(') {
      if (depth === 0) return at;
      depth -= 1;
    }
  }
  return -1;
}

function closingOf(text: string, from: number): number {
  let depth = 0;
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    else if (text[at] === ')') {
      if (depth === 0) return at;
      depth -= 1;
    }
  }
  return text.length;
}
