import type { FilledSlot } from './linter/etiquette.ts';
import { LINK_SLOTS, SLOT_REGISTER } from './slots.ts';
import type { Section } from './template.ts';

/** A text cut at its slots. */
export interface Piece {
  text: string;
  /** The slot the piece fills; undefined for the template's own words. */
  slot?: string;
}

// Marks around filled slots while a template is filled, so that every value can be found again and escaped as its channel
// needs it. They are private-use characters; values are freed of them first.
const OPEN = '\uE000';
const CLOSE = '\uE001';
const INDEX_BASE = 0xe100;

/** Fills a section and cuts it into pieces. Null values are for `{{#if}}` only. */
export function fillSection(section: Section, values: ReadonlyMap<string, string | null>): Piece[] {
  const names = [...values.keys()];
  const marked: Record<string, string | null> = {};
  for (const [index, name] of names.entries()) {
    const value = values.get(name) ?? null;
    // An empty greeting is falsy for {{#if}} and leaves no mark.
    marked[name] = value ? OPEN + String.fromCharCode(INDEX_BASE + index) + cleaned(value) + CLOSE : value;
  }
  return cut(section.fill(marked), names);
}

function cleaned(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must go
  return value.replace(/[\uE000-\uF8FF\u0000-\u0009\u000B-\u001F\u007F\u200B-\u200F\u202A-\u202E\u2066-\u2069]/g, '');
}

function cut(filled: string, names: readonly string[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (;;) {
    const start = filled.indexOf(OPEN, at);
    if (start < 0) break;
    const end = filled.indexOf(CLOSE, start);
    if (start > at) pieces.push({ text: filled.slice(at, start) });
    const slot = names[filled.charCodeAt(start + 1) - INDEX_BASE];
    pieces.push({ text: filled.slice(start + 2, end), ...(slot ? { slot } : {}) });
    at = end + 1;
  }
  if (at < filled.length) pieces.push({ text: filled.slice(at) });
  return pieces;
}

/** The pieces as one plain text. */
export function plainText(pieces: readonly Piece[]): string {
  return pieces.map((piece) => piece.text).join('');
}

/** What may be kept: links are `{link}`, and `links` says in order what each one was. */
export function keptText(pieces: readonly Piece[]): { text: string; links: string[] } {
  const links: string[] = [];
  const text = pieces
    .map((piece) => {
      if (!piece.slot || !LINK_SLOTS.has(piece.slot)) return piece.text;
      links.push(piece.slot);
      return '{link}';
    })
    .join('');
  return { text, links };
}

/** Where the slots stand in the plain text, as the linter wants it. */
export function filledSlots(pieces: readonly Piece[]): FilledSlot[] {
  const filled: FilledSlot[] = [];
  let at = 0;
  for (const { text, slot } of pieces) {
    const entry = slot ? SLOT_REGISTER.get(slot) : undefined;
    if (slot && entry) {
      filled.push({
        name: slot,
        start: at,
        end: at + text.length,
        words: entry.words,
        isLink: LINK_SLOTS.has(slot),
        ending: entry.ending ?? null,
        maxLength: entry.maxLength ?? null,
      });
    }
    at += text.length;
  }
  return filled;
}

/** HTML of the pieces: everything escaped, links as anchors, one paragraph a line. */
export function htmlText(pieces: readonly Piece[]): string {
  const html = pieces
    .map(({ text, slot }) => (slot && LINK_SLOTS.has(slot) ? anchor(text, text) : escapeHtml(text)))
    .join('');
  return html
    .split('\n')
    .map((line) => `<p>${line}</p>`)
    .join('\n');
}

/** Markdown as DingTalk draws it: values escaped, lines broken with two spaces on both sides. */
export function dingtalkText(pieces: readonly Piece[]): string {
  return pieces
    .map(({ text, slot }) => (slot && LINK_SLOTS.has(slot) ? `[${text}](${text})` : slot ? escapeMarkdown(text) : text))
    .join('')
    .replaceAll('\n', '  \n  ');
}

/** Escapes a text for HTML, inside attributes too. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** Escapes a value for DingTalk's markdown, so that no name becomes a heading, a link or a mention. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>#~|!]/g, '\\$&').replace(/^([-+]|\d+\.)(?= )/gm, '\\$1');
}

/** An anchor that gives nothing away to the page it leads to. */
export function anchor(url: string, label: string, style = ''): string {
  const href = /^https?:\/\//.test(url) ? url : '#';
  return `<a href="${escapeHtml(href)}" rel="noopener noreferrer"${style ? ` style="${style}"` : ''}>${escapeHtml(label)}</a>`;
}
