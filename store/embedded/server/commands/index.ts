import type { CommandSpec } from '../command.ts';
import { collectionCommands } from './collections.ts';
import { findCommands } from './find.ts';
import { greetings } from './greetings.ts';
import { indexCommands } from './indexes.ts';
import { insertCommands } from './insert.ts';
import { sessionCommands } from './session-commands.ts';

/** Every command the store accepts. Any other is answered with error 59, as MongoDB does. */
export const COMMANDS: ReadonlyMap<string, CommandSpec> = new Map(
  Object.entries({
    ...greetings,
    ...sessionCommands,
    ...collectionCommands,
    ...indexCommands,
    ...insertCommands,
    ...findCommands,
  }),
);
