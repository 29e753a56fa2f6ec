import type { CommandSpec } from '../command.ts';
import { aggregateCommands } from './aggregate.ts';
import { collectionCommands } from './collections.ts';
import { deleteCommands } from './delete.ts';
import { distinctCommands } from './distinct.ts';
import { explainCommands } from './explain.ts';
import { findCommands } from './find.ts';
import { findAndModifyCommands } from './find-and-modify.ts';
import { greetings } from './greetings.ts';
import { indexCommands } from './indexes.ts';
import { insertCommands } from './insert.ts';
import { sessionCommands } from './session-commands.ts';
import { updateCommands } from './update.ts';

/** Every command the store accepts. Any other is answered with error 59, as MongoDB does. */
export const COMMANDS: ReadonlyMap<string, CommandSpec> = new Map(
  Object.entries({
    ...greetings,
    ...sessionCommands,
    ...collectionCommands,
    ...indexCommands,
    ...insertCommands,
    ...updateCommands,
    ...deleteCommands,
    ...findAndModifyCommands,
    ...findCommands,
    ...aggregateCommands,
    ...distinctCommands,
    ...explainCommands,
  }),
);
