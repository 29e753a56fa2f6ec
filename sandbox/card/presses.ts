import { createHmac } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { isRecord } from '../http/validate.ts';
import type { Person } from '../organisation/company.ts';
import { CARD_TOPIC } from '../stream/frame.ts';
import type { World } from '../world.ts';
import type { Card, CardView } from './card.ts';
import { viewCard } from './card-view.ts';
import { submitForm } from './form-values.ts';
import { changeCard, UPDATE_OPTIONS } from './update-card.ts';

export interface PressResult {
  /** `late`: no answer in 2 s; `failed`: no connection, a garbage answer, or a button that is not there any more. */
  readonly result: 'ok' | 'late' | 'failed';
  readonly card: CardView;
  /** What the person reads when it did not work. */
  readonly toast?: string;
  readonly reason?: string;
}

export interface Press {
  readonly button: string;
  readonly values?: Readonly<Record<string, unknown>> | undefined;
  /** Presses although the button is not (or no longer) shown, as a client with an old picture of the card would. */
  readonly force?: boolean | undefined;
}

/** Values in the answer to a press are strings, as everywhere in cards. */
const VALUES = z.object({ cardParamMap: z.record(z.string(), z.string()).optional() });
const RESPONSE = z.object({
  cardUpdateOptions: UPDATE_OPTIONS.nullish(),
  cardData: VALUES.nullish(),
  userPrivateData: VALUES.nullish(),
});
type CardResponse = z.infer<typeof RESPONSE>;

type Outcome = { response: CardResponse; ms: number } | { failed: string };

/** Presses on cards: the callback goes out, the answer changes the card if it comes within 2 seconds. */
export class Presses {
  readonly #world: World;
  readonly #waiting = new Map<number, { outTrackId: string; label: string }>();
  #count = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** Whether a press on this card has not been answered yet. */
  isWaiting(outTrackId: string): boolean {
    return [...this.#waiting.values()].some((waiting) => waiting.outTrackId === outTrackId);
  }

  inHand(): string[] {
    return [...this.#waiting.values()].map(({ label }) => label);
  }

  get marks(): number {
    return this.#count;
  }

  /** A person presses a button, or sends the form. Throws FormIncomplete when the client would not send it. */
  async press(card: Card, person: Person, press: Press): Promise<PressResult> {
    const view = viewCard(card, person.id);
    const button = view.buttons.find(({ id }) => id === press.button);
    const isKnownTemplate = this.#world.isKnownTemplate(card.templateId);
    if (!press.force && ((isKnownTemplate && !button) || button?.enabled === false)) {
      return {
        result: 'failed',
        card: view,
        reason: button ? 'button_disabled' : 'button_gone',
        toast: this.#world.settings.get().failureToast,
      };
    }
    const params = paramsOf(view, button?.params ?? {}, press);
    if (!card.callbackType) return { result: 'failed', card: view, reason: 'no_callback' };
    this.#count += 1;
    const number = this.#count;
    this.#waiting.set(number, {
      outTrackId: card.outTrackId,
      label: `press ${press.button} on ${card.outTrackId} by ${person.id}`,
    });
    const body = this.#callback(card, person, press.button, params);
    let outcome: Outcome | 'late';
    try {
      outcome = await this.#ask(card, person, body);
    } finally {
      this.#waiting.delete(number);
    }
    return this.#conclude(card.outTrackId, person, outcome);
  }

  #callback(card: Card, person: Person, button: string, params: Record<string, unknown>): Record<string, unknown> {
    const space =
      card.spaces.find(({ conversationId }) =>
        this.#world.conversations.get(conversationId)?.members.includes(person.id),
      ) ?? card.spaces[0];
    const content = JSON.stringify({ cardPrivateData: { actionIds: [button], params } });
    return {
      type: 'actionCallback',
      outTrackId: card.outTrackId,
      corpId: this.#world.corpId(),
      userId: (card.userIdType === 2 ? person.unionId : person.staffId) ?? '',
      userIdType: card.userIdType,
      ...(space ? { spaceType: space.spaceType, spaceId: space.spaceId } : {}),
      extension: '{}',
      content,
      value: content,
    };
  }

  #ask(card: Card, person: Person, body: Record<string, unknown>): Promise<Outcome | 'late'> {
    const { cardAnswerMs } = this.#world.settings.get();
    return new Promise((resolve) => {
      let isOver = false;
      const timer = setTimeout(() => {
        isOver = true;
        resolve('late');
      }, cardAnswerMs);
      const onOutcome = (outcome: Outcome): void => {
        clearTimeout(timer);
        if (!isOver) resolve(outcome);
        else if ('response' in outcome && this.#world.settings.get().lateCardAnswer === 'apply')
          this.#apply(card.outTrackId, person, outcome.response);
      };
      if (card.callbackType === 'HTTP')
        this.#post(card, body).then(onOutcome, (error: unknown) => onOutcome({ failed: String(error) }));
      else this.#push(card, body, onOutcome);
    });
  }

  #push(card: Card, body: Record<string, unknown>, onOutcome: (outcome: Outcome) => void): void {
    const app = this.#world.apps.get(card.clientId);
    if (!app) {
      onOutcome({ failed: 'the application is gone' });
      return;
    }
    const fault = this.#world.faults.take(CARD_TOPIC, 'STREAM');
    const startedAt = performance.now();
    let isCounted = false;
    const send = (): void => {
      const push = this.#world.stream.push({
        app,
        type: 'CALLBACK',
        topic: CARD_TOPIC,
        data: () => JSON.stringify(body),
        label: card.outTrackId,
        limitMs: this.#world.settings.get().cardAnswerMs,
        lose: fault?.drop === true,
        onAnswer: (ack) => {
          if (!ack) onOutcome({ failed: 'the connection broke' });
          else
            onOutcome(
              ack.code === 200
                ? readResponse(ack.data, performance.now() - startedAt)
                : { failed: `acknowledged with code ${ack.code}` },
            );
        },
      });
      if (!push) onOutcome({ failed: 'no connection' });
      if (push?.isSent && !isCounted) {
        isCounted = true;
        this.#world.quota.count('messages', app.clientId);
      }
    };
    if (fault?.delayMs) setTimeout(send, fault.delayMs).unref();
    else send();
    if (fault?.duplicate) send();
  }

  /** HTTP callbacks are signed with the secret of their address, if it was registered with one. */
  async #post(card: Card, body: Record<string, unknown>): Promise<Outcome> {
    const route = this.#world.cards.route(card.clientId, card.callbackRouteKey ?? '');
    if (!route) return { failed: 'no callback address is registered under this key' };
    const timestamp = String(this.#world.clock.now().getTime());
    const signature = createHmac('sha256', route.apiSecret).update(timestamp).digest('base64');
    const signed =
      route.apiSecret === '' ? {} : { 'x-ddpaas-signature-timestamp': timestamp, 'x-ddpaas-signature': signature };
    const startedAt = performance.now();
    this.#world.quota.count('messages', card.clientId);
    this.#world.journal.flush();
    const response = await fetch(route.callbackUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', ...signed },
      body: JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    const { cardAnswerMs } = this.#world.settings.get();
    const ms = performance.now() - startedAt;
    this.#world.log.add({
      direction: 'out',
      kind: 'http',
      name: `POST ${route.callbackUrl}`,
      status: response.status,
      ackMs: Math.round(ms),
      ...(ms > cardAnswerMs
        ? { violation: `answered after ${Math.round(ms)} ms, the limit is ${cardAnswerMs} ms` }
        : {}),
      body,
      answer: text,
      clientId: card.clientId,
    });
    return response.status === 200
      ? readResponse(JSON.stringify({ response: parsed(text) }), ms)
      : { failed: `answered with status ${response.status}` };
  }

  #conclude(outTrackId: string, person: Person, outcome: Outcome | 'late'): PressResult {
    if (outcome !== 'late' && 'response' in outcome) this.#apply(outTrackId, person, outcome.response);
    const card = this.#world.cards.get(outTrackId);
    if (!card) throw new Error(`card ${outTrackId} vanished`);
    const view = viewCard(card, person.id);
    if (outcome === 'late') return { result: 'late', card: view, toast: this.#world.settings.get().failureToast };
    if ('failed' in outcome)
      return { result: 'failed', card: view, toast: this.#world.settings.get().failureToast, reason: outcome.failed };
    return { result: 'ok', card: view };
  }

  #apply(outTrackId: string, person: Person, response: CardResponse): void {
    const card = this.#world.cards.get(outTrackId);
    if (!card) return;
    const publicValues = response.cardData?.cardParamMap;
    const privateValues = response.userPrivateData?.cardParamMap;
    if (!publicValues && !privateValues) return;
    changeCard(this.#world, card, {
      publicValues,
      privateValues: privateValues && { [person.id]: privateValues },
      byKey: response.cardUpdateOptions?.updateCardDataByKey,
      privateByKey: response.cardUpdateOptions?.updatePrivateDataByKey,
    });
    this.#world.journal.flush();
  }
}

/** What a press sends: the button's own parameters, what was filled in, and the form where the card has one. */
function paramsOf(view: CardView, own: Readonly<Record<string, unknown>>, press: Press): Record<string, unknown> {
  const values = press.values ?? {};
  if (!view.form) return { ...own, ...values };
  const names = new Set(view.form.fields.map(({ name }) => name));
  const filled = isRecord(values.form)
    ? values.form
    : Object.fromEntries(Object.entries(values).filter(([key]) => names.has(key)));
  const rest = Object.fromEntries(Object.entries(values).filter(([key]) => key !== 'form' && !names.has(key)));
  return { ...own, ...rest, form: submitForm(view.form, filled) };
}

/** The answer of the application: `{"response": {…}}` as text. Nothing at all is a valid answer; garbage is not. */
function readResponse(data: string, ms: number): Outcome {
  const value = data === '' ? {} : parsed(data);
  if (!isRecord(value)) return { failed: 'the answer is not JSON' };
  const response = RESPONSE.safeParse(value.response ?? {});
  return response.success
    ? { response: response.data, ms }
    : { failed: `the answer has a wrong shape: ${response.error.issues[0]?.path.join('.') ?? ''}` };
}

function parsed(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
}
