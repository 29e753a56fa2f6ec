import { textOfCard, valuesFor, viewCard } from '../card/card-view.ts';
import type { Message, MessageButton, Sender } from '../robot/conversation.ts';
import { linksOf } from '../robot/links.ts';
import type { World } from '../world.ts';

/** A message as the control API shows it to one person. */
export function viewMessage(world: World, message: Message, personId: string | undefined): Record<string, unknown> {
  const card = message.outTrackId === undefined ? undefined : world.cards.get(message.outTrackId);
  const values = card && valuesFor(card, personId ?? '');
  const shown = values && textOfCard(values);
  const buttons = shown ? linksOf(shown.text, { quickReplies: false }) : message.buttons;
  return {
    seq: message.seq,
    at: message.at,
    from: fromOf(world, message.from),
    fromName: nameOf(world, message.from),
    kind: message.kind,
    ...((shown?.title ?? message.title) ? { title: shown?.title ?? message.title } : {}),
    text: shown ? [shown.title, shown.text].filter((part) => part !== '').join('\n') : message.text,
    buttons: buttons.map(viewButton),
    ...(message.files && message.files.length > 0 ? { files: message.files } : {}),
    ...(message.mentions && message.mentions.length > 0 ? { mentions: message.mentions } : {}),
    ...(message.msgId === undefined ? {} : { msgId: message.msgId }),
    ...(message.processQueryKey === undefined ? {} : { processQueryKey: message.processQueryKey }),
    readBy: message.readBy,
    ...(card ? { card: viewCard(card, personId ?? '') } : {}),
  };
}

/** `url` for links, `sends` for quick replies. */
function viewButton({ id, label, url, sends }: MessageButton): Record<string, unknown> {
  return { id, label, ...(url === undefined ? {} : { url }), ...(sends === undefined ? {} : { sends }) };
}

/** A person's id, `bot` for the product's robot, `bot:ROBOTCODE` for another one, `system` for notices. */
function fromOf(world: World, from: Sender): string {
  if ('person' in from) return from.person;
  if ('system' in from) return 'system';
  return from.robot === world.apps.product().robotCode ? 'bot' : `bot:${from.robot}`;
}

function nameOf(world: World, from: Sender): string {
  if ('person' in from) return world.company.get(from.person)?.name ?? from.person;
  if ('system' in from) return '';
  return world.apps.byRobotCode(from.robot)?.name ?? from.robot;
}
