import type { LiveFeed } from '../live/feed.ts';
import type { SandboxIds } from '../state/ids.ts';
import type { Journal, Table } from '../state/journal.ts';

/** A chat: a group, or one person with one robot. */
export interface Conversation {
  /** openConversationId. */
  readonly id: string;
  readonly kind: 'group' | 'direct';
  readonly title: string;
  /** Ids of people. */
  readonly members: readonly string[];
  /** robotCodes. */
  readonly robots: readonly string[];
  readonly disbanded?: boolean | undefined;
}

export type Sender = { readonly person: string } | { readonly robot: string } | { readonly system: true };

/** Something on a message that can be tapped. With `url` it opens a page, with `sends` it says that text. */
export interface MessageButton {
  readonly id: string;
  readonly label: string;
  readonly url?: string | undefined;
  readonly sends?: string | undefined;
}

export interface MessageFile {
  readonly fileId: string;
  readonly name: string;
  readonly bytes: number;
}

export interface Message {
  readonly seq: number;
  readonly conversationId: string;
  readonly at: string;
  readonly from: Sender;
  /** text, markdown, link, actionCard, feedCard, image, audio, file, video, picture, richText, card, notice. */
  readonly kind: string;
  readonly text: string;
  readonly title?: string | undefined;
  readonly buttons: readonly MessageButton[];
  readonly files?: readonly MessageFile[] | undefined;
  readonly outTrackId?: string | undefined;
  /** People who alone can see it; everybody when left out. */
  readonly visibleTo?: readonly string[] | undefined;
  /** People shown as mentioned. */
  readonly mentions?: readonly string[] | undefined;
  readonly processQueryKey?: string | undefined;
  readonly msgId?: string | undefined;
  readonly recalled?: boolean | undefined;
  /** Who has read it, and when. */
  readonly readBy: Readonly<Record<string, string>>;
}

export type NewMessage = Omit<Message, 'seq' | 'at' | 'readBy'>;

/** All chats and what was said in them. Message numbers rise through all chats together. */
export class Conversations {
  readonly #conversations: Table<Conversation>;
  readonly #messages: Table<Message>;
  readonly #byConversation = new Map<string, Message[]>();
  readonly #ids: SandboxIds;
  readonly #now: () => Date;
  readonly #feed: LiveFeed;

  constructor(journal: Journal, ids: SandboxIds, now: () => Date, feed: LiveFeed) {
    this.#conversations = journal.table('conversations');
    this.#messages = journal.table('messages');
    this.#ids = ids;
    this.#now = now;
    this.#feed = feed;
    this.reindex();
  }

  /** Builds the lists per chat anew; needed after everything was forgotten. */
  reindex(): void {
    this.#byConversation.clear();
    for (const message of this.#messages.all()) this.#listOf(message.conversationId).push(message);
  }

  addGroup(group: { id?: string; title: string; members: readonly string[]; robots: readonly string[] }): Conversation {
    const id = group.id ?? this.#ids.opaque('cid');
    return this.#conversations.put(id, {
      id,
      kind: 'group',
      title: group.title,
      members: group.members,
      robots: group.robots,
    });
  }

  change(id: string, change: Partial<Omit<Conversation, 'id' | 'kind'>>): Conversation | undefined {
    const known = this.#conversations.get(id);
    return known && this.#conversations.put(id, { ...known, ...change });
  }

  /** The one-to-one chat of a person with a robot; made when it is first needed. */
  direct(personId: string, robotCode: string, title: string): Conversation {
    const id = `cid${this.#ids.hash(`direct:${robotCode}:${personId}`).slice(0, 22)}==`;
    return (
      this.#conversations.get(id) ??
      this.#conversations.put(id, { id, kind: 'direct', title, members: [personId], robots: [robotCode] })
    );
  }

  get(id: string): Conversation | undefined {
    return this.#conversations.get(id);
  }

  all(): Conversation[] {
    return this.#conversations.all();
  }

  add(message: NewMessage): Message {
    const full: Message = { ...message, seq: this.#ids.count('message'), at: this.#now().toISOString(), readBy: {} };
    this.#messages.put(String(full.seq), full);
    this.#listOf(full.conversationId).push(full);
    this.#feed.emit({ type: 'message', data: { conversationId: full.conversationId, seq: full.seq } });
    return full;
  }

  message(seq: number): Message | undefined {
    return this.#messages.get(String(seq));
  }

  /** What is in a chat, for one person or (without one) for everybody; recalled messages leave no trace. */
  messages(conversationId: string, personId?: string): Message[] {
    return (this.#byConversation.get(conversationId) ?? []).filter(
      (message) =>
        !message.recalled && (personId === undefined || !message.visibleTo || message.visibleTo.includes(personId)),
    );
  }

  changeMessage(seq: number, change: Partial<Message>): Message | undefined {
    const known = this.message(seq);
    if (!known) return undefined;
    const full = this.#messages.put(String(seq), { ...known, ...change });
    const list = this.#listOf(known.conversationId);
    list[list.indexOf(known)] = full;
    this.#feed.emit({ type: 'message', data: { conversationId: known.conversationId, seq } });
    return full;
  }

  #listOf(conversationId: string): Message[] {
    const known = this.#byConversation.get(conversationId);
    if (known) return known;
    const list: Message[] = [];
    this.#byConversation.set(conversationId, list);
    return list;
  }
}
