import { Calendar } from './calendar/calendar.ts';
import type { MeetingRoom } from './calendar/meeting-rooms.ts';
import { Cards } from './card/card.ts';
import { Presses } from './card/presses.ts';
import { DueList } from './clock/due-list.ts';
import { Followers } from './clock/followers.ts';
import { Mover } from './clock/mover.ts';
import { SandboxClock } from './clock/sandbox-clock.ts';
import type { SandboxConfig } from './config.ts';
import type { Media } from './contact/media-upload.ts';
import { Faults } from './fault/faults.ts';
import { LiveFeed } from './live/feed.ts';
import { WireLog } from './log/wire-log.ts';
import { Mailbox } from './mail/mailbox.ts';
import { ReplyHooks } from './mail/reply-hook.ts';
import { AccessTokens } from './organisation/access-tokens.ts';
import { Applications } from './organisation/applications.ts';
import { Company } from './organisation/company.ts';
import { MonthQuota } from './quota/month-quota.ts';
import { Throttle } from './quota/throttle.ts';
import { Conversations } from './robot/conversation.ts';
import { Downloads } from './robot/downloads.ts';
import type { Sending } from './robot/sending.ts';
import { SessionWebhooks } from './robot/session-webhooks.ts';
import { Settings } from './settings.ts';
import { SmsBox } from './sms/sms-box.ts';
import { Blobs } from './state/blobs.ts';
import { SandboxIds } from './state/ids.ts';
import { Journal, type Table } from './state/journal.ts';
import { Deliveries } from './stream/deliveries.ts';
import { StreamHub } from './stream/stream-hub.ts';

/** Everything the sandbox is made of; operations reach all of it through here. */
export class World {
  readonly config: SandboxConfig;
  readonly journal: Journal;
  readonly blobs: Blobs;
  readonly ids: SandboxIds;
  readonly clock: SandboxClock;
  readonly dues: DueList;
  readonly followers: Followers;
  readonly mover: Mover;
  readonly feed = new LiveFeed();
  readonly log: WireLog;
  readonly settings: Settings;
  readonly meta: Table<string>;
  readonly company: Company;
  readonly apps: Applications;
  readonly tokens: AccessTokens;
  readonly quota: MonthQuota;
  readonly throttle = new Throttle();
  readonly faults: Faults;
  readonly conversations: Conversations;
  readonly sendings: Table<Sending>;
  readonly media: Table<Media>;
  readonly downloads: Downloads;
  readonly webhooks: SessionWebhooks;
  readonly cards: Cards;
  readonly presses: Presses;
  /** Card templates whose buttons are known, beside the product's own. */
  readonly templates: Table<{ id: string }>;
  readonly calendar: Calendar;
  readonly rooms: Table<MeetingRoom>;
  /** `x-client-token` of created events. */
  readonly clientTokens: Table<{ eventId: string; at: string }>;
  /** Events nobody acknowledged. */
  readonly failedEvents: Table<{ headers: Readonly<Record<string, string>>; data: unknown }>;
  readonly stream: StreamHub;
  readonly deliveries: Deliveries;
  readonly mailbox: Mailbox;
  readonly smsBox: SmsBox;
  readonly replyHooks: ReplyHooks;
  /** Further sources of what is in hand: calls to the gateway, mails being taken. */
  readonly inHandSources: (() => string[])[] = [];
  #origin = '';

  constructor(config: SandboxConfig) {
    this.config = config;
    const { folder } = config;
    this.journal = new Journal(folder);
    this.blobs = new Blobs(folder);
    this.ids = new SandboxIds(this.journal);
    this.clock = new SandboxClock(folder, config.startAt, config.clockMode);
    const now = (): Date => this.clock.now();
    this.dues = new DueList(this.clock);
    this.followers = new Followers(this.clock);
    this.mover = new Mover(
      this.clock,
      this.followers,
      this.dues,
      { open: () => this.inHand(), marks: () => this.#marks() },
      () => {
        this.feed.emit({ type: 'clock', data: { now: now().toISOString(), running: this.clock.running } });
      },
    );
    this.log = new WireLog(folder, now, ({ seq, kind, name, status, violation }) => {
      this.feed.emit({
        type: 'log',
        data: { seq, kind, name, status, ...(violation === undefined ? {} : { violation }) },
      });
    });
    this.settings = new Settings(this.journal, {
      redeliverSeconds: config.redeliverSeconds,
      smsInboundUrl: config.smsInboundUrl,
      smsInboundSecret: config.smsInboundSecret,
      mailInboundUrl: config.mailInboundUrl,
      mailInboundSecret: config.mailInboundSecret,
      mailInboundAddress: config.mailInboundAddress,
    });
    this.meta = this.journal.table('meta');
    this.company = new Company(this.journal, this.ids);
    this.apps = new Applications(this.journal, config, this.ids);
    this.tokens = new AccessTokens(this.journal, this.ids);
    this.quota = new MonthQuota(this.journal, now);
    this.faults = new Faults(this.journal, this.ids);
    this.conversations = new Conversations(this.journal, this.ids, now, this.feed);
    this.sendings = this.journal.table('sendings');
    this.media = this.journal.table('media');
    this.downloads = new Downloads(this);
    this.webhooks = new SessionWebhooks(this);
    this.cards = new Cards(this.journal);
    this.presses = new Presses(this);
    this.templates = this.journal.table('templates');
    this.calendar = new Calendar(this.journal, this.ids);
    this.rooms = this.journal.table('rooms');
    this.clientTokens = this.journal.table('clientTokens');
    this.failedEvents = this.journal.table('failedEvents');
    this.stream = new StreamHub(this);
    this.deliveries = new Deliveries(this);
    this.mailbox = new Mailbox(this.journal, this.blobs, this.ids, now, this.feed);
    this.smsBox = new SmsBox(this.journal, this.ids, now, this.feed);
    this.replyHooks = new ReplyHooks(this);
  }

  /** `http://host:port` of the sandbox itself, for what is not an answer to a call. */
  origin(): string {
    return this.#origin;
  }

  listensAt(origin: string): void {
    this.#origin = origin;
  }

  /** The organisation's id: from the settings, else from the company's data. */
  corpId(): string {
    return this.config.corpId || (this.meta.get('corpId') ?? 'dingcorpsandbox');
  }

  /** Whether the buttons of a template are known; every other template may send any button id. */
  isKnownTemplate(templateId: string): boolean {
    return templateId === this.config.cardTemplateId || this.templates.has(templateId);
  }

  /** Pushes, presses, calls, mails and webhooks that have not come to their end. */
  inHand(): string[] {
    return [
      ...this.stream.inHand(),
      ...this.deliveries.inHand(),
      ...this.presses.inHand(),
      ...this.replyHooks.inHand(),
      ...this.inHandSources.flatMap((source) => source()),
    ];
  }

  /** An unexpected error: told on stderr, never thrown into a socket. */
  report(error: unknown, level: 'error' | 'debug' = 'error'): void {
    if (level === 'debug' && this.config.logLevel !== 'debug') return;
    process.stderr.write(`sandbox: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  }

  #marks(): number {
    return this.stream.marks + this.deliveries.marks + this.presses.marks + this.replyHooks.marks;
  }
}
