import { createHmac } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { RobotApp } from '../organisation/applications.ts';
import type { Table } from '../state/journal.ts';
import type { World } from '../world.ts';
import { EVENT_TOPIC, ROBOT_TOPIC } from './frame.ts';

/** Something that must reach an application: kept until it is acknowledged or given up. */
interface Delivery {
  readonly id: string;
  readonly clientId: string;
  readonly kind: 'message' | 'event';
  /** msgId or eventId: the same in every attempt. */
  readonly subjectId: string;
  /** The message or event without what depends on the connection. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly eventHeaders?: Readonly<Record<string, string>>;
  /** Chat that a reply in the HTTP answer goes to. */
  readonly session?: string;
  readonly attempts: number;
  /** The connection that got it last. */
  readonly lastConnectionId?: string | undefined;
  readonly counted: boolean;
  readonly dueAt: string;
}

/** Hands robot messages and events to applications: over the stream or by HTTP, again and again until acknowledged. */
export class Deliveries {
  readonly #world: World;
  readonly #table: Table<Delivery>;
  readonly #posting = new Map<string, string>();
  #marks = 0;

  constructor(world: World) {
    this.#world = world;
    this.#table = world.journal.table('deliveries');
  }

  /** Takes up what a stop left undelivered. */
  resume(): void {
    for (const delivery of this.#table.all())
      this.#again(delivery, Math.max(0, new Date(delivery.dueAt).getTime() - this.#world.clock.now().getTime()));
  }

  /** Hands over a robot message. `session` is its sessionWebhook. */
  message(app: RobotApp, data: Record<string, unknown> & { msgId: string }, session: string): void {
    this.#start({ clientId: app.clientId, kind: 'message', subjectId: data.msgId, data, session });
  }

  /** Hands over an event, if the application has switched its type on. */
  event(app: RobotApp, eventType: string, data: Record<string, unknown>): void {
    if (!app.events.includes(eventType)) return;
    const eventId = this.#world.ids.uuid('event');
    const eventHeaders = {
      eventType,
      eventId,
      eventCorpId: this.#world.corpId(),
      eventBornTime: String(this.#world.clock.now().getTime()),
      eventUnifiedAppId: app.appId,
    };
    this.#start({ clientId: app.clientId, kind: 'event', subjectId: eventId, data, eventHeaders });
  }

  inHand(): string[] {
    return [...this.#posting.values()];
  }

  get marks(): number {
    return this.#marks;
  }

  #start(delivery: Omit<Delivery, 'id' | 'attempts' | 'counted' | 'dueAt'>): void {
    const id = `delivery-${this.#world.ids.count('delivery')}`;
    const full: Delivery = {
      ...delivery,
      id,
      attempts: 0,
      counted: false,
      dueAt: this.#world.clock.now().toISOString(),
    };
    this.#table.put(id, full);
    this.#world.journal.flush();
    this.#attempt(id);
  }

  #attempt(id: string): void {
    const delivery = this.#table.get(id);
    const app = delivery && this.#world.apps.get(delivery.clientId);
    if (!delivery || !app) return;
    const attempts = delivery.attempts + 1;
    const waitMs = this.#waitAfter(delivery.kind, attempts);
    const dueAt = new Date(this.#world.clock.now().getTime() + (waitMs ?? 0)).toISOString();
    const current: Delivery = { ...delivery, attempts, dueAt };
    this.#table.put(id, current);
    const topic = delivery.kind === 'message' ? ROBOT_TOPIC : EVENT_TOPIC;
    const fault = this.#world.faults.take(topic, 'STREAM');
    const go = (): void => {
      for (let copy = 0; copy < (fault?.duplicate ? 2 : 1); copy += 1)
        this.#send(app, current, topic, fault?.drop === true);
    };
    if (fault?.delayMs) {
      this.#posting.set(id, `delayed ${topic} ${delivery.subjectId}`);
      setTimeout(() => {
        this.#posting.delete(id);
        go();
      }, fault.delayMs).unref();
    } else go();
    if (waitMs !== undefined) this.#again(current, waitMs);
    else
      this.#world.dues.set(`${id} end`, new Date(this.#world.clock.now().getTime() + 60_000), () => this.#giveUp(id));
  }

  /** Milliseconds until the next attempt, or undefined when this was the last. */
  #waitAfter(kind: Delivery['kind'], attempts: number): number | undefined {
    const { redeliverSeconds, redeliverTimes, eventRetrySeconds } = this.#world.settings.get();
    const seconds =
      kind === 'message'
        ? attempts <= redeliverTimes
          ? redeliverSeconds
          : undefined
        : eventRetrySeconds[attempts - 1];
    return seconds === undefined ? undefined : seconds * 1000;
  }

  /** The next attempt comes when so much time has passed, on the wire or on the clock. */
  #again(delivery: Delivery, waitMs: number): void {
    const attempt = (): void => {
      if (this.#table.get(delivery.id)?.attempts === delivery.attempts) this.#attempt(delivery.id);
    };
    setTimeout(attempt, waitMs).unref();
    this.#world.dues.set(delivery.id, new Date(delivery.dueAt), attempt);
  }

  #send(app: RobotApp, delivery: Delivery, topic: string, lose: boolean): void {
    if (app.mode === 'http' && delivery.kind === 'message') {
      this.#post(app, delivery, lose).catch((error: unknown) => this.#world.report(error));
      return;
    }
    const limitMs = this.#world.settings.get().streamAckMs;
    const push = this.#world.stream.push({
      app,
      type: delivery.kind === 'message' ? 'CALLBACK' : 'EVENT',
      topic,
      ...(delivery.eventHeaders ? { headers: { ...delivery.eventHeaders } } : {}),
      data: (connection) => JSON.stringify(this.#dataFor(delivery, connection.origin)),
      label: delivery.subjectId,
      limitMs,
      lose,
      avoid: delivery.lastConnectionId,
      onAnswer: (ack) => {
        if (ack?.code !== 200 || (delivery.kind === 'event' && ack.data.includes('"LATER"'))) return;
        this.#done(delivery.id);
      },
    });
    const kept = this.#table.get(delivery.id);
    if (push && kept) this.#table.put(delivery.id, { ...kept, lastConnectionId: push.connectionId });
    if (push?.isSent) this.#count(delivery.id, app);
    if (!push)
      this.#world.log.add({
        direction: 'out',
        kind: 'frame',
        name: topic,
        status: 'no connection',
        body: { subjectId: delivery.subjectId },
        clientId: app.clientId,
      });
  }

  /** HTTP mode: signed POST; the answer may be a reply. */
  async #post(app: RobotApp, delivery: Delivery, lose: boolean): Promise<void> {
    const { httpAckMs } = this.#world.settings.get();
    const offsetMs = app.sign === 'stale' ? 2 * 3_600_000 : 0;
    // The product follows the sandbox's clock; any other robot compares with the machine's.
    const nowMs = app.clientId === this.#world.config.clientId ? this.#world.clock.now().getTime() : Date.now();
    const timestamp = String(nowMs - offsetMs);
    const sign = createHmac('sha256', app.sign === 'wrong' ? 'wrong' : app.clientSecret)
      .update(`${timestamp}\n${app.clientSecret}`)
      .digest('base64');
    const body = this.#dataFor(delivery, this.#world.origin());
    const key = `${delivery.id}-${delivery.attempts}-${this.#marks}`;
    this.#marks += 1;
    this.#posting.set(key, `POST ${app.callbackUrl} ${delivery.subjectId}`);
    if (!lose) this.#count(delivery.id, app);
    const startedAt = performance.now();
    let status: number | string = lose ? 'lost' : 'no answer';
    let answer = '';
    try {
      if (!lose) {
        const response = await fetch(app.callbackUrl, {
          method: 'POST',
          headers: { 'content-type': 'application/json; charset=utf-8', timestamp, sign },
          body: JSON.stringify(body),
          redirect: 'manual',
          signal: AbortSignal.timeout(httpAckMs),
        });
        answer = await response.text();
        status = response.status;
      }
    } catch (error) {
      status = error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'unreachable';
    }
    this.#posting.delete(key);
    this.#world.log.add({
      direction: 'out',
      kind: 'http',
      name: `POST ${app.callbackUrl}`,
      status,
      ackMs: Math.round(performance.now() - startedAt),
      ...(status === 'timeout' ? { violation: `no answer within ${httpAckMs} ms` } : {}),
      body,
      answer,
      clientId: app.clientId,
    });
    if (status !== 200) return;
    if (delivery.session !== undefined) this.#world.webhooks.replyInBody(delivery.session, answer, app.clientId);
    this.#done(delivery.id);
  }

  #dataFor(delivery: Delivery, origin: string): Record<string, unknown> {
    if (delivery.session === undefined) return { ...delivery.data };
    return { ...delivery.data, sessionWebhook: `${origin}/robot/sendBySession?session=${delivery.session}` };
  }

  /** A message counts once, however often it is sent. */
  #count(id: string, app: RobotApp): void {
    const delivery = this.#table.get(id);
    if (!delivery || delivery.counted) return;
    this.#table.put(id, { ...delivery, counted: true });
    this.#world.quota.count('messages', app.clientId);
  }

  #done(id: string): void {
    this.#table.delete(id);
    this.#world.dues.cancel(id);
    this.#world.dues.cancel(`${id} end`);
  }

  #giveUp(id: string): void {
    const delivery = this.#table.get(id);
    if (!delivery) return;
    this.#table.delete(id);
    const name = `${delivery.kind === 'message' ? ROBOT_TOPIC : EVENT_TOPIC}`;
    this.#world.log.add({
      direction: 'out',
      kind: 'frame',
      name,
      status: 'given up',
      body: { subjectId: delivery.subjectId, attempts: delivery.attempts },
      clientId: delivery.clientId,
    });
    if (delivery.kind === 'event')
      this.#world.failedEvents.put(delivery.id, { headers: delivery.eventHeaders ?? {}, data: delivery.data });
  }
}
