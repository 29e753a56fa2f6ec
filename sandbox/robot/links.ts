import type { MessageButton } from './conversation.ts';

const MARKDOWN_LINK = /(!?)\[([^\]]*)\]\(([^)\s]+)\)/g;

/** Turns an address into what a tap on it does: say a text (dtmd), open the page inside a wrapper, or open it. */
export function tapOf(address: string): { url?: string; sends?: string } {
  if (address.startsWith('dtmd://dingtalkclient/sendMessage')) {
    return { sends: new URL(address).searchParams.get('content') ?? '' };
  }
  if (address.startsWith('dingtalk://dingtalkclient/page/link')) {
    return { url: new URL(address).searchParams.get('url') ?? address };
  }
  return { url: address };
}

/** The links of a Markdown text, in order, as `link1`, `link2` … Pictures are no links. */
export function linksOf(markdown: string, options: { quickReplies: boolean }): MessageButton[] {
  const buttons: MessageButton[] = [];
  for (const [, image, label, address] of markdown.matchAll(MARKDOWN_LINK)) {
    if (image === '!' || address === undefined) continue;
    const tap = tapOf(address);
    // Quick replies work in plain Markdown messages only, not inside the Markdown of a card.
    if (tap.sends !== undefined && !options.quickReplies) continue;
    buttons.push({ id: `link${buttons.length + 1}`, label: label ?? '', ...tap });
  }
  return buttons;
}
