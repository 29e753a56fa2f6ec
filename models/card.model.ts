import { recordSchema } from './schema-options.ts';

/** What a card is about; decides who answers a press on it. */
export const CARD_KINDS = [
  'decision',
  'rejection_letter',
  'confirmation',
  'choice',
  'call_task',
  'uncertain_message',
  'hand_forward',
] as const;
export type CardKind = (typeof CARD_KINDS)[number];

/** A card that was shown to one person. `_id` is the platform's outTrackId, unique for ever. */
export interface CardRecord {
  _id: string;
  kind: CardKind;
  /** Id of the decision request, dialogue, call task or outbox item. */
  subjectId: string;
  staffId: string;
  createdAt: Date;
  closedAt: Date | null;
}

export const cardSchema = recordSchema<CardRecord>(
  {
    _id: { type: String, required: true },
    kind: { type: String, enum: CARD_KINDS, required: true },
    subjectId: { type: String, required: true },
    staffId: { type: String, required: true },
    createdAt: { type: Date, required: true },
    closedAt: { type: Date, default: null },
  },
  'cards',
);
cardSchema.index({ subjectId: 1, kind: 1 });
