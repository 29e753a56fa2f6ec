import { once } from 'node:events';
import { WebSocket } from 'ws';

interface Job {
  name: string;
  at: Date;
}

/** An application that follows the clock, reduced to a list of jobs: runs what is due and says what comes next. */
export class ClockFollower {
  readonly socket: WebSocket;
  readonly heard: { type: string; now?: string; running?: boolean; step?: number }[] = [];
  readonly jobs: Job[] = [];
  /** What it still has in hand; while there is anything, it is not settled. */
  open: string[] = [];
  /** Does not answer at all. */
  isDeaf = false;
  onRun: (job: Job) => Promise<void> = async () => {};
  now = new Date(0);

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('error', () => {});
    socket.on('message', (raw) => void this.#hear(JSON.parse(String(raw)) as ClockFollower['heard'][number]));
  }

  static async follow(origin: string): Promise<ClockFollower> {
    const follower = new ClockFollower(new WebSocket(`${origin.replace('http', 'ws')}/clock`));
    await once(follower.socket, 'message');
    return follower;
  }

  add(name: string, at: string): void {
    this.jobs.push({ name, at: new Date(at) });
    this.socket.send(JSON.stringify({ type: 'due', nextDue: this.#next() }));
  }

  #next(): string | null {
    const times = this.jobs.map(({ at }) => at.getTime());
    return times.length === 0 ? null : new Date(Math.min(...times)).toISOString();
  }

  async #hear(frame: ClockFollower['heard'][number]): Promise<void> {
    this.heard.push(frame);
    if (frame.now !== undefined) this.now = new Date(frame.now);
    if (this.isDeaf || frame.type === 'now') return;
    const ran: { job: string; at: string }[] = [];
    if (frame.type === 'run') {
      for (const job of this.jobs.filter(({ at }) => at <= this.now).sort((a, b) => a.at.getTime() - b.at.getTime())) {
        this.jobs.splice(this.jobs.indexOf(job), 1);
        await this.onRun(job);
        ran.push({ job: job.name, at: this.now.toISOString() });
      }
    }
    this.socket.send(JSON.stringify({ type: 'ran', step: frame.step, nextDue: this.#next(), ran, open: this.open }));
  }
}
