import type { CardFace, InboundPress } from '../channels/channel.ts';
import type { CardKind, CardRecord } from '../models/card.model.ts';
import type { StaffRecord } from '../models/staff.model.ts';
import type { Office } from '../recruiting/unit/office.ts';
import type { Unit } from '../recruiting/unit/unit.ts';
import type { Reply } from './replies/reply.ts';
import type { Lang } from './replies/said.ts';

/** A press on a card, inside its transaction. */
export interface PressContext {
  office: Office;
  unit: Unit;
  /** Who pressed: known and active; not necessarily the person the card was shown to. */
  presser: StaffRecord;
  lang: Lang;
  press: InboundPress;
  card: CardRecord;
}

/** What a press comes to. */
export interface PressOutcome {
  /** The card's new face, the answer within the 2 seconds that the platform gives. */
  face?: CardFace;
  /** True when the face holds a link's secret: it is shown once and not kept for a redelivery. */
  isSecret?: boolean;
  /** Said to the presser in the 1:1 chat besides. */
  reply?: Reply;
}

/** Answers presses on one kind of card. */
export interface CardHandler {
  kind: CardKind;
  press(context: PressContext): Promise<PressOutcome>;
}
