import { closeSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

const TICK_MS = 1000;

/**
 * The one clock that both halves live by. It ticks with real time from its last position (or stands still), can be
 * moved forward, never goes back, and its position survives a kill: it is written each second and at each move, so a
 * restart may be at most a second ahead of it, never behind.
 */
export class SandboxClock {
  readonly #fd: number;
  readonly #ticks: boolean;
  readonly #timer: NodeJS.Timeout | undefined;
  #base: number;
  #since: number;
  #frozen = 0;

  constructor(folder: string, startAt: Date, mode: 'running' | 'still') {
    mkdirSync(folder, { recursive: true });
    this.#fd = openSync(join(folder, 'clock'), 'a+');
    closeSync(this.#fd);
    this.#fd = openSync(join(folder, 'clock'), 'r+');
    this.#ticks = mode === 'running';
    const kept = this.#read();
    this.#base = kept === undefined ? startAt.getTime() : kept + (this.#ticks ? TICK_MS : 0);
    this.#since = performance.now();
    this.#write();
    if (this.#ticks) {
      this.#timer = setInterval(() => this.#write(), TICK_MS);
      this.#timer.unref();
    }
  }

  /** Whether time passes by itself at this moment. */
  get running(): boolean {
    return this.#ticks && this.#frozen === 0;
  }

  now(): Date {
    return new Date(this.#ms());
  }

  /** Moves forward to a moment; an earlier one is refused. */
  moveTo(moment: Date): void {
    const now = this.#ms();
    if (moment.getTime() < now) throw new RangeError(`time never goes back: it is ${new Date(now).toISOString()}`);
    this.#base = moment.getTime();
    this.#since = performance.now();
    this.#write();
  }

  /** Holds time at the present moment until `thaw`; calls nest. */
  freeze(): void {
    if (this.#frozen === 0) {
      this.#base = this.#ms();
      this.#since = performance.now();
    }
    this.#frozen += 1;
  }

  thaw(): void {
    this.#frozen -= 1;
    if (this.#frozen === 0) this.#since = performance.now();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#write();
    closeSync(this.#fd);
  }

  #ms(): number {
    return this.#base + (this.running ? Math.floor(performance.now() - this.#since) : 0);
  }

  /** One write of a fixed length: a kill leaves the old or the new text. */
  #write(): void {
    writeSync(this.#fd, new Date(this.#ms()).toISOString(), 0, 'latin1');
  }

  #read(): number | undefined {
    const buffer = Buffer.alloc(24);
    const length = readSync(this.#fd, buffer, 0, 24, 0);
    const ms = Date.parse(buffer.toString('latin1', 0, length));
    return Number.isNaN(ms) ? undefined : ms;
  }
}
