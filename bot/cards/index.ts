import type { CardHandler } from '../card-handler.ts';
import { callCard } from './call-card.ts';
import { decisionCard } from './decision-card.ts';
import { handForwardCard, uncertainMessageCard } from './message-cards.ts';
import { rejectionLetterCard } from './rejection-letter-card.ts';

/** Who answers presses, by kind of card. Confirmations and choices are answered by the dialogue itself. */
export const CARD_HANDLERS: readonly CardHandler[] = [
  decisionCard,
  rejectionLetterCard,
  callCard,
  handForwardCard,
  uncertainMessageCard,
];
