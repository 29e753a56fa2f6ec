import { element, isSafeUrl, outsideLink } from './element.js';

const INLINE =
  /\\([\\`*_[\]<>#~|])|(!?)\[((?:\\.|[^\]\\])*)\]\(([^)\s]+)\)|\*\*(\S(?:[\s\S]*?\S)?)\*\*|\*(\S(?:[^*\n]*?\S)?)\*|`([^`\n]+)`|<br\s*\/?>|&nbsp;|(https?:\/\/[^\s<>"'（）「」。，、]+)/;

/**
 * Draws the Markdown that DingTalk promises (headings, quotes, lists, bold, italic, links, line breaks) as elements; any
 * other markup stays the text it is.
 * @param {string} text
 * @param {{ tap?: (id: string) => void }} options `tap` says a quick reply; without it quick replies are mere text, as
 *   in the Markdown of a card
 */
export function renderMarkdown(text, options = {}) {
  const context = { ...options, links: 0 };
  const blocks = document.createDocumentFragment();
  let list;
  let paragraph;
  for (const line of text.replaceAll('\r', '').split('\n')) {
    const trimmed = line.trim();
    const item = /^(?:([-*+])|\d+[.)])\s+(.*)$/.exec(trimmed);
    const heading = /^(#{1,6})\s+(.*)$/.exec(trimmed);
    if (item) {
      const tag = item[1] ? 'ul' : 'ol';
      if (list?.tagName.toLowerCase() !== tag) {
        list = element(tag);
        blocks.append(list);
      }
      list.append(element('li', {}, ...inline(item[2], context)));
      paragraph = undefined;
      continue;
    }
    list = undefined;
    if (trimmed === '') {
      paragraph = undefined;
    } else if (heading) {
      // Headings inside a bubble are no headings of the page.
      blocks.append(element('p', { class: `heading heading-${heading[1].length}` }, ...inline(heading[2], context)));
      paragraph = undefined;
    } else if (/^(\*\*\*|---|___)$/.test(trimmed)) {
      blocks.append(element('hr'));
      paragraph = undefined;
    } else if (trimmed.startsWith('>')) {
      blocks.append(element('blockquote', {}, ...inline(trimmed.replace(/^>\s?/, ''), context)));
      paragraph = undefined;
    } else if (paragraph) {
      paragraph.append(element('br'), ...inline(trimmed, context));
    } else {
      paragraph = element('p', {}, ...inline(trimmed, context));
      blocks.append(paragraph);
    }
  }
  return blocks;
}

/** Plain text with its line breaks; addresses become links. */
export function renderPlain(text) {
  const parts = document.createDocumentFragment();
  for (const piece of text.split(/(https?:\/\/[^\s<>"'（）「」。，、]+)/)) {
    parts.append(/^https?:\/\//.test(piece) ? outsideLink(piece, piece) : piece);
  }
  return parts;
}

function inline(text, context) {
  const nodes = [];
  let rest = text;
  while (rest !== '') {
    const match = INLINE.exec(rest);
    if (!match) {
      nodes.push(rest);
      break;
    }
    if (match.index > 0) nodes.push(rest.slice(0, match.index));
    nodes.push(nodeOf(match, context));
    rest = rest.slice(match.index + match[0].length);
  }
  return nodes;
}

function nodeOf([whole, escaped, image, label, address, strong, emphasis, code, bare], context) {
  if (escaped !== undefined) return escaped;
  if (address !== undefined) {
    const words = label.replace(/\\(.)/g, '$1');
    if (image) return `[圖片${words ? `：${words}` : ''}]`;
    return linkOf(words, address, context);
  }
  if (strong !== undefined) return element('strong', {}, ...inline(strong, context));
  if (emphasis !== undefined) return element('em', {}, ...inline(emphasis, context));
  if (code !== undefined) return element('code', {}, code);
  if (bare !== undefined) return outsideLink(bare, bare);
  return whole.startsWith('<') ? element('br') : ' ';
}

/** Links are counted as the sandbox counts them, so that a tap names the right one. */
function linkOf(label, address, context) {
  if (address.startsWith('dtmd:')) {
    if (!context.tap) return label;
    context.links += 1;
    const id = `link${context.links}`;
    return element('button', { type: 'button', class: 'quick-reply', onclick: () => context.tap(id) }, label);
  }
  context.links += 1;
  const url = address.startsWith('dingtalk:') ? (safeUrl(address)?.searchParams.get('url') ?? address) : address;
  return isSafeUrl(url) ? outsideLink(url, label) : label;
}

function safeUrl(address) {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}
