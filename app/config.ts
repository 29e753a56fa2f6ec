import { resolve } from 'node:path';
import { z } from 'zod';
import type { ChatModelSettings } from '../channels/model/chat-model.ts';
import { ConfigurationError } from '../lib/errors.ts';

/** An empty value counts as not set. */
const text = z
  .string()
  .trim()
  .transform((value) => (value === '' ? undefined : value))
  .optional();
const port = (fallback: number) =>
  text.transform((value, context) => {
    if (value === undefined) return fallback;
    const number = Number(value);
    if (Number.isInteger(number) && number >= 0 && number <= 65_535) return number;
    context.addIssue({ code: 'custom', message: 'must be a port number from 0 to 65535 (0 = any free one)' });
    return z.NEVER;
  });
const address = text.transform((value, context) => {
  if (value === undefined || URL.canParse(value)) return value?.replace(/\/+$/, '');
  context.addIssue({ code: 'custom', message: 'must be an address such as https://jobs.example.com' });
  return z.NEVER;
});
const jsonOf = (value: string): unknown => {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
};

const environmentSchema = z.object({
  NODE_ENV: text,
  HOST: text.transform((value) => value ?? '127.0.0.1'),
  PORT: port(3000),
  SANDBOX_PORT: port(4010),
  SMTP_PORT: port(4025),
  DATA_DIR: text.transform((value) => resolve(value ?? './data')),
  MONGODB_URI: text,
  PUBLIC_URL: address,
  DINGTALK_CLIENT_ID: text,
  DINGTALK_CLIENT_SECRET: text,
  DINGTALK_ROBOT_CODE: text,
  DINGTALK_ROBOT_NAME: text,
  DINGTALK_CORP_ID: text,
  DINGTALK_CARD_TEMPLATE_ID: text,
  DINGTALK_API_BASE: address,
  DINGTALK_OAPI_BASE: address,
  DINGTALK_RECEIVER: text.pipe(z.enum(['stream', 'http']).optional()).transform((value) => value ?? 'stream'),
  CLOCK_URL: address,
  ADMIN_STAFF_IDS: text.transform((value) => (value ?? '').split(/[\s,;]+/).filter(Boolean)),
  SMTP_URL: text,
  MAIL_FROM: text,
  SMS_GATEWAY_URL: address,
  SMS_GATEWAY_KEY: text,
  SMS_SENDER: text,
  INBOUND_EMAIL_SECRET: text,
  INBOUND_EMAIL_ADDRESS: text,
  INBOUND_SMS_SECRET: text,
  MODEL_BASE_URL: address,
  MODEL_API_KEY: text,
  MODEL_NAME: text,
  MODEL_EXTRA: text.transform((value, context) => {
    const read = z.record(z.string(), z.unknown()).safeParse(jsonOf(value ?? '{}'));
    if (read.success) return read.data;
    context.addIssue({ code: 'custom', message: 'must be a JSON object' });
    return z.NEVER;
  }),
  MODEL_CALLS_PER_DAY: text.transform((value) => Number(value ?? 200)).pipe(z.number().int().min(0)),
  LOG_LEVEL: text
    .pipe(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional())
    .transform((value) => value ?? 'info'),
});

type Environment = z.output<typeof environmentSchema>;

/** Everything that is set from outside, complete and checked. */
export interface Config {
  /** Whose data these are: a database never changes sides. */
  mode: 'sandbox' | 'live';
  /** True without credentials: the sandbox is started beside the app and filled with the sample company. */
  rehearsal: boolean;
  host: string;
  port: number;
  sandboxPort: number;
  smtpPort: number;
  dataDir: string;
  mongodbUri: string | undefined;
  /** Address under which candidates reach the portal; the local one when not set. */
  publicUrl: string | undefined;
  dingtalk: {
    clientId: string;
    clientSecret: string;
    robotCode: string;
    /** The robot's name in DingTalk; quick replies in groups mention it. */
    robotName: string;
    corpId: string | undefined;
    cardTemplateId: string | undefined;
    /** Undefined in sandbox mode until the sandbox's port is known. */
    apiBase: string | undefined;
    oapiBase: string | undefined;
    receiver: 'stream' | 'http';
  };
  /** Address of a clock to follow instead of the machine's; sandbox only. */
  clockUrl: string | undefined;
  adminStaffIds: string[];
  mail: { url: string | undefined; from: string | undefined };
  sms: { gatewayUrl: string | undefined; key: string | undefined; sender: string | undefined };
  /** Replies of candidates. Each way is closed while its secret is not set. */
  inbound: {
    emailSecret: string | undefined;
    /** Whose plus-addresses candidates answer to; by default the address that mails come from. */
    mailbox: string | undefined;
    smsSecret: string | undefined;
  };
  /** A chat model that may propose readings; off when not set. */
  readingModel: (ChatModelSettings & { callsPerDay: number }) | undefined;
  logLevel: string;
}

/** What the sandbox uses when nobody names credentials; documented in .env.example. */
const SANDBOX_CREDENTIALS = { clientId: 'dingziuping', clientSecret: 'ziuping-sandbox-secret' };
const SANDBOX_CARD_TEMPLATE = 'ziuping-card.schema';
/** The robot's name unless said otherwise; the sandbox's robot has it. */
const BOT_NAME = '招聘助手';
/** The real platform's addresses. */
const LIVE = { apiBase: 'https://api.dingtalk.com', oapiBase: 'https://oapi.dingtalk.com' };

/**
 * Reads the settings. The only reader of the environment in the app.
 * @throws ConfigurationError naming every setting at fault
 */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigurationError(
      `Wrong settings:\n  ${faults.join('\n  ')}`,
      parsed.error.issues.map((issue) => String(issue.path[0])),
    );
  }
  const env = parsed.data;
  const mode = env.DINGTALK_CLIENT_ID || env.DINGTALK_CLIENT_SECRET ? 'live' : 'sandbox';
  if (mode === 'live' || env.NODE_ENV === 'production') requireLiveSettings(env);
  refuseMovedClock(env, mode);
  const config = toConfig(env, mode);
  refuseBadMailbox(config);
  return config;
}

/** With credentials, or in production, everything that a live organisation needs must be there. */
function requireLiveSettings(env: Environment): void {
  const needed: (keyof Environment)[] = ['DINGTALK_CLIENT_ID', 'DINGTALK_CLIENT_SECRET'];
  if (!isLocal(env.DINGTALK_API_BASE)) needed.push('ADMIN_STAFF_IDS', 'PUBLIC_URL', 'SMTP_URL', 'MAIL_FROM');
  const missing = needed.filter((name) => {
    const value = env[name];
    return value === undefined || (Array.isArray(value) && value.length === 0);
  });
  if (missing.length === 0) return;
  throw new ConfigurationError(
    `These settings are missing: ${missing.join(', ')}. See .env.example; without any DINGTALK_ setting (and without NODE_ENV=production) the sandbox is started instead.`,
    missing,
  );
}

/** A moved clock must never drive messages to real people. */
function refuseMovedClock(env: Environment, mode: Config['mode']): void {
  if (mode === 'sandbox' || env.CLOCK_URL === undefined) return;
  const api = env.DINGTALK_API_BASE ?? LIVE.apiBase;
  if (new URL(api).host === new URL(env.CLOCK_URL).host) return;
  throw new ConfigurationError(
    'CLOCK_URL belongs to a sandbox, but DINGTALK_API_BASE has another origin: remove CLOCK_URL, or point both at the same sandbox.',
    ['CLOCK_URL'],
  );
}

function isLocal(base: string | undefined): boolean {
  if (base === undefined) return false;
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(base).hostname);
}

/** One address with room for a token: `hr@example.com` becomes `hr+r.TOKEN@example.com`, 64 characters at most before the @. */
const MAILBOX = /^[^\s@<>,;"()+]{1,29}@[^\s@<>,;"()]+\.[^\s@<>,;"()]+$/;

/** Answers by e-mail need an address they can go to. In a rehearsal without any the sample company's own is taken. */
function refuseBadMailbox({ inbound: { emailSecret, mailbox }, rehearsal }: Config): void {
  if (emailSecret === undefined || (mailbox === undefined && rehearsal)) return;
  if (mailbox !== undefined && MAILBOX.test(mailbox)) return;
  throw new ConfigurationError(
    'INBOUND_EMAIL_SECRET is set, but neither INBOUND_EMAIL_ADDRESS nor MAIL_FROM is one address such as hr@example.com, with at most 29 characters and no + before the @.',
    ['INBOUND_EMAIL_ADDRESS'],
  );
}

function toConfig(env: Environment, mode: Config['mode']): Config {
  const live = mode === 'live';
  const clientId = env.DINGTALK_CLIENT_ID ?? SANDBOX_CREDENTIALS.clientId;
  return {
    mode: live && !isLocal(env.DINGTALK_API_BASE) ? 'live' : 'sandbox',
    rehearsal: !live,
    host: env.HOST,
    port: env.PORT,
    sandboxPort: env.SANDBOX_PORT,
    smtpPort: env.SMTP_PORT,
    dataDir: env.DATA_DIR,
    mongodbUri: env.MONGODB_URI,
    publicUrl: env.PUBLIC_URL,
    dingtalk: {
      clientId,
      clientSecret: env.DINGTALK_CLIENT_SECRET ?? SANDBOX_CREDENTIALS.clientSecret,
      robotCode: env.DINGTALK_ROBOT_CODE ?? clientId,
      robotName: env.DINGTALK_ROBOT_NAME ?? BOT_NAME,
      corpId: env.DINGTALK_CORP_ID,
      cardTemplateId: env.DINGTALK_CARD_TEMPLATE_ID ?? (live ? undefined : SANDBOX_CARD_TEMPLATE),
      apiBase: env.DINGTALK_API_BASE ?? (live ? LIVE.apiBase : undefined),
      oapiBase: env.DINGTALK_OAPI_BASE ?? env.DINGTALK_API_BASE ?? (live ? LIVE.oapiBase : undefined),
      receiver: env.DINGTALK_RECEIVER,
    },
    clockUrl: env.CLOCK_URL,
    adminStaffIds: env.ADMIN_STAFF_IDS,
    mail: { url: env.SMTP_URL, from: env.MAIL_FROM },
    sms: { gatewayUrl: env.SMS_GATEWAY_URL, key: env.SMS_GATEWAY_KEY, sender: env.SMS_SENDER },
    inbound: {
      emailSecret: env.INBOUND_EMAIL_SECRET,
      mailbox: addressOf(env.INBOUND_EMAIL_ADDRESS ?? env.MAIL_FROM),
      smsSecret: env.INBOUND_SMS_SECRET,
    },
    readingModel: readingModelOf(env),
    logLevel: env.LOG_LEVEL,
  };
}

/** The optional model: all of its settings or none. */
function readingModelOf(env: Environment): Config['readingModel'] {
  const needed = { MODEL_BASE_URL: env.MODEL_BASE_URL, MODEL_API_KEY: env.MODEL_API_KEY, MODEL_NAME: env.MODEL_NAME };
  const missing = Object.entries(needed).flatMap(([name, value]) => (value === undefined ? [name] : []));
  if (missing.length === 3) return undefined;
  if (missing.length > 0) {
    throw new ConfigurationError(`The reading model is only partly set. Missing: ${missing.join(', ')}.`, missing);
  }
  return {
    baseUrl: env.MODEL_BASE_URL ?? '',
    apiKey: env.MODEL_API_KEY ?? '',
    model: env.MODEL_NAME ?? '',
    extra: env.MODEL_EXTRA,
    callsPerDay: env.MODEL_CALLS_PER_DAY,
  };
}

/** `人力資源部 <hr@example.com>` or a bare address: the address. */
export function addressOf(sender: string | undefined): string | undefined {
  return (/<([^<>]+)>\s*$/.exec(sender ?? '')?.[1] ?? sender)?.trim().toLowerCase();
}

/** The environment for a child process: ours, with some settings laid over it. */
export function childEnvironment(settings: Record<string, string>): Record<string, string | undefined> {
  return { ...process.env, ...settings };
}
