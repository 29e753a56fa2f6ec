import type { ClientSession } from 'mongoose';
import type { CardFace, ReadingModel, StaffChannel } from '../channels/channel.ts';
import type { Office } from '../recruiting/unit/office.ts';
import type { CardHandler } from './card-handler.ts';
import type { AnyCommand } from './command.ts';

/** What the bot is put together from. */
export interface BotParts {
  office: Office;
  staffChannel: StaffChannel;
  /** Writes "this inbox item is done" in the handler's own transaction; throws when it was done before. */
  markDone(
    session: ClientSession,
    mark: { itemId: string; doneAt: Date; answer?: CardFace | undefined },
  ): Promise<void>;
  /** The robot's names as they stand in mentions; the first is used in quick replies. */
  robotNames: readonly string[];
  /** Who may set up an empty organisation: they become HR managers at their first message. */
  adminStaffIds: readonly string[];
  commands: readonly AnyCommand[];
  cardHandlers: readonly CardHandler[];
  /** Asked where the rules are unsure how a message is meant; off by default. */
  model?: ReadingModel;
}

/** One inbox item to work off. */
export interface WorkItem {
  id: string;
  /** 1 for the first run. */
  attempt: number;
}
