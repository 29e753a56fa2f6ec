import { z } from 'zod';
import type { Timers } from '../../lib/timers.ts';
import type { ReadingModel } from '../channel.ts';
import type { Log } from '../log.ts';

/** Where a model of the OpenAI-compatible kind is reached. */
export interface ChatModelSettings {
  /** `https://host/v1`: `/chat/completions` is added. */
  baseUrl: string;
  apiKey: string;
  model: string;
  /** Further fields of the request's body, as one API or another asks for; never those that the connector sets itself. */
  extra?: Readonly<Record<string, unknown>>;
}

/** The longest that a person may wait for a proposal. */
const TIMEOUT_MS = 2_000;
/** So many failures in a row open the circuit, for so long; then one call tries again. */
const MOST_FAILURES = 3;
const OPEN_MS = 60_000;
/** Bytes of an answer; a longer one is none. */
const LONGEST_ANSWER = 20_000;

const answerSchema = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
});

/**
 * Asks an OpenAI-compatible chat API (POST /chat/completions). Never throws and never repeats a call: a slow, broken or
 * refusing model costs one time-out, then the circuit stays open for a minute.
 */
export class ChatModel implements ReadingModel {
  readonly #settings: ChatModelSettings;
  readonly #timers: Timers;
  readonly #log: Log;
  /** Takes one call of the day's budget. */
  readonly #takeCall: () => Promise<boolean>;
  #failures = 0;
  #openUntil = 0;
  #trying = false;

  constructor(parts: { settings: ChatModelSettings; timers: Timers; log: Log; takeCall: () => Promise<boolean> }) {
    this.#settings = parts.settings;
    this.#timers = parts.timers;
    this.#log = parts.log;
    this.#takeCall = parts.takeCall;
  }

  async propose(question: { instructions: string; message: string }): Promise<string | null> {
    const isTrial = this.#failures >= MOST_FAILURES;
    if (isTrial && (this.#trying || this.#timers.elapsed() < this.#openUntil)) return null;
    this.#trying = isTrial;
    try {
      return (await this.#mayCall()) ? await this.#ask(question) : null;
    } finally {
      if (isTrial) this.#trying = false;
    }
  }

  /** A budget that cannot be read is a spent one; that is no failure of the model. */
  async #mayCall(): Promise<boolean> {
    try {
      return await this.#takeCall();
    } catch {
      this.#log.warn({ reason: 'the budget cannot be read' }, 'the reading model was not asked');
      return false;
    }
  }

  async #ask(question: { instructions: string; message: string }): Promise<string | null> {
    const abort = new AbortController();
    const timer = this.#timers.after(TIMEOUT_MS, () => abort.abort());
    try {
      const answer = await this.#call(question, abort.signal);
      this.#failures = 0;
      return answer;
    } catch (error) {
      this.#fail(error);
      return null;
    } finally {
      timer.cancel();
    }
  }

  async #call(
    { instructions, message }: { instructions: string; message: string },
    signal: AbortSignal,
  ): Promise<string> {
    const { baseUrl, apiKey, model, extra } = this.#settings;
    const response = await fetch(`${baseUrl.replace(/\/+$/, '')}/chat/completions`, {
      method: 'POST',
      signal,
      redirect: 'error',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
      body: JSON.stringify({
        ...extra,
        model,
        stream: false,
        temperature: 0,
        max_tokens: 400,
        response_format: { type: 'json_object' },
        messages: [
          { role: 'system', content: instructions },
          { role: 'user', content: message },
        ],
      }),
    });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return answerSchema.parse(JSON.parse(await bodyOf(response))).choices[0]?.message.content ?? '';
  }

  /** Only what kind of failure it was is logged: answers may repeat the message. */
  #fail(error: unknown): void {
    this.#failures += 1;
    if (this.#failures >= MOST_FAILURES) this.#openUntil = this.#timers.elapsed() + OPEN_MS;
    const reason = error instanceof Error && /^HTTP \d+$/.test(error.message) ? error.message : 'no usable answer';
    this.#log.warn({ reason, failures: this.#failures }, 'the reading model did not help');
  }
}

/** Reads a body no further than an answer can reach. */
async function bodyOf({ body }: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body ?? []) {
    length += part.length;
    if (length > LONGEST_ANSWER) throw new Error('the answer is too long');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
