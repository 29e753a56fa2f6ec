import { z } from 'zod';
import { linksOf, tapOf } from './links.ts';
import type { MessageContent } from './message-template.ts';

const AT = z
  .object({
    atUserIds: z.array(z.string()).optional(),
    atMobiles: z.array(z.string()).optional(),
    isAtAll: z.boolean().optional(),
  })
  .optional();

/** The five kinds a reply may be, with DingTalk's own spelling of each address field. */
export const REPLY = z.discriminatedUnion('msgtype', [
  z.object({ msgtype: z.literal('text'), text: z.object({ content: z.string() }), at: AT }),
  z.object({ msgtype: z.literal('markdown'), markdown: z.object({ title: z.string(), text: z.string() }), at: AT }),
  z.object({
    msgtype: z.literal('link'),
    link: z.object({ title: z.string(), text: z.string(), messageUrl: z.string(), picUrl: z.string().optional() }),
  }),
  z.object({
    msgtype: z.literal('actionCard'),
    actionCard: z.object({
      title: z.string(),
      text: z.string(),
      singleTitle: z.string().optional(),
      singleURL: z.string().optional(),
      btnOrientation: z.string().optional(),
      btns: z.array(z.object({ title: z.string(), actionURL: z.string() })).optional(),
    }),
    at: AT,
  }),
  z.object({
    msgtype: z.literal('feedCard'),
    feedCard: z.object({
      links: z.array(z.object({ title: z.string(), messageURL: z.string(), picURL: z.string().optional() })),
    }),
  }),
]);
export type Reply = z.infer<typeof REPLY>;

/** What a reply shows. */
export function contentOfReply(reply: Reply): MessageContent {
  switch (reply.msgtype) {
    case 'text':
      return { kind: 'text', text: reply.text.content, buttons: [] };
    case 'markdown': {
      const { title, text } = reply.markdown;
      return { kind: 'markdown', title, text, buttons: linksOf(text, { quickReplies: true }) };
    }
    case 'link': {
      const { title, text, messageUrl } = reply.link;
      return { kind: 'link', title, text, buttons: [{ id: 'link1', label: title, ...tapOf(messageUrl) }] };
    }
    case 'actionCard': {
      const { title, text, singleTitle, singleURL, btns } = reply.actionCard;
      // With a single button the list of buttons is ignored.
      const shown =
        singleTitle !== undefined && singleURL !== undefined
          ? [{ title: singleTitle, actionURL: singleURL }]
          : (btns ?? []);
      return {
        kind: 'actionCard',
        title,
        text,
        buttons: shown.map((btn, index) => ({ id: `btn${index + 1}`, label: btn.title, ...tapOf(btn.actionURL) })),
      };
    }
    case 'feedCard': {
      const links = reply.feedCard.links;
      return {
        kind: 'feedCard',
        text: links.map((link) => link.title).join('\n'),
        buttons: links.map((link, index) => ({ id: `link${index + 1}`, label: link.title, ...tapOf(link.messageURL) })),
      };
    }
  }
}

/** userIds and mobiles that are really mentioned: listed, and written as `@id` in the text. */
export function mentionsOf(reply: Reply): { userIds: string[]; mobiles: string[]; all: boolean } {
  const at = 'at' in reply ? reply.at : undefined;
  const text =
    reply.msgtype === 'text'
      ? reply.text.content
      : reply.msgtype === 'markdown'
        ? reply.markdown.text
        : reply.msgtype === 'actionCard'
          ? reply.actionCard.text
          : '';
  return {
    userIds: (at?.atUserIds ?? []).filter((id) => text.includes(`@${id}`)),
    mobiles: (at?.atMobiles ?? []).filter((mobile) => text.includes(`@${mobile}`)),
    all: at?.isAtAll === true,
  };
}
