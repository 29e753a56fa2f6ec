import type { Model } from 'mongoose';
import type { Clock } from '../../lib/clock.ts';
import { describeError } from '../../lib/errors.ts';
import type { Timers } from '../../lib/timers.ts';
import type { QuotaCounterRecord, QuotaDay } from '../../models/quota-counter.model.ts';
import type { Log } from '../log.ts';
import { forecastQuota, type QuotaBudget, type QuotaForecast, type QuotaMeter, quotaDayOf } from './quota-forecast.ts';

/** The collection the counters live in. */
export interface QuotaModels {
  readonly quotaCounters: Model<QuotaCounterRecord>;
}

/** Something people should know about the month's allowance. */
export interface QuotaWarning {
  meter: QuotaMeter;
  /** `soon`: 80 % used; `spent`: the platform itself refuses or withholds. */
  level: 'soon' | 'spent';
  forecast: QuotaForecast;
}

export interface QuotaBookOptions {
  models: QuotaModels;
  clock: Clock;
  timers: Timers;
  log: Log;
  budget: QuotaBudget;
  /** Told at most once per month, meter and level, over all processes and restarts. */
  onWarning?: (warning: QuotaWarning) => void | Promise<void>;
}

const SOON = 0.8;
const TRY_AGAIN_MS = 1_000;

/**
 * Counts the month's use in the database. Increments go out at once; while one is on its way the next ones gather and
 * go out together, so a call costs no waiting and a burst few writes. A crash can lose what was counted in the few
 * milliseconds of the write under way.
 */
export class QuotaBook {
  readonly #options: QuotaBookOptions;
  /** Not yet written: field name (`calls`, `byDay.07.calls`) to amount, by month. */
  #unwritten = new Map<string, Map<string, number>>();
  #writing: Promise<void> | undefined;
  #warnings: Promise<void> = Promise.resolve();
  readonly #knownSpent = new Set<string>();
  #latest: QuotaCounterRecord | null = null;

  constructor(options: QuotaBookOptions) {
    this.#options = options;
  }

  /** Adds to this month's and day's use; negative takes back. */
  add(use: Partial<QuotaDay>): void {
    const { month, day } = quotaDayOf(this.#options.clock.now());
    const fields = this.#unwritten.get(month) ?? new Map<string, number>();
    this.#unwritten.set(month, fields);
    for (const [name, amount] of Object.entries(use)) {
      fields.set(`byDay.${day}.${name}`, (fields.get(`byDay.${day}.${name}`) ?? 0) + amount);
      if (name !== 'bulkCalls') fields.set(name, (fields.get(name) ?? 0) + amount);
    }
    void this.#write();
  }

  /** The platform says that an allowance is used up. */
  noteSpent(meter: QuotaMeter): void {
    const known = `${quotaDayOf(this.#options.clock.now()).month} ${meter}`;
    if (this.#knownSpent.has(known)) return;
    this.#knownSpent.add(known);
    this.#warnings = this.#warnings.then(() => this.#warn(meter, 'spent'));
  }

  /** Resolves when everything counted so far is in the database and every warning due has been given. */
  async flush(): Promise<void> {
    while (this.#unwritten.size > 0 || this.#writing) await this.#write();
    await this.#warnings;
  }

  /** Reads this month's use. */
  async usage(): Promise<{ month: string; calls: number; messages: number }> {
    const { month, calls, messages } = await this.forecast();
    return { month, calls: calls.used, messages: messages.used };
  }

  async forecast(): Promise<QuotaForecast> {
    await this.flush();
    const { month } = quotaDayOf(this.#options.clock.now());
    const record = await this.#options.models.quotaCounters.findOne({ _id: month }).lean<QuotaCounterRecord | null>();
    this.#latest = record;
    return forecastQuota(record, this.#options.clock.now(), this.#options.budget);
  }

  /** From the figures of the last write; costs nothing. */
  isBulkHeldBack(): boolean {
    const now = this.#options.clock.now();
    const latest = this.#latest?._id === quotaDayOf(now).month ? this.#latest : null;
    return forecastQuota(latest, now, this.#options.budget).bulkHeldBack;
  }

  #write(): Promise<void> {
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined;
    });
    return this.#writing;
  }

  async #writeAll(): Promise<void> {
    while (this.#unwritten.size > 0) {
      const batch = this.#unwritten;
      this.#unwritten = new Map();
      for (const [month, fields] of batch) {
        try {
          const record = await this.#increment(month, fields);
          batch.delete(month);
          this.#latest = record;
          if (record) this.#check(record);
        } catch (error) {
          this.#options.log.warn({ error: describeError(error) }, 'quota: counters could not be written, trying again');
          this.#putBack(batch);
          await new Promise<void>((resolve) => this.#options.timers.after(TRY_AGAIN_MS, resolve));
          break;
        }
      }
    }
  }

  #putBack(batch: Map<string, Map<string, number>>): void {
    for (const [month, fields] of batch) {
      const later = this.#unwritten.get(month) ?? new Map<string, number>();
      this.#unwritten.set(month, later);
      for (const [name, amount] of fields) later.set(name, (later.get(name) ?? 0) + amount);
    }
  }

  #increment(month: string, fields: Map<string, number>): Promise<QuotaCounterRecord | null> {
    return this.#options.models.quotaCounters
      .findOneAndUpdate(
        { _id: month },
        { $inc: Object.fromEntries(fields) },
        // Defaults on insert would set `byDay` while `$inc` writes inside it.
        { upsert: true, returnDocument: 'after', setDefaultsOnInsert: false },
      )
      .lean<QuotaCounterRecord | null>();
  }

  #check(record: QuotaCounterRecord): void {
    const { budget } = this.#options;
    for (const meter of ['calls', 'messages'] as const) {
      const isSoon = (record[meter] ?? 0) >= budget[meter] * SOON;
      if (!isSoon || record.warned?.includes(`${meter} soon`)) continue;
      this.#warnings = this.#warnings.then(() => this.#warn(meter, 'soon'));
    }
  }

  async #warn(meter: QuotaMeter, level: QuotaWarning['level']): Promise<void> {
    const { models, clock, log, budget, onWarning } = this.#options;
    const { month } = quotaDayOf(clock.now());
    try {
      // Whoever adds the mark gives the warning.
      const before = await models.quotaCounters
        .findOneAndUpdate(
          { _id: month },
          { $addToSet: { warned: `${meter} ${level}` } },
          { upsert: true, returnDocument: 'before', setDefaultsOnInsert: false },
        )
        .lean<QuotaCounterRecord | null>();
      if (before?.warned?.includes(`${meter} ${level}`)) return;
      log.warn({ meter, level, month }, 'quota: this month’s allowance runs out');
      await onWarning?.({ meter, level, forecast: forecastQuota(before, clock.now(), budget) });
    } catch (error) {
      log.error({ meter, level, error: describeError(error) }, 'quota: the warning could not be given');
    }
  }
}
