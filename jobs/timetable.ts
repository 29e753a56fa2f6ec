import { describeError } from '../lib/errors.ts';
import type { Lease } from '../lib/lease.ts';
import type { Office } from '../recruiting/unit/office.ts';
import { nextSlot, slotsBetween } from './cron-slots.ts';
import type { Job } from './job.ts';

const HOUR_MS = 3_600_000;
/** A job that has just failed is tried again after this long. */
const RETRY_MS = 60_000;

/**
 * Runs the jobs. A run is claimed in the database: of several processes one has it, and when that one dies another takes
 * over after its lease. Effects carry keys, so a slot that was run half is completed, never doubled.
 */
export class Timetable {
  readonly name = 'jobs';
  readonly #jobs: readonly Job[];
  readonly #office: Office;
  readonly #lease: Lease;
  readonly #failedUntil = new Map<string, Date>();
  readonly #lastSlots = new Map<string, Date>();
  #running: string | null = null;
  #stopped = false;

  constructor(jobs: readonly Job[], office: Office, lease: Lease) {
    this.#jobs = jobs;
    this.#office = office;
    this.#lease = lease;
  }

  /** Notes from when slots count: a job that never ran begins now, not in the past. */
  async start(): Promise<void> {
    const now = this.#office.clock.now();
    await this.#office.models.jobRuns.bulkWrite(
      this.#jobs.map((job) => ({
        updateOne: {
          filter: { _id: job.name },
          update: {
            $setOnInsert: { _id: job.name, lastSlotAt: now, owner: null, leaseUntil: null, runningSlotAt: null },
          },
          upsert: true,
        },
      })),
    );
    if (this.#lease.sole) await this.#office.models.jobRuns.updateMany({}, { $set: { owner: null, leaseUntil: null } });
  }

  /** Runs everything due now. @returns what ran, and the next moment at which a job has work */
  async runDue(): Promise<{ ran: { job: string; at: string }[]; nextDue: Date | null }> {
    const ran: { job: string; at: string }[] = [];
    let nextDue: Date | null = null;
    for (const job of this.#jobs) {
      if (this.#stopped) break;
      let due = await this.#nextOf(job);
      const now = this.#office.clock.now();
      if (due && due <= now) {
        for (const slot of await this.#dueSlots(job, now)) {
          if (await this.#runSlot(job, slot)) ran.push({ job: job.name, at: slot.toISOString() });
        }
        due = await this.#nextOf(job);
      }
      if (due && (nextDue === null || due < nextDue)) nextDue = due;
    }
    return { ran, nextDue };
  }

  /** The next moment at which a job has work, not before a minute has passed since it failed. */
  async #nextOf(job: Job): Promise<Date | null> {
    const due = 'at' in job ? nextSlot(job.at, await this.#lastSlot(job)) : await job.nextDue(this.#office);
    const failedUntil = this.#failedUntil.get(job.name);
    return due && failedUntil && failedUntil > due ? failedUntil : due;
  }

  inHand(): string[] {
    return this.#running ? [`job ${this.#running}`] : [];
  }

  stop(): void {
    this.#stopped = true;
  }

  /** The last slot that ran. Remembered until one is due: then another process may have run it meanwhile. */
  async #lastSlot(job: Job): Promise<Date> {
    const known = this.#lastSlots.get(job.name);
    return known ?? this.#readLastSlot(job);
  }

  async #readLastSlot(job: Job): Promise<Date> {
    const run = await this.#office.models.jobRuns.findOne({ _id: job.name }).lean();
    const slot = run?.lastSlotAt ?? this.#office.clock.now();
    this.#lastSlots.set(job.name, slot);
    return slot;
  }

  /** Slots to run, by the job's own rule for those that were missed. */
  async #dueSlots(job: Job, now: Date): Promise<Date[]> {
    if (!('at' in job)) return [now];
    const slots = slotsBetween(job.at, await this.#readLastSlot(job), now);
    if (job.missed === 'each') return slots;
    return slots.slice(-1);
  }

  /** @returns true when this process ran it and something was done */
  async #runSlot(job: Job, slot: Date): Promise<boolean> {
    const { models, log, clock } = this.#office;
    const wallNow = this.#lease.wallNow();
    const claimed = await models.jobRuns.updateOne(
      {
        _id: job.name,
        ...('at' in job ? { lastSlotAt: { $lt: slot } } : {}),
        $or: [{ owner: null }, { owner: this.#lease.owner }, { leaseUntil: { $lt: wallNow } }],
      },
      { $set: { owner: this.#lease.owner, leaseUntil: this.#lease.until(), runningSlotAt: slot } },
    );
    if (claimed.matchedCount === 0) return false;
    this.#running = job.name;
    try {
      const tooOld = 'at' in job && job.missed === 'skip' && clock.now().getTime() - slot.getTime() > HOUR_MS;
      const done = tooOld ? 0 : await job.run({ office: this.#office, scheduledFor: slot });
      await models.jobRuns.updateOne(
        { _id: job.name, owner: this.#lease.owner },
        { $set: { lastSlotAt: slot, owner: null, leaseUntil: null, runningSlotAt: null } },
      );
      this.#failedUntil.delete(job.name);
      this.#lastSlots.delete(job.name);
      return done > 0 || 'at' in job;
    } catch (error) {
      log.error(
        { job: job.name, slot: slot.toISOString(), fault: describeError(error) },
        'a job failed; it is tried again',
      );
      this.#failedUntil.set(job.name, new Date(clock.now().getTime() + RETRY_MS));
      await models.jobRuns.updateOne(
        { _id: job.name, owner: this.#lease.owner },
        { $set: { owner: null, leaseUntil: null } },
      );
      return false;
    } finally {
      this.#running = null;
    }
  }
}
