/** What a use case may ask to leave the house. The dispatcher (jobs/dispatch) turns each into calls of a channel. */

/** A chat message to staff. Texts of `markdown` and `buttons` are markdown already escaped where they carry data. */
export type ChatBody =
  | { format: 'text'; content: string }
  | { format: 'markdown'; title: string; text: string }
  | { format: 'buttons'; title: string; text: string; buttons: { label: string; url: string }[] };

/** The face of a card: texts everybody sees, and texts only one person sees (by staffId), which win. */
export interface CardFace {
  shared: Record<string, string>;
  personal?: Record<string, Record<string, string>>;
}

interface Common {
  /** The act or slot this belongs to, with its version: `interview:int_42:v3`. Part of the ledger's key. */
  occasion: string;
  applicationId?: string | null;
  /** Not before this moment; now when left out. */
  dueAt?: Date;
  callClass?: 'press' | 'reply' | 'urgent' | 'normal' | 'bulk';
}

/**
 * A message to a candidate. Facts are read again when it is sent; `extra` holds only what no record holds (an old date,
 * a human-written sentence, a reason from a closed list).
 */
export interface CandidateMessageEffect extends Common {
  kind: 'candidate_message';
  candidateId: string;
  /** Template id, for example `interview_invitation`. */
  template: string;
  /** The record the message speaks about, when it is not the application itself. */
  interviewId?: string;
  intakeId?: string;
  /** Slot values by slot name that only this act knows. Moments as ISO texts. */
  extra?: Record<string, string | number | string[]>;
  /** Only by this channel: the SMS step of the silence ladder, an answer on the channel it was asked on. */
  via?: 'portal' | 'email' | 'sms' | 'dingtalk';
  /** True for the answer to the candidate's own press or STOP and for bad weather: no undo wait, no send window. */
  atOnce?: boolean;
}

export interface ReplyEffect extends Common {
  kind: 'reply';
  conversation: { id: string; kind: 'direct' | 'group' };
  staffId: string;
  body: ChatBody;
  webhook?: { url: string; expiresAt: string };
}

export interface DirectMessageEffect extends Common {
  kind: 'direct_message';
  staffId: string;
  /** Short name of what it is, for the ledger: `decision_reminder`. */
  what: string;
  body: ChatBody;
}

export interface GroupMessageEffect extends Common {
  kind: 'group_message';
  /** `hr` = the HR group of the organisation. */
  conversationId: string | 'hr';
  what: string;
  body: ChatBody;
}

export interface CardCreateEffect extends Common {
  kind: 'card_create';
  staffId: string;
  cardId: string;
  face: CardFace;
  /** Line in the conversation list. */
  summary: string;
  /** The same as text with quick-reply links, for organisations without a card template. */
  fallback: ChatBody;
}

export interface CardUpdateEffect extends Common {
  kind: 'card_update';
  staffId: string;
  cardId: string;
  face: CardFace;
  /** What the person is told in words when the card cannot be changed. */
  fallback: ChatBody;
}

/** The calendar entry of an interview is made, changed or removed to match the record at the moment of the call. */
export interface CalendarEffect extends Common {
  kind: 'calendar_create' | 'calendar_change' | 'calendar_delete';
  interviewId: string;
}

export type Effect =
  | CandidateMessageEffect
  | ReplyEffect
  | DirectMessageEffect
  | GroupMessageEffect
  | CardCreateEffect
  | CardUpdateEffect
  | CalendarEffect;

/** The ledger's key: recipient + what + occasion. The same key is the same effect, whoever asks for it. */
export function effectKey(effect: Effect): { recipient: string; what: string; key: string } {
  const { recipient, what } = addressOf(effect);
  return { recipient, what, key: `${recipient}|${what}|${effect.occasion}` };
}

function addressOf(effect: Effect): { recipient: string; what: string } {
  switch (effect.kind) {
    case 'candidate_message':
      return { recipient: `candidate:${effect.candidateId}`, what: effect.template };
    case 'reply':
      return { recipient: `staff:${effect.staffId}`, what: 'reply' };
    case 'direct_message':
      return { recipient: `staff:${effect.staffId}`, what: effect.what };
    case 'group_message':
      return { recipient: `group:${effect.conversationId}`, what: effect.what };
    case 'card_create':
    case 'card_update':
      return { recipient: `staff:${effect.staffId}`, what: `${effect.kind}:${effect.cardId}` };
    default:
      return { recipient: `interview:${effect.interviewId}`, what: effect.kind };
  }
}
