import { z } from 'zod';
import { FormIncomplete } from '../card/form-values.ts';
import type { Person } from '../organisation/company.ts';
import type { Conversation } from '../robot/conversation.ts';
import { CannotSay, type SaidFile, say } from '../robot/say.ts';
import type { World } from '../world.ts';
import { ControlError } from './control-error.ts';
import { type ControlRoute, numberOf, read, route } from './control-route.ts';
import { viewMessage } from './conversation-view.ts';
import { personBy } from './people-routes.ts';

const FILE = z.object({
  name: z.string().min(1),
  base64: z.string(),
  as: z.enum(['file', 'picture', 'audio', 'video']).optional(),
  duration: z.number().optional(),
  recognition: z.string().optional(),
});
const SAY = z.object({
  as: z.string(),
  in: z.string(),
  text: z.string().default(''),
  files: z.array(FILE).default([]),
  richText: z.boolean().optional(),
  mention: z.boolean().optional(),
  replyTo: z.number().int().optional(),
});
const TAP = z.object({ as: z.string(), in: z.string(), seq: z.number().int(), button: z.string() });
const PRESS = z.object({
  as: z.string(),
  outTrackId: z.string(),
  button: z.string(),
  values: z.record(z.string(), z.unknown()).optional(),
  force: z.boolean().optional(),
});
const READ = z.object({ as: z.string(), in: z.string(), seq: z.number().int().optional() });
const GROUP = z.object({
  id: z.string().optional(),
  title: z.string().min(1),
  members: z.array(z.string()).default([]),
  robots: z.array(z.string()).optional(),
});
const GROUP_CHANGE = z.object({
  title: z.string().optional(),
  members: z.array(z.string()).optional(),
  robots: z.array(z.string()).optional(),
  disbanded: z.boolean().optional(),
});

/** The chat that `in` names: an id, `bot`, or `bot:ROBOTCODE`. */
function chatOf(world: World, person: Person, name: string): Conversation {
  if (name !== 'bot' && !name.startsWith('bot:')) return existing(world, name);
  const app = name === 'bot' ? world.apps.product() : world.apps.byRobotCode(name.slice(4));
  if (!app) throw new ControlError(404, 'no_such_robot', `no robot has the code ${name.slice(4)}`);
  if (person.staffId === undefined || person.hasLeft) {
    throw new ControlError(
      409,
      'not_in_organisation',
      `${person.id} is not a member of the organisation and cannot chat with a robot`,
    );
  }
  return world.conversations.direct(person.id, app.robotCode, app.name);
}

function existing(world: World, id: string): Conversation {
  const conversation = world.conversations.get(id);
  if (!conversation) throw new ControlError(404, 'no_such_conversation', `there is no conversation ${id}`);
  return conversation;
}

function checkMember(conversation: Conversation, person: Person): void {
  if (!conversation.members.includes(person.id))
    throw new ControlError(403, 'not_a_member', `${person.id} is not in ${conversation.id}`);
}

function sayAs(world: World, person: Person, chat: Conversation, said: Parameters<typeof say>[3]): string[] {
  try {
    const msgIds = say(world, person, chat, said);
    world.journal.flush();
    return msgIds;
  } catch (error) {
    if (error instanceof CannotSay) throw new ControlError(409, error.code, error.message);
    throw error;
  }
}

export const conversationRoutes: readonly ControlRoute[] = [
  route('GET', '/conversations', ({ world, query }) => {
    const as = query.get('as');
    if (as === null)
      return world.conversations.all().map(({ id, kind, title, members }) => ({ id, kind, title, members }));
    const person = personBy(world, as);
    if (person.staffId !== undefined && !person.hasLeft) chatOf(world, person, 'bot');
    return world.conversations
      .all()
      .filter(({ members, disbanded }) => members.includes(person.id) && !disbanded)
      .map(({ id, kind, title, members }) => ({
        id,
        kind,
        title,
        members,
        unread: world.conversations.messages(id, person.id).filter((message) => isUnread(message, person.id)).length,
      }));
  }),
  route('GET', '/conversations/{id}', ({ world, params, query }) => {
    const as = query.get('as');
    const person = as === null ? undefined : personBy(world, as);
    const id = params.id ?? '';
    const conversation = person ? chatOf(world, person, id) : existing(world, id);
    if (person) checkMember(conversation, person);
    const since = numberOf(query, 'since');
    const messages = world.conversations.messages(conversation.id, person?.id).filter(({ seq }) => seq > since);
    return {
      id: conversation.id,
      kind: conversation.kind,
      title: conversation.title,
      messages: messages.map((message) => viewMessage(world, message, person?.id)),
    };
  }),
  route('POST', '/conversations', (call) => {
    const group = read(call, GROUP);
    const members = group.members.map((id) => personBy(call.world, id).id);
    const robots = group.robots ?? [call.world.apps.product().robotCode];
    const { id, kind, title } = call.world.conversations.addGroup({
      ...(group.id === undefined ? {} : { id: group.id }),
      title: group.title,
      members,
      robots,
    });
    call.world.feed.emit({ type: 'people', data: {} });
    return { id, kind, title, members };
  }),
  route('POST', '/conversations/{id}', (call) => {
    const { members, ...rest } = read(call, GROUP_CHANGE);
    const change = { ...rest, ...(members ? { members: members.map((id) => personBy(call.world, id).id) } : {}) };
    const defined = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    const changed = call.world.conversations.change(existing(call.world, call.params.id ?? '').id, defined);
    call.world.feed.emit({ type: 'people', data: {} });
    return changed;
  }),
  route('POST', '/say', (call) => {
    const { world } = call;
    const request = read(call, SAY);
    const person = personBy(world, request.as);
    const files: SaidFile[] = request.files.map(({ base64, ...file }) => ({
      ...file,
      content: Buffer.from(base64, 'base64'),
    }));
    const msgIds = sayAs(world, person, chatOf(world, person, request.in), {
      text: request.text,
      files,
      richText: request.richText,
      mention: request.mention,
      mentionByDefault: true,
      replyTo: request.replyTo,
    });
    return { msgId: msgIds[0], msgIds };
  }),
  route('POST', '/tap', (call) => {
    const { world } = call;
    const request = read(call, TAP);
    const person = personBy(world, request.as);
    const chat = chatOf(world, person, request.in);
    checkMember(chat, person);
    const message = world.conversations.messages(chat.id, person.id).find(({ seq }) => seq === request.seq);
    if (!message) throw new ControlError(404, 'no_such_message', `no message ${request.seq} in ${chat.id}`);
    const button = message.buttons.find(({ id }) => id === request.button);
    if (!button)
      throw new ControlError(404, 'no_such_button', `message ${request.seq} has no button ${request.button}`);
    if (button.sends === undefined) return { url: button.url };
    // The tapped text is what the person says; in a group it reaches the robot only if it mentions it.
    const msgIds = sayAs(world, person, chat, { text: button.sends, files: [], mentionByDefault: false });
    return { msgId: msgIds[0], text: button.sends };
  }),
  route('POST', '/press', async (call) => {
    const { world } = call;
    const request = read(call, PRESS);
    const person = personBy(world, request.as);
    const card = world.cards.get(request.outTrackId);
    if (!card) throw new ControlError(404, 'no_such_card', `there is no card ${request.outTrackId}`);
    const isThere = card.spaces.some(({ seq }) => {
      const message = world.conversations.message(seq);
      const chat = message && !message.recalled ? world.conversations.get(message.conversationId) : undefined;
      return chat?.members.includes(person.id) === true && (message?.visibleTo?.includes(person.id) ?? true);
    });
    if (!isThere)
      throw new ControlError(403, 'not_a_member', `${person.id} does not see the card ${request.outTrackId}`);
    try {
      const result = await world.presses.press(card, person, request);
      world.journal.flush();
      return result;
    } catch (error) {
      if (error instanceof FormIncomplete) throw new ControlError(422, 'form_incomplete', error.message);
      throw error;
    }
  }),
  route('POST', '/read', (call) => {
    const { world } = call;
    const request = read(call, READ);
    const person = personBy(world, request.as);
    const chat = chatOf(world, person, request.in);
    checkMember(chat, person);
    const unread = world.conversations
      .messages(chat.id, person.id)
      .filter((message) => isUnread(message, person.id) && message.seq <= (request.seq ?? Number.POSITIVE_INFINITY));
    for (const message of unread) markRead(world, message.seq, person);
    return { read: unread.map(({ seq }) => seq) };
  }),
];

function isUnread(message: { from: object; readBy: Readonly<Record<string, string>> }, personId: string): boolean {
  return 'robot' in message.from && message.readBy[personId] === undefined;
}

/** Marks one message and tells the application, if it listens to `robot_msg_read`. */
function markRead(world: World, seq: number, person: Person): void {
  const message = world.conversations.message(seq);
  if (!message) return;
  world.conversations.changeMessage(seq, {
    readBy: { ...message.readBy, [person.id]: world.clock.now().toISOString() },
  });
  const app = 'robot' in message.from ? world.apps.byRobotCode(message.from.robot) : undefined;
  if (!app || message.processQueryKey === undefined) return;
  world.deliveries.event(app, 'robot_msg_read', {
    unionId: person.unionId ?? '',
    userId: person.staffId ?? '',
    robotCode: app.robotCode,
    openConversationId: message.conversationId,
    processQueryKey: message.processQueryKey,
    operatTime: String(world.clock.now().getTime()),
  });
}
