import type { CardFace } from '../channel.ts';

/** Whether an item was new when it was to be stored, or is known from an earlier delivery (under which id). */
export type Stored = { is: 'new' } | { is: 'known'; itemId: string };

/** An item that this process holds, queued or running. */
export interface Held {
  id: string;
  click: string | null;
  /** Resolves when the item is in the database. Rejects when it could not be stored. */
  stored: Promise<Stored>;
  /** Resolves when the work is over, with the card's new face. */
  finished: Promise<CardFace | undefined>;
  finish(face: CardFace | undefined): void;
}

/** The items of this process by id and by click. */
export class HeldItems {
  readonly #byId = new Map<string, Held>();
  readonly #byClick = new Map<string, Held>();

  get size(): number {
    return this.#byId.size;
  }

  get(id: string): Held | undefined {
    return this.#byId.get(id);
  }

  /** The item of an event: of the same id, or of the same click under another id. */
  find(id: string, click: string | null): Held | undefined {
    return this.#byId.get(id) ?? (click === null ? undefined : this.#byClick.get(click));
  }

  hold(id: string, click: string | null, stored: Promise<Stored>): Held {
    let finish: Held['finish'] = () => undefined;
    const finished = new Promise<CardFace | undefined>((resolve) => {
      finish = resolve;
    });
    // Whoever receives hears of a failure; without this the process would hear of it a second time, as unhandled.
    stored.catch(() => undefined);
    const held: Held = { id, click, stored, finished, finish };
    this.#byId.set(id, held);
    if (click !== null) this.#byClick.set(click, held);
    return held;
  }

  letGo(held: Held, face: CardFace | undefined): void {
    this.#byId.delete(held.id);
    if (held.click !== null && this.#byClick.get(held.click) === held) this.#byClick.delete(held.click);
    held.finish(face);
  }

  /** Resolves when all that is held now is finished. */
  async finished(): Promise<void> {
    await Promise.all([...this.#byId.values()].map((held) => held.finished));
  }
}
