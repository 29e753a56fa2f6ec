import type { Reply } from '../replies/reply.ts';
import { inLanguage, type Lang } from '../replies/said.ts';
import type { Told, ToldQuickReply } from './planned-order.ts';

/** A reply in one language, as it can be stored. */
export function storedReply(reply: Reply, lang: Lang): { text: string; quickReplies: ToldQuickReply[] } {
  return {
    text: inLanguage(reply.text, lang),
    quickReplies: (reply.quickReplies ?? []).map(({ label, sends }) => ({
      label: inLanguage(label, lang),
      sends: typeof sends === 'string' ? sends : inLanguage(sends, lang),
    })),
  };
}

/** A stored reply as one that can be sent. */
export function replyOf({ text, quickReplies }: Pick<Told, 'text' | 'quickReplies'>): Reply {
  return {
    text: () => text,
    ...(quickReplies.length > 0
      ? { quickReplies: quickReplies.map(({ label, sends }) => ({ label: () => label, sends })) }
      : {}),
  };
}
