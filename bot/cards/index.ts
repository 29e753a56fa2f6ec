import type { CardHandler } from '../card-handler.ts';

/** Who answers presses, by kind of card. Confirmations and choices are answered by the dialogue itself. */
export const CARD_HANDLERS: readonly CardHandler[] = [];
