import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from '../../app/config.ts';
import { ConfigurationError } from '../../lib/errors.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** Settings that a file reads, by the names in capitals. */
function settingsIn(file: string): string[] {
  const code = readFileSync(join(ROOT, file), 'utf8');
  const names = code.match(/\b(?:NODE_ENV|HOST|PORT|[A-Z]+(?:_[A-Z]+)+)\b(?=['":])/g) ?? [];
  return [...new Set(names)];
}

test('.env.example lists every setting of the app and of the sandbox', () => {
  const example = readFileSync(join(ROOT, '.env.example'), 'utf8');
  const listed = [...example.matchAll(/^#?\s*([A-Z][A-Z_]+)=/gm)].map((match) => match[1] ?? '');
  const read = [...settingsIn('app/config.ts'), ...settingsIn('sandbox/config.ts')].filter(
    (name) =>
      /^(NODE_ENV|HOST|PORT|SANDBOX|SMTP|SMS|MAIL|INBOUND|DATA|MONGODB|PUBLIC|DINGTALK|CLOCK|ADMIN|LOG)/.test(name) &&
      !name.startsWith('SANDBOX_CREDENTIALS') &&
      name !== 'SANDBOX_CARD_TEMPLATE',
  );
  expect(read.filter((name) => !listed.includes(name))).toEqual([]);
});

test('production without credentials stops and names everything that is missing', () => {
  const start = (): unknown => readConfig({ NODE_ENV: 'production' });
  expect(start).toThrow(ConfigurationError);
  expect(start).toThrow(/DINGTALK_CLIENT_ID, DINGTALK_CLIENT_SECRET, ADMIN_STAFF_IDS, PUBLIC_URL, SMTP_URL, MAIL_FROM/);
});

test('an empty value counts as not set', () => {
  expect(readConfig({ DINGTALK_CLIENT_ID: '', PORT: ' ', MONGODB_URI: '' })).toMatchObject({
    rehearsal: true,
    port: 3000,
    mongodbUri: undefined,
  });
});

test('a moved clock never drives messages to real people', () => {
  const live = {
    DINGTALK_CLIENT_ID: 'ding1',
    DINGTALK_CLIENT_SECRET: 'secret',
    ADMIN_STAFF_IDS: 'u1',
    PUBLIC_URL: 'https://hr.example.com',
    SMTP_URL: 'smtp://mail.example.com',
    MAIL_FROM: 'hr@example.com',
  };
  expect(readConfig(live)).toMatchObject({ mode: 'live', rehearsal: false });
  expect(() => readConfig({ ...live, CLOCK_URL: 'http://127.0.0.1:4010' })).toThrow(/CLOCK_URL/);
});

test('credentials with a local address of the platform are a rehearsal in data, not in set-up', () => {
  const config = readConfig({
    DINGTALK_CLIENT_ID: 'ding1',
    DINGTALK_CLIENT_SECRET: 'secret',
    DINGTALK_API_BASE: 'http://127.0.0.1:4010',
    CLOCK_URL: 'http://127.0.0.1:4010',
  });
  expect(config).toMatchObject({ mode: 'sandbox', rehearsal: false });
});

test('answers by e-mail need an address with room for a token', () => {
  const secret = { INBOUND_EMAIL_SECRET: 'shared' };
  expect(readConfig({ ...secret, MAIL_FROM: '人力資源部 <HR@example.com>' }).inbound).toMatchObject({
    emailSecret: 'shared',
    mailbox: 'hr@example.com',
    smsSecret: undefined,
  });
  expect(readConfig({ ...secret, INBOUND_EMAIL_ADDRESS: 'jobs@in.example.com' }).inbound.mailbox).toBe(
    'jobs@in.example.com',
  );
  for (const address of ['hr+jobs@example.com', `${'a'.repeat(30)}@example.com`, 'nobody', 'a@b.c, d@e.f']) {
    expect(() => readConfig({ ...secret, INBOUND_EMAIL_ADDRESS: address })).toThrow(/INBOUND_EMAIL_ADDRESS/);
  }
  expect(readConfig({ MAIL_FROM: `${'a'.repeat(30)}@example.com` }).inbound.emailSecret).toBeUndefined();
});

test('wrong values are named together', () => {
  expect(() => readConfig({ PORT: 'abc', PUBLIC_URL: 'nowhere' })).toThrow(/PORT[\s\S]*PUBLIC_URL/);
});
