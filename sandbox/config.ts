import { isAbsolute, join, resolve } from 'node:path';

/** Everything the sandbox can be told from outside. Made by `readSandboxConfig` or by a test. */
export interface SandboxConfig {
  /** Address to listen on. */
  readonly host: string;
  /** Port of the Open Platform, the control API and the page; 0 = any free one. */
  readonly port: number;
  /** Port of the mail server; 0 = any free one. */
  readonly smtpPort: number;
  /** Folder of the sandbox's own state. */
  readonly folder: string;
  readonly logLevel: string;
  /** The product's own application, made on a fresh folder and kept in step with these values on every start. */
  readonly clientId: string;
  readonly clientSecret: string;
  readonly robotCode: string;
  readonly robotName: string;
  /** Empty = the sample company's own. */
  readonly corpId: string;
  /** Card template known to be published; presses on its cards are held to the buttons it shows. */
  readonly cardTemplateId: string;
  /** Whether the product's robot receives over the stream or over HTTP. */
  readonly robotMode: 'stream' | 'http';
  /** Where HTTP mode posts to; empty in stream mode. */
  readonly robotCallback: string;
  /** First moment of a fresh folder. */
  readonly startAt: Date;
  /** `running` ticks with real time from its last position; `still` stands until it is moved. */
  readonly clockMode: 'running' | 'still';
  /** Which company a fresh folder starts with: `sample` or `empty`. */
  readonly seed: string;
  /** Seconds after which an unacknowledged robot message comes again. */
  readonly redeliverSeconds: number;
  /** Addresses that replies of candidates are handed to; empty = kept for polling only. */
  readonly smsInboundUrl: string;
  readonly smsInboundSecret: string;
  readonly mailInboundUrl: string;
  readonly mailInboundSecret: string;
  /** The product's mailbox, for mails that come by SMTP. */
  readonly mailInboundAddress: string;
}

/** A setting cannot be used. Exit code 78. */
export class SandboxConfigError extends Error {
  override readonly name = 'SandboxConfigError';
}

/** Reads the environment; an empty value counts as not set. Throws SandboxConfigError naming all wrong settings. */
export function readSandboxConfig(env: NodeJS.ProcessEnv = process.env): SandboxConfig {
  const wrong: string[] = [];
  const text = (name: string, fallback: string): string => env[name]?.trim() || fallback;
  const port = (name: string, fallback: number): number => {
    const value = Number(text(name, String(fallback)));
    if (!Number.isInteger(value) || value < 0 || value > 65_535) wrong.push(`${name} must be a port number`);
    return value;
  };
  const oneOf = <T extends string>(name: string, values: readonly T[], fallback: T): T => {
    const value = text(name, fallback);
    const found = values.find((known) => known === value);
    if (found === undefined) wrong.push(`${name} must be one of ${values.join(', ')}`);
    return found ?? fallback;
  };
  const startAt = new Date(text('SANDBOX_START', '2026-11-23T10:00:00+08:00'));
  if (Number.isNaN(startAt.getTime())) wrong.push('SANDBOX_START must be an ISO 8601 moment');
  const redeliverSeconds = Number(text('SANDBOX_REDELIVER_SECONDS', '60'));
  if (!(redeliverSeconds > 0)) wrong.push('SANDBOX_REDELIVER_SECONDS must be a positive number');
  const dataDir = text('DATA_DIR', './data');
  const clientId = text('DINGTALK_CLIENT_ID', 'dingziuping');
  const robotMode = oneOf('SANDBOX_ROBOT_MODE', ['stream', 'http'], 'stream');
  const robotCallback = text('SANDBOX_ROBOT_CALLBACK', '');
  if (robotMode === 'http' && robotCallback === '')
    wrong.push('SANDBOX_ROBOT_CALLBACK is needed with SANDBOX_ROBOT_MODE=http');
  const config: SandboxConfig = {
    host: text('HOST', '127.0.0.1'),
    port: port('SANDBOX_PORT', 4010),
    smtpPort: port('SMTP_PORT', 4025),
    folder: join(isAbsolute(dataDir) ? dataDir : resolve(dataDir), 'sandbox'),
    logLevel: text('LOG_LEVEL', 'info'),
    clientId,
    clientSecret: text('DINGTALK_CLIENT_SECRET', 'ziuping-sandbox-secret'),
    robotCode: text('DINGTALK_ROBOT_CODE', clientId),
    robotName: text('SANDBOX_ROBOT_NAME', '招聘助手'),
    corpId: text('DINGTALK_CORP_ID', ''),
    cardTemplateId: text('DINGTALK_CARD_TEMPLATE_ID', 'ziuping-card.schema'),
    robotMode,
    robotCallback,
    startAt,
    clockMode: oneOf('SANDBOX_CLOCK', ['running', 'still'], 'running'),
    seed: text('SANDBOX_SEED', 'sample'),
    redeliverSeconds,
    smsInboundUrl: text('SANDBOX_SMS_INBOUND_URL', ''),
    smsInboundSecret: text('SANDBOX_SMS_INBOUND_SECRET', ''),
    mailInboundUrl: text('SANDBOX_MAIL_INBOUND_URL', ''),
    mailInboundSecret: text('SANDBOX_MAIL_INBOUND_SECRET', ''),
    mailInboundAddress: text('SANDBOX_MAIL_INBOUND_ADDRESS', ''),
  };
  if (wrong.length > 0) throw new SandboxConfigError(wrong.join('; '));
  return config;
}
