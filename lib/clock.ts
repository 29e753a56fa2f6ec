/** Calendar time. Everything that decides by date or hour takes it from here, so that time can be moved. */
export interface Clock {
  /** The present moment. Stored in UTC, spoken in Asia/Hong_Kong. */
  now(): Date;
}

/** A clock that stands still until it is told to move; for tests and for replaying a moment. */
export class StillClock implements Clock {
  #now: Date;

  /** @param start ISO 8601 text with an offset, or a Date. */
  constructor(start: string | Date) {
    this.#now = new Date(start);
  }

  now(): Date {
    return new Date(this.#now);
  }

  /** Sets the moment. Going back is refused: nothing in the product is built for it. */
  moveTo(moment: string | Date): void {
    const next = new Date(moment);
    if (next < this.#now) throw new RangeError(`time never goes back: ${next.toISOString()}`);
    this.#now = next;
  }

  /** Moves forward by a number of milliseconds. */
  moveBy(ms: number): void {
    this.moveTo(new Date(this.#now.getTime() + ms));
  }
}
