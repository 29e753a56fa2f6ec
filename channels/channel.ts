import type { ClientSession } from 'mongoose';

/**
 * The seam between the product and the outside world. Everything behind it (DingTalk, e-mail, SMS) can be exchanged;
 * everything before it knows only these types.
 */

/** A file that somebody sent; fetched with `StaffChannel.downloadFile`. */
export interface InboundFile {
  name: string;
  /** The platform's short-lived code for the download. */
  downloadCode: string;
}

/** A typed message of a member of the organisation. */
export interface InboundMessage {
  kind: 'message';
  /** Identifies the message for ever; redelivery brings the same id. */
  eventId: string;
  sentAt: Date;
  conversation: { id: string; kind: 'direct' | 'group'; title?: string };
  /** `staffId` is missing when the sender is no member of the organisation or the robot is not published. */
  sender: { staffId?: string; unionId?: string; nick: string };
  /** Trimmed text; speech recognition for voice; empty when there is none. */
  text: string;
  files: InboundFile[];
  /** A one-conversation reply address that needs no token, and when it ends. */
  replyWebhook?: { url: string; expiresAt: Date };
  /** True when the platform withheld the content because the month's message quota is spent. */
  quotaSpent: boolean;
  /** The platform's own name of a content type we cannot read (video, unknown …), when it is one. */
  unsupportedType?: string;
}

/** A press on a card's button or form. */
export interface InboundPress {
  kind: 'press';
  /** Made from what identifies a click: card, person, button and values, and the frame for exact repeats. */
  eventId: string;
  sentAt: Date;
  /** Our own id of the card. */
  cardId: string;
  staffId: string;
  button: string;
  /** Form values by field name: text, number, boolean or list of texts. */
  values: Record<string, string | number | boolean | string[]>;
}

/** What comes in from the staff's side, the same from stream and from HTTP. */
export type InboundEvent = InboundMessage | InboundPress;

/** The message a candidate is answering: its template, and the outbox item that carried it. */
export interface AnsweredMessage {
  template: string;
  itemId: string;
}

/** What a candidate wrote back by e-mail or SMS, told apart from what their mail programme added or sent by itself. */
export interface InboundWords {
  kind: 'words';
  /** Made of the sender's own id of the message; redelivery brings the same one. */
  eventId: string;
  /** When it arrived here. */
  sentAt: Date;
  channel: 'email' | 'sms';
  /** Who wrote. More than one when a telephone number belongs to several people on file. */
  candidateIds: string[];
  /** What the person wrote themselves, without quotations and signature; empty when there is nothing. */
  text: string;
  replyTo?: AnsweredMessage;
  /** False when an e-mail came from another address than the one on file: forwarded, or somebody else answers. */
  fromKnownAddress: boolean;
  /** Files that came along. Their content is not kept. */
  refusedFiles: number;
  /** Written by a machine: an out-of-office note, or a mail that came back. No sign of life, and never answered. */
  automatic?: 'auto_reply' | 'returned';
}

/** Everything that is stored in the inbox before it is acknowledged. */
export type InboxEvent = InboundEvent | InboundWords;

/** One candidate's own words, whichever way they came. */
export interface CandidateWords {
  candidateId: string;
  channel: 'email' | 'sms' | 'portal' | 'dingtalk';
  text: string;
  /** The message being answered, where the channel tells. */
  replyTo?: AnsweredMessage;
  receivedAt: Date;
  /** Identifies these words for ever: the same words brought again have the same one. */
  eventId: string;
  /** False when they came from another address than the one on file; true where it is left out. */
  fromKnownAddress?: boolean;
}

/**
 * Acts on what a candidate says: one unit of work.
 * @param done writes "this event is done"; called with the unit's session, inside the same transaction. The words may be
 * brought a second time if it was not.
 */
export type Hear = (words: CandidateWords, done: (session: ClientSession) => Promise<void>) => Promise<void>;

/** Something that may be asked how a message could be meant (an optional chat model). */
export interface ReadingModel {
  /** @param question without anything personal. @returns its answer; null when there is none in time. Never throws */
  propose(question: { instructions: string; message: string }): Promise<string | null>;
}

/** The fresh face of a card that a press is answered with; `null` fields are left as they are. */
export interface CardFace {
  /** Values everybody sees. All texts; structured values are JSON texts. */
  shared: Record<string, string>;
  /** Values only one person sees, by staffId; they win over shared ones. */
  personal?: Record<string, Record<string, string>>;
}

/** Takes events in. The promise resolves once the event is stored: only then may it be acknowledged. */
export interface InboundSink {
  /**
   * Stores an event once. For a press it also waits for its effect, but never longer than the card's answer may take.
   * @returns the card's new face when it was ready in time.
   */
  receive(event: InboundEvent): Promise<CardFace | undefined>;
}

/** A way in for the staff's messages: stream or HTTP. Both hand the same events to the same sink. */
export interface Receiver {
  start(sink: InboundSink): Promise<void>;
  stop(): Promise<void>;
  /** `ok`, or why nothing is heard at present. */
  health(): { ok: boolean; reason?: string };
}

/** Why a send was refused. `recipient_invalid`: the platform does not know or does not reach this person. */
export type RefusalKind =
  | 'throttled'
  | 'quota_spent'
  | 'invalid_token'
  | 'not_permitted'
  | 'bad_request'
  | 'recipient_invalid'
  | 'unreachable';

/**
 * The truth about one send. `accepted` is not `delivered` and not `read`.
 * - `refused`: surely nothing left; `retryAfterMs` says when to try again, `null` that trying again is useless.
 * - `uncertain`: it may have left (time-out, cut line, unreadable answer) and the platform has no idempotency key.
 */
export type SendAnswer =
  | { outcome: 'accepted'; providerId?: string }
  | { outcome: 'refused'; kind: RefusalKind; retryAfterMs: number | null; detail: string }
  | { outcome: 'uncertain'; detail: string };

/** The order in which calls get through when the platform's limits bite. */
export type CallClass = 'press' | 'reply' | 'urgent' | 'normal' | 'bulk';

/** The body of a chat message to staff, already escaped for the platform's markdown. */
export type ChatBody =
  | { format: 'text'; content: string }
  | { format: 'markdown'; title: string; text: string }
  | { format: 'buttons'; title: string; text: string; buttons: { label: string; url: string }[] };

/** A card to show. */
export interface CardDraft {
  /** Our id, unique for ever: creating twice with the same id shows one card. */
  cardId: string;
  to: { staffId: string } | { conversationId: string };
  face: CardFace;
  /** The line in the conversation list and the notification. */
  summary: string;
}

/** A calendar entry; people by staffId. */
export interface CalendarDraft {
  organizerStaffId: string;
  attendeeStaffIds: string[];
  title: string;
  description: string;
  location: string;
  startAt: Date;
  endAt: Date;
}

/** A busy stretch of somebody's calendar. The platform gives no titles. */
export interface BusyTime {
  staffId: string;
  startAt: Date;
  endAt: Date;
}

/** A member of the organisation as the platform's address book knows it. */
export interface DirectoryPerson {
  staffId: string;
  unionId: string;
  name: string;
  title?: string;
  mobile?: string;
  email?: string;
}

/** Whether a person has opened a message. */
export type ReadState = 'read' | 'unread' | 'unknown';

/** Everything the product can do towards staff. One implementation: DingTalk. */
export interface StaffChannel {
  /** Sends to people one to one; answers person by person, in the order given. */
  sendDirect(staffIds: readonly string[], body: ChatBody, callClass: CallClass): Promise<SendAnswer[]>;
  sendGroup(conversationId: string, body: ChatBody, callClass: CallClass): Promise<SendAnswer>;
  /** Answers through the one-conversation reply address of an inbound message. */
  replyByWebhook(url: string, body: ChatBody, mentionStaffIds?: readonly string[]): Promise<SendAnswer>;
  createCard(draft: CardDraft, callClass: CallClass): Promise<SendAnswer>;
  /** Changes the named values and keeps the others. */
  updateCard(cardId: string, face: CardFace, callClass: CallClass): Promise<SendAnswer>;
  /** True when a card template is configured; otherwise decisions fall back to text with quick-reply links. */
  hasCards(): boolean;
  /** @param onceKey the same key makes the platform create one entry only. `providerId` is the entry's id. */
  createCalendarEntry(draft: CalendarDraft, onceKey: string): Promise<SendAnswer>;
  changeCalendarEntry(entryId: string, draft: CalendarDraft): Promise<SendAnswer>;
  deleteCalendarEntry(entryId: string, organizerStaffId: string): Promise<SendAnswer>;
  /** Busy times; people whose calendar may not be read come back in `unknown`. */
  busyTimes(staffIds: readonly string[], from: Date, to: Date): Promise<{ busy: BusyTime[]; unknown: string[] }>;
  /** Who has read a message that was accepted as `providerId`. Only for 24 hours after sending. */
  readState(providerId: string): Promise<Map<string, ReadState>>;
  downloadFile(downloadCode: string): Promise<Uint8Array>;
  findPerson(staffId: string): Promise<DirectoryPerson | undefined>;
}

/** A message to a candidate, rendered for one channel. */
export interface CandidateEnvelope {
  /** Unique per delivery; goes out as the platform's own idempotency key or Message-ID where it has one. */
  deliveryId: string;
  to: string;
  subject?: string;
  text: string;
  html?: string;
  /** A calendar invitation (ICS text) for e-mail. */
  calendar?: { method: 'REQUEST' | 'CANCEL'; content: string };
  /** Address that stops messages, for List-Unsubscribe. */
  unsubscribeUrl?: string;
  /** Address that a reply goes to. */
  replyTo?: string;
}

/** A way to reach candidates: e-mail, SMS, DingTalk 1:1 for members. */
export interface CandidateChannel {
  readonly name: 'email' | 'sms' | 'dingtalk';
  send(envelope: CandidateEnvelope): Promise<SendAnswer>;
}
