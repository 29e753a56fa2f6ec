import type { SandboxConfig } from '../config.ts';
import type { SandboxIds } from '../state/ids.ts';
import type { Journal, Table } from '../state/journal.ts';

/** A robot application of the organisation; for internal applications robotCode = clientId. */
export interface RobotApp {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly robotCode: string;
  readonly name: string;
  /** An uuid that frames carry as `appId`. */
  readonly appId: string;
  /** How messages reach it. */
  readonly mode: 'stream' | 'http';
  readonly callbackUrl: string;
  /** What the signature of HTTP callbacks is like; the other two exist to test the receiver. */
  readonly sign: 'ok' | 'wrong' | 'stale';
  /** Before publishing, messages carry neither `senderStaffId` nor `isAdmin`. */
  readonly published: boolean;
  /** A stopped robot cannot send. */
  readonly stopped: boolean;
  /** Event types switched on in the console; none by default. */
  readonly events: readonly string[];
  /** Permissions taken away; everything is granted otherwise. */
  readonly withheldScopes: readonly string[];
}

/** The applications registered in the organisation. */
export class Applications {
  readonly #table: Table<RobotApp>;
  readonly #config: SandboxConfig;
  readonly #ids: SandboxIds;

  constructor(journal: Journal, config: SandboxConfig, ids: SandboxIds) {
    this.#table = journal.table('applications');
    this.#config = config;
    this.#ids = ids;
  }

  /** Registers the product's application, or brings a kept one in step with the settings. */
  registerProduct(): RobotApp {
    const { clientId, clientSecret, robotCode, robotName, robotMode, robotCallback } = this.#config;
    const kept = this.#table.get(clientId);
    return this.#table.put(clientId, {
      ...(kept ?? this.#fresh()),
      clientId,
      clientSecret,
      robotCode,
      name: robotName,
      mode: robotMode === 'http' ? 'http' : (kept?.mode ?? 'stream'),
      callbackUrl: robotMode === 'http' ? robotCallback : (kept?.callbackUrl ?? ''),
    });
  }

  /** Makes another robot application. */
  add(name: string): RobotApp {
    const clientId = `ding${this.#ids
      .hash(`app:${this.#ids.count('app')}`)
      .slice(0, 16)
      .toLowerCase()}`;
    return this.#table.put(clientId, {
      ...this.#fresh(),
      clientId,
      clientSecret: this.#ids.hex('secret') + this.#ids.hex('secret'),
      robotCode: clientId,
      name,
    });
  }

  change(clientId: string, change: Partial<RobotApp>): RobotApp | undefined {
    const app = this.#table.get(clientId);
    return app && this.#table.put(clientId, { ...app, ...change });
  }

  get(clientId: string): RobotApp | undefined {
    return this.#table.get(clientId);
  }

  byRobotCode(robotCode: string): RobotApp | undefined {
    return this.#table.all().find((app) => app.robotCode === robotCode);
  }

  all(): RobotApp[] {
    return this.#table.all();
  }

  /** The product's own application. */
  product(): RobotApp {
    return this.#table.get(this.#config.clientId) ?? this.registerProduct();
  }

  #fresh(): Omit<RobotApp, 'clientId' | 'clientSecret' | 'robotCode' | 'name'> {
    return {
      appId: this.#ids.uuid('app'),
      mode: 'stream',
      callbackUrl: '',
      sign: 'ok',
      published: true,
      stopped: false,
      events: [],
      withheldScopes: [],
    };
  }
}
