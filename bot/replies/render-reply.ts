import { redactHkids } from '../../hongkong/hkid.ts';
import { maskPhonesIn } from '../../hongkong/phones.ts';
import type { ChatBody, Effect } from '../../recruiting/message/effect.ts';
import type { QuickReply, Reply } from './reply.ts';
import { inLanguage, type Lang, say } from './said.ts';

/** Where an answer goes. */
export interface ReplyAddress {
  conversation: { id: string; kind: 'direct' | 'group' };
  staffId: string;
  webhook?: { url: string; expiresAt: Date };
  lang: Lang;
  /** For mentions in groups: a quick reply must address the robot. */
  robotName: string;
  /** Makes the ledger's key: the inbound event or the card press. */
  occasion: string;
}

/** The outgoing effects of an answer: in the conversation, or privately with a word in the group. */
export function replyEffects(reply: Reply, address: ReplyAddress): Effect[] {
  const { conversation, staffId, lang } = address;
  if (reply.isPrivate && conversation.kind === 'group') {
    const here = say('已在一對一對話中回覆您。', 'I have answered you in our 1:1 chat.');
    const direct = chatBody(reply, { ...address, conversation: { id: conversation.id, kind: 'direct' } });
    return [
      {
        kind: 'direct_message',
        staffId,
        what: 'private_answer',
        body: direct,
        occasion: address.occasion,
        callClass: 'reply',
      },
      replyEffect({ format: 'text', content: inLanguage(here, lang) }, address),
    ];
  }
  return [replyEffect(chatBody(reply, address), address)];
}

function replyEffect(body: ChatBody, { conversation, staffId, webhook, occasion }: ReplyAddress): Effect {
  return {
    kind: 'reply',
    conversation: { id: conversation.id, kind: conversation.kind },
    staffId,
    body,
    occasion,
    ...(webhook ? { webhook: { url: webhook.url, expiresAt: webhook.expiresAt.toISOString() } } : {}),
  };
}

/** Amounts as people type and messages print them: HK$17,000, 17k, 萬六, 62蚊, 1.6萬. */
const AMOUNT =
  /(?:HK\$|\$|港幣) ?\d[\d,.]*(?:k|萬|万)?|(?<![\w.])\d[\d,.]* ?(?:蚊|元|萬|万|k(?![a-z]))|[一二兩两三四五六七八九廿]?[萬万][一二三四五六七八九](?:[一二三四五六七八九])?/gi;

/** Pay is never repeated in a group, whoever typed it. */
export function withoutPay(text: string, lang: Lang): string {
  return text.replace(AMOUNT, inLanguage(say('（金額略）', '(amount left out)'), lang));
}

/** The answer as a chat message: plain text, or markdown when there is something to tap. */
export function chatBody(reply: Reply, address: Pick<ReplyAddress, 'conversation' | 'lang' | 'robotName'>): ChatBody {
  const inGroup = address.conversation.kind === 'group';
  const said = inLanguage(reply.text, address.lang);
  const content = inGroup ? withoutPay(maskPhonesIn(redactHkids(said)), address.lang) : redactHkids(said);
  const quickReplies = reply.quickReplies ?? [];
  if (quickReplies.length === 0) return { format: 'text', content };
  const links = quickReplies.map((quick) => quickReplyLink(quick, address, inGroup)).join('  ');
  return {
    format: 'markdown',
    title: content.split('\n')[0]?.slice(0, 60) ?? '',
    text: `${markdownLines(content)}\n\n${links}`,
  };
}

/**
 * A link that sends a text as the person's own message (DingTalk: "dtmd" links in markdown messages). In a group only
 * messages that mention the robot reach it.
 */
function quickReplyLink(
  { label, sends }: QuickReply,
  { lang, robotName }: Pick<ReplyAddress, 'lang' | 'robotName'>,
  inGroup: boolean,
): string {
  const typed = typeof sends === 'string' ? sends : inLanguage(sends, lang);
  const content = encodeURIComponent(inGroup ? `@${robotName} ${typed}` : typed);
  const text = plainMarkdown(inLanguage(label, lang)).replace(/[()]/g, (sign) => (sign === '(' ? '（' : '）'));
  return `[${text}](dtmd://dingtalkclient/sendMessage?content=${content.replace(/[()]/g, (sign) => (sign === '(' ? '%28' : '%29'))})`;
}

const LOOKALIKES: Readonly<Record<string, string>> = {
  '*': '＊',
  _: '＿',
  '[': '［',
  ']': '］',
  '`': '｀',
  '~': '～',
  '<': '＜',
  '>': '＞',
  '|': '｜',
};

/** Text inside markdown: signs with a meaning become their full-width twins, addresses stay as they are. */
export function plainMarkdown(text: string): string {
  return text
    .split(/(https?:\/\/\S+)/)
    .map((part, index) =>
      index % 2 === 1
        ? part
        : part.replace(/[*_[\]`~<>|]/g, (sign) => LOOKALIKES[sign] ?? sign).replace(/^(\s*)#/gm, '$1＃'),
    )
    .join('');
}

/** Lines of plain text as lines of markdown. */
export function markdownLines(text: string): string {
  return plainMarkdown(text).replaceAll('\n', '  \n');
}
