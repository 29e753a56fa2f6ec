/** Runs tasks one after the other per lane, lanes side by side up to a limit. */
export class Lanes {
  readonly #queues = new Map<string, (() => Promise<void>)[]>();
  readonly #atOnce: number;
  readonly #ready: string[] = [];
  #running = 0;
  #whenIdle: (() => void)[] = [];

  /** @param atOnce how many lanes may run at the same time. */
  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  /** Puts a task at the end of its lane; it starts now when the lane is free. A task must not reject. */
  add(lane: string, task: () => Promise<void>): void {
    const queue = this.#queues.get(lane);
    if (queue) {
      queue.push(task);
      return;
    }
    this.#queues.set(lane, [task]);
    this.#ready.push(lane);
    this.#startReady();
  }

  /** True when nothing runs or waits in a lane. */
  isFree(lane: string): boolean {
    return !this.#queues.has(lane);
  }

  /** Resolves when no lane has anything left. */
  idle(): Promise<void> {
    if (this.#queues.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#whenIdle.push(resolve));
  }

  #startReady(): void {
    while (this.#running < this.#atOnce) {
      const lane = this.#ready.shift();
      if (lane === undefined) return;
      this.#running += 1;
      void this.#runLane(lane);
    }
  }

  async #runLane(lane: string): Promise<void> {
    const queue = this.#queues.get(lane) ?? [];
    for (let task = queue.shift(); task; task = queue.shift()) await task();
    this.#queues.delete(lane);
    this.#running -= 1;
    this.#startReady();
    if (this.#queues.size > 0) return;
    const waiting = this.#whenIdle;
    this.#whenIdle = [];
    for (const resolve of waiting) resolve();
  }
}
