import { Schema } from 'mongoose';
import { recordSchema } from './schema-options.ts';

/**
 * A question of the robot that waits for one person's answer in one conversation: a confirmation of a consequential act,
 * a choice among several people, a missing sentence. One open question per person and conversation.
 */
export interface DialogueRecord {
  _id: string;
  conversationId: string;
  staffId: string;
  kind: 'confirm' | 'choose' | 'ask';
  /** Name of the command that goes on with the answer. */
  command: string;
  /** The arguments understood so far. */
  args: Record<string, unknown>;
  /** For `choose`: what may be picked. */
  options: { id: string; label: string }[];
  /** For `ask` and `choose`: the argument that the answer fills. */
  argument: string | null;
  state: 'open' | 'answered' | 'cancelled' | 'expired';
  askedAt: Date;
  expiresAt: Date;
}

export const dialogueSchema = recordSchema<DialogueRecord>(
  {
    _id: { type: String, required: true },
    conversationId: { type: String, required: true },
    staffId: { type: String, required: true },
    kind: { type: String, enum: ['confirm', 'choose', 'ask'], required: true },
    command: { type: String, required: true },
    args: { type: Schema.Types.Mixed, default: {} },
    options: { type: Schema.Types.Mixed, default: [] },
    argument: { type: String, default: null },
    state: { type: String, enum: ['open', 'answered', 'cancelled', 'expired'], required: true },
    askedAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  'dialogues',
);
dialogueSchema.index({ conversationId: 1, staffId: 1, state: 1 });
dialogueSchema.index({ state: 1, expiresAt: 1 });
