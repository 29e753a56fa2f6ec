/**
 * The head of a template file: a small, strict part of YAML (plain values, `[a, b]` lists, `{ k: v }` maps, one level of
 * indented entries). A whole YAML reader would let an unquoted `12:30` or `no` change its type without a word.
 */

/** What a head can hold: text, list of texts, map. Values stay texts; the template's schema gives them types. */
export type FrontValue = string | string[] | { [key: string]: FrontValue };

/** A file's head and the sections behind it. */
export interface FrontMatterFile {
  head: { [key: string]: FrontValue };
  body: string;
}

/**
 * Splits a file into head and body and reads the head.
 * @throws SyntaxError that names the line at fault.
 */
export function readFrontMatter(source: string): FrontMatterFile {
  const match = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(source.replaceAll('\r\n', '\n'));
  if (!match) throw new SyntaxError('a template starts with a head between two lines of ---');
  const [, headText = '', body = ''] = match;
  const head: { [key: string]: FrontValue } = {};
  let block: { [key: string]: FrontValue } | undefined;
  for (const line of headText.split('\n')) {
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const entry = /^( *)([\w-]+):(?: +(.*))?$/.exec(line);
    if (!entry) throw new SyntaxError(`not a head line: ${line}`);
    const [, indent = '', key = '', text = ''] = entry;
    const target = indent ? block : head;
    if (!target) throw new SyntaxError(`indented without a parent: ${line}`);
    if (key in target) throw new SyntaxError(`given twice: ${key}`);
    if (!indent && text.trim() === '') {
      block = {};
      head[key] = block;
    } else {
      if (!indent) block = undefined;
      target[key] = readValue(text.trim());
    }
  }
  return { head, body };
}

function readValue(text: string): FrontValue {
  if (text.startsWith('[') && text.endsWith(']')) return splitOutside(text.slice(1, -1)).map((item) => item.trim());
  if (!(text.startsWith('{') && text.endsWith('}'))) return text;
  const map: { [key: string]: FrontValue } = {};
  for (const part of splitOutside(text.slice(1, -1))) {
    const colon = part.indexOf(':');
    if (colon < 0) throw new SyntaxError(`not a pair: ${part.trim()}`);
    map[part.slice(0, colon).trim()] = readValue(part.slice(colon + 1).trim());
  }
  return map;
}

/** Cuts at commas that stand outside of brackets. */
function splitOutside(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if ('[{'.includes(char)) depth += 1;
    if (']}'.includes(char)) depth -= 1;
    if (char === ',' && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  const last = text.slice(start);
  return last.trim() === '' ? parts : [...parts, last];
}
