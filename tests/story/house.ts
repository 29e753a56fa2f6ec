import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OurProcess, type Ready } from './process.ts';

/** How long somebody waits for a half that is away. */
const PATIENCE_MS = 60_000;

/** A message as somebody sees it in a conversation. */
export interface Seen {
  seq: number;
  from: string;
  text: string;
  buttons?: { id: string; label: string; url?: string }[];
  card?: {
    outTrackId: string;
    values: Record<string, string>;
    buttons: { id: string; label: string; enabled: boolean }[];
    open: boolean;
  };
}

/** Both halves of the product, and everybody who lives with them, played through the control API. */
export class House {
  readonly folder: string;
  readonly #environment: Record<string, string>;
  sandbox!: OurProcess;
  app!: OurProcess;
  at!: Ready;
  pages!: string;
  /** True while somebody kills the app. */
  disturbed = false;
  /** Resolves when the app is (back) there. */
  away: Promise<void> = Promise.resolve();

  private constructor(folder: string, environment: Record<string, string>) {
    this.folder = folder;
    this.#environment = environment;
  }

  /** Opens the house: the sandbox with its clock standing still, and the app beside it. */
  static async open(environment: Record<string, string> = {}): Promise<House> {
    const folder = await mkdtemp(join(tmpdir(), 'ziuping-story-'));
    const house = new House(folder, {
      DATA_DIR: folder,
      SANDBOX_CLOCK: 'still',
      SANDBOX_PORT: '0',
      SMTP_PORT: '0',
      PORT: '0',
      ...environment,
    });
    house.sandbox = new OurProcess(['sandbox/main.ts'], house.#environment);
    house.at = await house.sandbox.ready;
    await house.startApp();
    return house;
  }

  /** Starts the app half; after a kill it goes on where it was. */
  async startApp(): Promise<void> {
    const { port } = new URL(this.at.page ?? '');
    this.app = new OurProcess(['app/main.ts', 'app'], {
      ...this.#environment,
      SANDBOX_PORT: port,
      SMTP_PORT: new URL(this.at.smtp ?? '').port,
      ...(this.pages ? { PORT: new URL(this.pages).port } : {}),
    });
    const ready = await this.app.ready;
    this.pages = ready.app ?? '';
  }

  async close(): Promise<void> {
    await this.app?.end();
    await this.sandbox?.end();
    await rm(this.folder, { recursive: true, force: true });
  }

  async get<T>(path: string): Promise<T> {
    const response = await fetch(`${this.at.control}${path}`);
    return this.#read<T>(response, path);
  }

  async post<T>(path: string, body: unknown = {}): Promise<T> {
    const response = await fetch(`${this.at.control}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return this.#read<T>(response, path);
  }

  /** Somebody types; the answer has arrived when this returns. `where` is a conversation's id or the robot's 1:1. */
  async says(who: string, text: string, where = 'bot'): Promise<Seen[]> {
    const before = await this.sees(who, where);
    await this.post('/say', { as: who, in: where, text });
    const last = before.at(-1)?.seq ?? 0;
    const until = Date.now() + PATIENCE_MS;
    for (;;) {
      await this.settle();
      const answers = (await this.sees(who, where)).filter((message) => message.seq > last && message.from !== who);
      // A robot that was killed has taken the message in, or gets it again; its answer comes when it is back.
      if (answers.length > 0 || !this.disturbed || Date.now() > until) return answers;
      await this.away;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Everything somebody sees in a conversation. */
  async sees(who: string, where = 'bot'): Promise<Seen[]> {
    const conversations = await this.get<{ id: string; kind: string; title: string }[]>(`/conversations?as=${who}`);
    const one = conversations.find(({ id, kind }) => (where === 'bot' ? kind === 'direct' : id === where));
    if (!one) return [];
    const { messages } = await this.get<{ messages: Seen[] }>(`/conversations/${encodeURIComponent(one.id)}?as=${who}`);
    return messages;
  }

  /** The newest card somebody has whose title matches. */
  async card(who: string, title: RegExp): Promise<NonNullable<Seen['card']>> {
    const cards = (await this.sees(who)).flatMap(({ card }) =>
      card && title.test(card.values.title ?? '') ? [card] : [],
    );
    const card = cards.at(-1);
    if (!card) throw new Error(`${who} has no card ${title}`);
    return card;
  }

  press(who: string, outTrackId: string, button: string, values?: Record<string, unknown>) {
    return this.post<{ result: string; card: NonNullable<Seen['card']> }>('/press', {
      as: who,
      outTrackId,
      button,
      ...(values ? { values } : {}),
    });
  }

  /** Waits until everything in hand is done; while a half is away (killed), until it is back and has caught up. */
  async settle(): Promise<void> {
    await this.patiently(() => this.post('/settle'));
  }

  /** Tries again while a half of the house is away. */
  async patiently<T>(work: () => Promise<T>): Promise<T> {
    const until = Date.now() + PATIENCE_MS;
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (Date.now() > until) throw error;
        await this.away;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }

  /** Ends the app without warning and starts it again. */
  async killApp(): Promise<void> {
    const back = (async () => {
      await this.app.end('SIGKILL');
      await this.startApp();
    })();
    this.away = back;
    await back;
  }

  /** Moves the clock and returns what ran. */
  clock(move: {
    to?: string;
    by?: string;
    next?: true;
  }): Promise<{ now: string; steps: number; ran: { job: string; at: string }[] }> {
    return this.patiently(() => this.post('/clock', move));
  }

  async sms(to: string): Promise<string[]> {
    return (await this.get<{ to: string; text: string; direction: string }[]>(`/sms?to=${encodeURIComponent(to)}`)).map(
      ({ text }) => text,
    );
  }

  async mails(to: string): Promise<{ subject: string; text: string; html: string }[]> {
    return this.get(`/mails?to=${encodeURIComponent(to)}`);
  }

  async #read<T>(response: Response, path: string): Promise<T> {
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return JSON.parse(text) as T;
  }
}

/** The first link of our pages in a text. */
export function linkIn(text: string): string {
  const link = /https?:\/\/[^\s<>"'（）。，]+/.exec(text)?.[0];
  if (!link) throw new Error(`no link in: ${text}`);
  return link;
}
