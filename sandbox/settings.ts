import { z } from 'zod';
import type { Journal, Table } from './state/journal.ts';

const seconds = z.number().min(0);

/** What can be changed while the sandbox runs (`POST /control/settings`), with the truth about DingTalk as default. */
export const SETTINGS = z.object({
  /** Seconds an access token lives, in wire time. */
  tokenTtlSeconds: seconds.default(7200),
  /** HTTP status of an invalid token; the general error table has 401 as well. */
  invalidTokenStatus: z.union([z.literal(400), z.literal(401)]).default(400),
  /** Calls per second of one application to one API. */
  callsPerSecond: z.number().positive().default(20),
  /** Seconds until an unacknowledged robot message comes again, by the wire or by the clock, whichever is first. */
  redeliverSeconds: seconds.default(60),
  /** How often it comes again before it is given up. */
  redeliverTimes: z.number().int().min(0).default(3),
  /** Seconds until an event that was not acknowledged comes again; then it goes to the failed list. */
  eventRetrySeconds: z.array(seconds).default([10, 30]),
  /** Push timeouts, in milliseconds: later acknowledgements are violations. */
  streamAckMs: z.number().positive().default(3000),
  httpAckMs: z.number().positive().default(2500),
  /** How long a card waits for the answer to a press. */
  cardAnswerMs: z.number().positive().default(2000),
  /** Whether a card takes an answer that comes too late; not documented by DingTalk. */
  lateCardAnswer: z.enum(['ignore', 'apply']).default('ignore'),
  /** What the user reads when the press was not answered in time. */
  failureToast: z.string().default('操作失敗，請稍後再試'),
  sessionWebhookMinutes: z.number().positive().default(90),
  downloadCodeMinutes: z.number().positive().default(60),
  downloadUrlMinutes: z.number().positive().default(15),
  ticketSeconds: z.number().positive().default(90),
  maxConnections: z.number().int().positive().default(50),
  pingSeconds: z.number().positive().default(25),
  /** Whether a new connection is greeted with CONNECTED and REGISTERED. */
  greet: z.boolean().default(true),
  /** Milliseconds between a `disconnect` frame and the end of the connection. */
  disconnectCloseMs: z.number().min(0).default(10_000),
  /** Seconds a connection may live before the server asks it to leave; 0 = no limit. */
  connectionLifeSeconds: seconds.default(0),
  /** Seconds a connection that broke is still chosen for pushes, which are then lost. */
  ghostSeconds: seconds.default(0),
  /** Milliseconds a sent message stays PROCESSING. */
  processingMs: z.number().min(0).default(0),
  /** userIds held back by flow control in one-to-one sends. */
  flowControlled: z.array(z.string()).default([]),
  /** Words that are refused as unsafe content. */
  unsafeWords: z.array(z.string()).default([]),
  /** Messages above this size are accepted and never shown; 0 = off. */
  silentDropBytes: z.number().min(0).default(0),
  /** Names of the two fields in a message without text; DingTalk's pages disagree. */
  quotaErrorFields: z.enum(['errorCode', 'errCode']).default('errorCode'),
  /** unionIds whose free/busy times may not be read. */
  scheduleDenied: z.array(z.string()).default([]),
  /** Phone numbers the SMS gateway accepts and never reaches. */
  deadNumbers: z.array(z.string()).default([]),
  /** Mail addresses that are refused at RCPT. */
  deadMailboxes: z.array(z.string()).default([]),
  /** Where replies of candidates are posted to, with the secret in `X-Inbound-Secret`; empty = kept for polling only. */
  smsInboundUrl: z.string().default(''),
  smsInboundSecret: z.string().default(''),
  mailInboundUrl: z.string().default(''),
  mailInboundSecret: z.string().default(''),
  /** The product's mailbox: what the mail server takes for it or its plus-addresses is posted; empty = only replies by the control API. */
  mailInboundAddress: z.string().default(''),
});
export type SandboxSettings = z.infer<typeof SETTINGS>;

/** How the product is reached: entered from outside, not part of the rehearsed world. */
const WAYS_TO_THE_PRODUCT = [
  'smsInboundUrl',
  'smsInboundSecret',
  'mailInboundUrl',
  'mailInboundSecret',
  'mailInboundAddress',
] as const;

/** The settings in force. */
export class Settings {
  readonly #table: Table<SandboxSettings>;
  readonly #fallback: SandboxSettings;

  constructor(journal: Journal, initial: Partial<SandboxSettings>) {
    this.#table = journal.table('settings');
    this.#fallback = SETTINGS.parse(initial);
  }

  get(): SandboxSettings {
    // A folder of an earlier version does not know every setting.
    return { ...this.#fallback, ...this.#table.get('all') };
  }

  /** Runs something that forgets all settings, but for how the product is reached. */
  keepingWays(forget: () => void): void {
    const before = this.get();
    forget();
    this.change(Object.fromEntries(WAYS_TO_THE_PRODUCT.map((name) => [name, before[name]])));
  }

  change(change: Partial<SandboxSettings>): SandboxSettings {
    return this.#table.put('all', { ...this.get(), ...change });
  }
}
