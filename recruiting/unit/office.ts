import type { Connection } from 'mongoose';
import type { Clock } from '../../lib/clock.ts';
import type { Ids } from '../../lib/ids.ts';
import type { Models } from '../../models/index.ts';
import type { Settings } from '../settings.ts';

/** A logger; texts carry ids, never names, phones, texts of people or secrets. */
export interface Log {
  info(fields: Record<string, unknown>, text: string): void;
  warn(fields: Record<string, unknown>, text: string): void;
  error(fields: Record<string, unknown>, text: string): void;
}

/** What every use case stands on. One per process. */
export interface Office {
  connection: Connection;
  models: Models;
  clock: Clock;
  ids: Ids;
  log: Log;
  /** The settings in force; changes by HR show at once. */
  settings(): Settings;
  /** Where our pages are reached from outside, without a slash at the end: `https://jobs.example.com`. */
  pagesUrl(): string;
  /** Called after a unit put effects into the outbox, with the earliest due moment. */
  wakeDispatch(dueAt: Date): void;
}
