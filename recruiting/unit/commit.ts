import type { ClientSession, Model, QueryFilter } from 'mongoose';
import { replayableIds } from '../../lib/ids.ts';
import type { ActRecord } from '../../models/act.model.ts';
import type { CollectionName, Records } from '../../models/index.ts';
import { writeAuditEntries } from '../audit/write-audit-entries.ts';
import type { Effect } from '../message/effect.ts';
import { writeEffects } from '../message/write-effects.ts';
import type { Office } from './office.ts';
import type { Actor, ListOptions, Unit } from './unit.ts';

/** One audit line as a use case states it. */
export interface AuditLine {
  subject: string;
  act: string;
  fields: readonly string[];
}

interface UndoableAct {
  id: string;
  name: string;
  summary: string;
  conversationId: string | null;
}

/**
 * Runs `work` as one transaction and puts its effects, audit lines and (when it is undoable) its before-images into the
 * same transaction. @returns what `work` returned. @throws what `work` threw; then nothing has changed.
 */
export async function commit<T>(office: Office, by: Actor, work: (unit: Unit) => Promise<T>): Promise<T> {
  const ids = replayableIds(office.ids);
  const now = office.clock.now();
  const settings = office.settings();
  let earliest: Date | null = null;
  const session = await office.connection.startSession();
  try {
    const result = await session.withTransaction(async () => {
      ids.rewind();
      const unit = new TransactionUnit(office, session, by, now, settings, ids);
      const value = await work(unit);
      earliest = await unit.flush();
      return value;
    });
    if (earliest !== null) office.wakeDispatch(earliest);
    return result as T;
  } finally {
    await session.endSession();
  }
}

class TransactionUnit implements Unit {
  readonly now: Date;
  readonly by: Actor;
  readonly settings: Unit['settings'];
  readonly models: Unit['models'];
  readonly session: ClientSession;
  readonly #ids: ReturnType<typeof replayableIds>;
  readonly #effects: Effect[] = [];
  readonly #audit: AuditLine[] = [];
  readonly #before = new Map<
    string,
    { collection: CollectionName; id: string; document: Record<string, unknown> | null }
  >();
  #act: UndoableAct | null = null;

  constructor(
    office: Office,
    session: ClientSession,
    by: Actor,
    now: Date,
    settings: Unit['settings'],
    ids: ReturnType<typeof replayableIds>,
  ) {
    this.models = office.models;
    this.session = session;
    this.by = by;
    this.now = now;
    this.settings = settings;
    this.#ids = ids;
  }

  newId(prefix: string): string {
    return this.#ids.next(prefix);
  }

  newToken(): string {
    return this.#ids.token();
  }

  async get<Name extends CollectionName>(name: Name, id: string): Promise<Records[Name] | null> {
    return this.one(name, { _id: id } as QueryFilter<Records[Name]>);
  }

  async one<Name extends CollectionName>(
    name: Name,
    filter: QueryFilter<Records[Name]>,
  ): Promise<Records[Name] | null> {
    return (await this.#model(name).findOne(filter).session(this.session).lean()) as Records[Name] | null;
  }

  async list<Name extends CollectionName>(
    name: Name,
    filter: QueryFilter<Records[Name]>,
    options: ListOptions = {},
  ): Promise<Records[Name][]> {
    const query = this.#model(name).find(filter).session(this.session);
    if (options.sort) query.sort(options.sort);
    if (options.skip) query.skip(options.skip);
    if (options.limit) query.limit(options.limit);
    return (await query.lean()) as Records[Name][];
  }

  async insert<Name extends CollectionName>(name: Name, record: Records[Name]): Promise<Records[Name]> {
    await this.#model(name).insertMany([record], { session: this.session });
    this.#remember(name, record._id, null);
    return record;
  }

  async change<Name extends CollectionName>(
    name: Name,
    before: Records[Name],
    fields: Partial<Records[Name]>,
  ): Promise<Records[Name]> {
    const set: Record<string, unknown> = { ...fields };
    if ('version' in before && typeof before.version === 'number') set.version ??= before.version + 1;
    await this.#model(name).updateOne(
      { _id: before._id } as QueryFilter<Records[Name]>,
      { $set: set },
      { session: this.session },
    );
    this.#remember(name, before._id, before);
    return { ...before, ...set };
  }

  async remove<Name extends CollectionName>(name: Name, before: Records[Name]): Promise<void> {
    await this.#model(name).deleteOne({ _id: before._id } as QueryFilter<Records[Name]>, { session: this.session });
    this.#remember(name, before._id, before);
  }

  async nextNumber(series: string, first: number): Promise<number> {
    const counter = await this.models.counters
      .findOneAndUpdate(
        { _id: `ref:${series}` },
        [{ $set: { value: { $add: [{ $ifNull: ['$value', first - 1] }, 1] } } }],
        { upsert: true, returnDocument: 'after', session: this.session, updatePipeline: true },
      )
      .lean();
    return counter?.value ?? first;
  }

  effect(effect: Effect): void {
    this.#effects.push(effect);
  }

  audit(subject: string, act: string, fields: readonly string[] = []): void {
    this.#audit.push({ subject, act, fields });
  }

  undoable(name: string, summary: string, conversationId: string | null): string {
    this.#act ??= { id: this.newId('act'), name, summary, conversationId };
    return this.#act.id;
  }

  /** Writes everything that was collected. @returns the earliest due moment of the effects, null without effects */
  async flush(): Promise<Date | null> {
    const numbers = await writeAuditEntries(this, this.#audit);
    if (this.#act) {
      const { id, name, summary, conversationId } = this.#act;
      const staffId = this.by.slice(this.by.indexOf(':') + 1);
      const act: ActRecord = {
        _id: id,
        staffId,
        number: await this.nextNumber(`act:${staffId}`, 1),
        conversationId,
        name,
        summary,
        at: this.now,
        undoUntil: new Date(this.now.getTime() + this.settings.undoSeconds * 1000),
        before: [...this.#before.values()],
        subjects: numbers,
        state: 'done',
      };
      await this.models.acts.insertMany([act], { session: this.session });
    }
    return writeEffects(this, this.#effects, this.#act?.id ?? null);
  }

  #remember(collection: CollectionName, id: string, document: object | null): void {
    const key = `${collection}/${id}`;
    if (!this.#before.has(key))
      this.#before.set(key, { collection, id, document: document as Record<string, unknown> | null });
  }

  #model<Name extends CollectionName>(name: Name): Model<Records[Name]> {
    return this.models[name] as unknown as Model<Records[Name]>;
  }
}
