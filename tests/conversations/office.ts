import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from 'vitest';
import { readConfig } from '../../app/config.ts';
import { connectReplies } from '../../app/connect-replies.ts';
import { type RunningApp, startApp } from '../../app/wire.ts';
import { hongKongParts } from '../../hongkong/zone.ts';
import type { ApplicationRecord, ApplicationStage } from '../../models/application.model.ts';
import type { Log, Office } from '../../recruiting/unit/office.ts';
import { readSandboxConfig } from '../../sandbox/config.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { addApplication, openCompany } from '../fixtures/world.ts';
import { Desk, type SeenMessage } from '../sandbox/sandbox-fixture.ts';

const ROBOT = { clientId: 'dingziuping', clientSecret: 'ziuping-sandbox-secret' };
const GROUP = 'cidHR';
/** What the mail server and the SMS gateway bring replies with. */
export const SECRETS = { email: 'brought by the mail server', sms: 'brought by the gateway' };

/** Everybody with a phone. The four who work with the robot, a cook who does not, and an IT colleague. */
const COMPANY = {
  corpId: 'dingcorpziuping',
  departments: [{ id: 1, name: '金記茶餐廳', parentId: 0 }],
  people: [
    ['carmen', '李嘉敏', '招聘主任'],
    ['gloria', '黃美玲', '分店經理'],
    ['ivan', '何志偉', '區域經理'],
    ['helen', '周海倫', '人力資源經理'],
    ['cook', '馬世豪', '廚師'],
    ['boss2', '梁國強', '分店經理'],
  ].map(([id, name, title], index) => ({
    id,
    name,
    title,
    role: 'member',
    staffId: id,
    unionId: `union-${id}`,
    phone: `9000000${index}`,
    email: `${id}@kamkee.example`,
    departmentIds: [1],
  })),
  groups: [
    { id: GROUP, title: 'HR 招聘群', members: ['carmen', 'gloria', 'ivan', 'helen'] },
    { id: 'cidOther', title: '午餐群', members: ['carmen', 'gloria', 'cook'] },
  ],
};

/** How the office is opened. */
export interface Opening {
  /** Where the clock stands; a Monday morning. */
  now?: string;
  /** False: no card template is configured. */
  cards?: boolean;
  /** True: nothing is set up, nobody is known but the administrators. */
  empty?: boolean;
  /** Further settings of the product. */
  settings?: Readonly<Record<string, string>>;
}

/** One person's phone. What they `see` is what has reached them since the last thing anybody did. */
export class Phone {
  readonly #office: ConversationOffice;
  readonly id: string;

  constructor(office: ConversationOffice, id: string) {
    this.#office = office;
    this.id = id;
  }

  /** Says something in the 1:1 chat with the robot. */
  says(text: string, files: { name: string; content: Uint8Array | string }[] = []): Promise<void> {
    return this.#office.act(() => this.#say('bot', text, files));
  }

  /** Says something to the robot in a group, the HR group by default. */
  saysInGroup(text: string, group = GROUP): Promise<void> {
    return this.#office.act(() => this.#say(group, text, []));
  }

  /** Taps the newest thing with this label: a card's button or a link under a message. */
  presses(label: string, values?: Record<string, unknown>): Promise<void> {
    return this.#office.act(() => this.#press(label, values));
  }

  /** Something that reached this person reads like this. */
  sees(what: string | RegExp): void {
    const texts = this.heard();
    const hit = texts.some((text) => (typeof what === 'string' ? text.includes(what) : what.test(text)));
    expect(hit, `${this.id} sees ${what}, but saw:\n${texts.join('\n---\n') || '(nothing)'}`).toBe(true);
  }

  /** Nothing that reached this person reads like this. */
  doesNotSee(what: string | RegExp): void {
    for (const text of this.heard()) {
      if (typeof what === 'string') expect(text).not.toContain(what);
      else expect(text).not.toMatch(what);
    }
  }

  /** All texts that reached this person since the last act, in 1:1 and in groups. */
  heard(): string[] {
    return this.#office.newFor(this.id).map(({ text, card }) => (card ? `${text}\n${card.values.status ?? ''}` : text));
  }

  async #say(chat: string, text: string, files: { name: string; content: Uint8Array | string }[]): Promise<void> {
    await this.#office.desk.control('POST', '/say', {
      as: this.id,
      in: chat,
      text,
      files: files.map(({ name, content }) => ({ name, base64: Buffer.from(content).toString('base64') })),
    });
  }

  async #press(label: string, values?: Record<string, unknown>): Promise<void> {
    const { desk } = this.#office;
    for (const chat of await this.#office.chatsOf(this.id)) {
      for (const message of (await desk.seen(this.id, chat)).reverse()) {
        const onCard = message.card?.buttons.find((button) => button.enabled && labelOf(button) === label);
        if (message.card && onCard) {
          await desk.control('POST', '/press', {
            as: this.id,
            outTrackId: message.card.outTrackId,
            button: onCard.id,
            ...(values ? { values } : {}),
          });
          return;
        }
        const link = message.buttons.find((button) => button.label === label);
        if (link) {
          await desk.control('POST', '/tap', { as: this.id, in: chat, seq: message.seq, button: link.id });
          return;
        }
      }
    }
    throw new Error(`${this.id} has nothing to press with the label ${label}`);
  }
}

const labelOf = (button: object): string => ('label' in button ? String(button.label) : '');

/** The company with its people's phones, the product and the sandbox, all real. */
export class ConversationOffice {
  readonly carmen = new Phone(this, 'carmen');
  readonly gloria = new Phone(this, 'gloria');
  readonly ivan = new Phone(this, 'ivan');
  readonly helen = new Phone(this, 'helen');
  readonly cook = new Phone(this, 'cook');
  readonly boss2 = new Phone(this, 'boss2');
  /** HR, as the examples call her. */
  readonly hr = this.carmen;
  /** The manager of the branch. */
  readonly manager = this.gloria;

  readonly #folder = mkdtempSync(join(tmpdir(), 'ziuping-talk-'));
  #sandbox: Sandbox | undefined;
  #app: RunningApp | undefined;
  #desk: Desk | undefined;
  #seen = new Map<string, number>();
  #new = new Map<string, SeenMessage[]>();

  get desk(): Desk {
    if (!this.#desk) throw new Error('open the office first');
    return this.#desk;
  }

  /** The product's own view, for looking at records. */
  get office(): Office {
    if (!this.#app) throw new Error('open the office first');
    return this.#app.office;
  }

  async opens(opening: Opening = {}): Promise<void> {
    const { now = '2026-11-23T10:00:00+08:00', cards = true, empty = false, settings = {} } = opening;
    this.#sandbox = await startSandbox(
      readSandboxConfig({
        DATA_DIR: this.#folder,
        SANDBOX_PORT: '0',
        SMTP_PORT: '0',
        SANDBOX_CLOCK: 'still',
        SANDBOX_START: now,
        SANDBOX_SEED: 'empty',
        DINGTALK_CLIENT_ID: ROBOT.clientId,
        DINGTALK_CLIENT_SECRET: ROBOT.clientSecret,
      }),
    );
    this.#desk = new Desk(this.#sandbox.origin, this.#sandbox.smtp);
    await this.#desk.control('POST', '/reset', { seed: COMPANY });
    const { origin, smtp } = this.#sandbox;
    const config = readConfig({
      PORT: '0',
      DATA_DIR: this.#folder,
      MONGODB_URI: databaseUri(),
      DINGTALK_CLIENT_ID: ROBOT.clientId,
      DINGTALK_CLIENT_SECRET: ROBOT.clientSecret,
      DINGTALK_API_BASE: origin,
      DINGTALK_OAPI_BASE: origin,
      ...(cards ? { DINGTALK_CARD_TEMPLATE_ID: 'ziuping-card.schema' } : {}),
      CLOCK_URL: origin,
      ADMIN_STAFF_IDS: empty ? 'helen' : '',
      SMTP_URL: smtp,
      MAIL_FROM: '金記茶餐廳人力資源部 <hr@kamkee.example>',
      SMS_GATEWAY_URL: `${origin}/sms-gateway/send`,
      SMS_GATEWAY_KEY: 'sandbox',
      INBOUND_EMAIL_SECRET: SECRETS.email,
      INBOUND_SMS_SECRET: SECRETS.sms,
      ...settings,
    });
    this.#app = await startApp(config, quiet, async (office) => {
      if (empty) return;
      await office.models.organisation.deleteMany({});
      await openCompany(office);
    });
    await connectReplies({ ...config, dingtalk: { ...config.dingtalk, apiBase: origin } }, this.address);
    await this.#look();
  }

  /** Where the product's own pages and ways in are. */
  get address(): string {
    if (!this.#app) throw new Error('open the office first');
    return this.#app.address;
  }

  /** Puts somebody with an application into the records, without any message. @returns the application's id */
  hasApplication(
    name: string,
    stage: ApplicationStage = 'applied',
    more: Partial<ApplicationRecord> = {},
  ): Promise<string> {
    return addApplication(this.office, name, stage, more);
  }

  /** Where somebody's application stands. */
  async stageOf(name: string): Promise<ApplicationStage | undefined> {
    const candidate = await this.office.models.candidates.findOne({ 'name.display': name }).lean();
    if (!candidate) return undefined;
    return (await this.office.models.applications.findOne({ candidateId: candidate._id }).lean())?.stage;
  }

  /** Texts of what has left for a candidate by SMS and e-mail. */
  async sentTo(address: { phone?: string; email?: string }): Promise<string[]> {
    const texts: string[] = [];
    if (address.phone) {
      const { messages } = await this.desk.control<{ messages?: { text: string }[] }>(
        'GET',
        `/sms?to=${encodeURIComponent(address.phone)}`,
      );
      texts.push(...(messages ?? []).map(({ text }) => text));
    }
    return texts;
  }

  /** Time passes; what is due happens. */
  passes(by: string): Promise<void> {
    return this.act(async () => {
      await this.desk.control('POST', '/clock', { by });
    });
  }

  /** Does something and waits until everything that follows from it has come to rest. */
  async act(what: () => Promise<unknown>): Promise<void> {
    this.#new.clear();
    await what();
    await this.desk.control('POST', '/settle', { timeoutMs: 20_000 });
    await this.#look();
  }

  newFor(id: string): SeenMessage[] {
    return this.#new.get(id) ?? [];
  }

  async chatsOf(id: string): Promise<string[]> {
    const chats = await this.desk.control<{ id: string; kind: string }[]>('GET', `/conversations?as=${id}`);
    return chats.map((chat) => chat.id);
  }

  async closes(): Promise<void> {
    const { connection } = this.#app?.office ?? {};
    if (connection?.name.startsWith('ziuping_test_')) await connection.dropDatabase();
    await this.#app?.stop();
    await this.#sandbox?.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Notes what has come to every phone since the last look, and cards whose face has changed. */
  async #look(): Promise<void> {
    await Promise.all(COMPANY.people.map(({ id }) => this.#lookAt(id ?? '')));
  }

  async #lookAt(id: string): Promise<void> {
    for (const chat of await this.chatsOf(id)) {
      const key = `${id}|${chat}`;
      const messages = await this.desk.seen(id, chat, 0);
      const since = this.#seen.get(key) ?? 0;
      const fresh = messages.filter(
        ({ seq, from, card }) => from === 'bot' && (this.#changed(key, seq, card) || seq > since),
      );
      this.#new.set(id, [...(this.#new.get(id) ?? []), ...fresh]);
      this.#seen.set(key, Math.max(since, ...messages.map(({ seq }) => seq)));
    }
  }

  readonly #faces = new Map<string, string>();

  #changed(key: string, seq: number, card: SeenMessage['card']): boolean {
    if (!card) return false;
    const face = JSON.stringify(card.values);
    const before = this.#faces.get(`${key}|${seq}`);
    this.#faces.set(`${key}|${seq}`, face);
    return before !== undefined && before !== face;
  }
}

const quiet: Log = { info() {}, warn() {}, error() {} };

/** The embedded store unless a MongoDB is named for tests; then a database of its own. */
function databaseUri(): string | undefined {
  const server = process.env.TEST_MONGODB_URI;
  if (!server) return undefined;
  const uri = new URL(server);
  uri.pathname = `/ziuping_test_talk_${randomBytes(6).toString('hex')}`;
  return uri.toString();
}

/** `11月24日` of a moment, for reading answers. */
export function monthDay(moment: Date): string {
  const { month, day } = hongKongParts(moment);
  return `${month}月${day}日`;
}

/** Tests in which people talk. Each has an office of its own; open it first. */
export const test = base.extend<{ office: ConversationOffice }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures a fixture needs from this pattern
  office: async ({}, use) => {
    const office = new ConversationOffice();
    await use(office);
    await office.closes();
  },
});
