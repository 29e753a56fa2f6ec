/**
 * A text as data inside a DingTalk markdown message: nothing in it becomes a link, a heading or emphasis.
 * (DingTalk: "Message types that a robot receives", markdown subset.)
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*_[\]~]/g, '\\$&')
    .replace(/</g, '&lt;')
    .replace(/^(\s*)([#>+-])/gm, '$1\\$2')
    .replace(/^(\s*\d+)\./gm, '$1\\.');
}

/** Lines of one paragraph: DingTalk breaks a line only where two spaces stand before and after it. */
export function markdownLines(lines: readonly string[]): string {
  return lines.join('  \n  ');
}

/** An address whose tap sends a text as the person's own message to the chat (works in plain markdown messages). */
export function quickReplyUrl(text: string): string {
  // Half a character would make the encoding throw; brackets would end a markdown link.
  const content = encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd')).replace(
    /[()'!*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `dtmd://dingtalkclient/sendMessage?content=${content}`;
}

/** A link that answers with a text when it is tapped. */
export function quickReplyLink(label: string, text: string): string {
  return `[${label.replace(/[[\]\\]/g, '\\$&')}](${quickReplyUrl(text)})`;
}

/** Cuts a long text into parts of at most so many bytes (UTF-8), at line ends where possible. */
export function splitMarkdown(text: string, maxBytes: number): string[] {
  if (maxBytes < 8) throw new RangeError('a part must hold at least one character');
  const parts: string[] = [];
  let part = '';
  const add = (piece: string, joint: string): void => {
    const joined = part === '' ? piece : part + joint + piece;
    if (Buffer.byteLength(joined) <= maxBytes) {
      part = joined;
      return;
    }
    if (part !== '') parts.push(part);
    part = piece;
  };
  for (const line of text.split('\n')) {
    if (Buffer.byteLength(line) <= maxBytes) {
      add(line, '\n');
      continue;
    }
    if (part !== '') parts.push(part);
    part = '';
    for (const char of line) add(char, '');
  }
  if (part !== '') parts.push(part);
  return parts;
}
