import type { CardFace, InboundEvent } from '../channels/channel.ts';
import { commit } from '../recruiting/unit/commit.ts';
import type { BotParts, WorkItem } from './bot-parts.ts';
import { handleMessage } from './handle-message.ts';
import { handlePress } from './handle-press.ts';
import { replyEffects } from './replies/render-reply.ts';
import { say } from './replies/said.ts';
import { detectLanguage } from './understand/detect-language.ts';
import { commandWords } from './understand/find-command.ts';

/**
 * The bot as the inbox knows it: works one stored event off in one unit of work that also marks the item done.
 * @returns a card's new face, for presses. Throws what is unexpected: the inbox tries again and sets the item aside.
 */
export type Bot = (event: InboundEvent, item: WorkItem) => Promise<CardFace | undefined>;

/** Puts the bot together. @throws Error when two commands share a word */
export function createBot(parts: BotParts): Bot {
  const words = commandWords(parts.commands);
  return async (event, item) => {
    if (event.kind === 'press') return handlePress(parts, words, event, item);
    await handleMessage(parts, words, event, item);
    return undefined;
  };
}

/** Apologises for an item that was set aside, with the reference the log can be searched for. */
export async function apologise(
  parts: Pick<BotParts, 'office' | 'robotNames'>,
  event: InboundEvent,
  item: { id: string; reference: string },
): Promise<void> {
  const staffId = event.kind === 'press' ? event.staffId : event.sender.staffId;
  if (staffId === undefined) return;
  const text = say(
    `很抱歉，這一步未能完成，我們會跟進（參考編號 ${item.reference}）。其他工作不受影響；急事請直接聯絡 HR 同事。`,
    `I am sorry, this could not be completed. It will be looked into (reference ${item.reference}). Everything else goes on; if it is urgent, please contact HR directly.`,
  );
  const typed = event.kind === 'message' ? event.text : '';
  await commit(parts.office, 'job:bot', async (unit) => {
    const address = {
      conversation: event.kind === 'message' ? event.conversation : { id: '', kind: 'direct' as const },
      staffId,
      lang: detectLanguage(typed, undefined, typed),
      robotName: parts.robotNames[0] ?? '',
      occasion: `set_aside:${item.id}`,
    };
    for (const effect of replyEffects({ text }, address)) unit.effect(effect);
  });
}
