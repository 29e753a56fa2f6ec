import type { ClientSession, QueryFilter, SortOrder } from 'mongoose';
import type { CollectionName, Models, Records } from '../../models/index.ts';
import type { Effect } from '../message/effect.ts';
import type { Settings } from '../settings.ts';

/** Who does something: `staff:ID`, `candidate:ID` or `job:NAME`. */
export type Actor = `staff:${string}` | `candidate:${string}` | `job:${string}`;

/** Options of a list. */
export interface ListOptions {
  sort?: Record<string, SortOrder>;
  limit?: number;
  skip?: number;
}

/**
 * One unit of work = one database transaction: new state, history, audit, outgoing effects and "this inbound event is
 * done" become true together or not at all. Every use case takes one as its first argument; only `commit` makes them.
 * The work may run more than once (write conflicts): ids and moments come from here, and nothing leaves inside it.
 * Calls are made one after the other, never in parallel (a transaction is one conversation with the database).
 */
export interface Unit {
  readonly now: Date;
  readonly by: Actor;
  readonly settings: Settings;
  readonly models: Models;
  readonly session: ClientSession;
  newId(prefix: string): string;
  newToken(): string;

  get<Name extends CollectionName>(name: Name, id: string): Promise<Records[Name] | null>;
  one<Name extends CollectionName>(name: Name, filter: QueryFilter<Records[Name]>): Promise<Records[Name] | null>;
  list<Name extends CollectionName>(
    name: Name,
    filter: QueryFilter<Records[Name]>,
    options?: ListOptions,
  ): Promise<Records[Name][]>;

  insert<Name extends CollectionName>(name: Name, record: Records[Name]): Promise<Records[Name]>;
  /**
   * Writes changed fields of a record that was read in this unit (a concurrent change makes the unit run again).
   * A `version` field grows by itself unless `fields` names it (an interview's version counts its appointments only).
   * @returns the record as it is now
   */
  change<Name extends CollectionName>(
    name: Name,
    before: Records[Name],
    fields: Partial<Records[Name]>,
  ): Promise<Records[Name]>;
  remove<Name extends CollectionName>(name: Name, before: Records[Name]): Promise<void>;

  /** The next number of a series, for references people type. */
  nextNumber(series: string, first: number): Promise<number>;

  /** Puts something into the outbox at the end of this unit. The same key a second time changes nothing. */
  effect(effect: Effect): void;
  /** Writes down who changed what; field names only. */
  audit(subject: string, act: string, fields?: readonly string[]): void;
  /**
   * Makes this unit something its doer may take back: names it for people. Outgoing candidate messages then wait
   * `undoSeconds` and belong to it.
   */
  undoable(name: string, summary: string, conversationId: string | null): string;
}
