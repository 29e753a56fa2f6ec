import { randomBytes } from 'node:crypto';
import { ConfigurationError, describeError, InUseError } from '../lib/errors.ts';
import { addressOf, type Config, readConfig } from './config.ts';
import { connectReplies } from './connect-replies.ts';
import { createLog } from './log.ts';
import { SandboxFailed, type SandboxProcess, startSandbox } from './sandbox-process.ts';
import type { RunningApp } from './wire.ts';

const CONFIGURATION = 78;
const IN_USE = 75;
/** A stop that takes longer ends the process all the same. */
const STOP_WITHIN_MS = 4_500;

/** `npm start`: the app, and the sandbox beside it when there are no credentials. `npm run app`: the app alone. */
async function main(): Promise<void> {
  const config = readConfig();
  const log = createLog(config.logLevel);
  const appAlone = process.argv.includes('app');
  const rehearsal = config.rehearsal;
  let sandbox: SandboxProcess | undefined;
  let app: RunningApp | undefined;
  let stopping = false;
  const stop = async (code: number): Promise<void> => {
    if (stopping) process.exit(code || 1);
    stopping = true;
    setTimeout(() => process.exit(code), STOP_WITHIN_MS).unref();
    await app?.stop().catch((error: unknown) => log.error({ fault: describeError(error) }, 'stopping failed'));
    await sandbox?.stop();
    process.exit(code);
  };
  process.on('SIGINT', () => void stop(0));
  process.on('SIGTERM', () => void stop(0));
  process.on('unhandledRejection', (error) => {
    log.error({ fault: describeError(error) }, 'a promise was not looked after');
  });

  // The parts are loaded while the sandbox starts: a newcomer waits for the slower of the two only.
  const parts = Promise.all([import('./wire.ts'), import('./sample/seed-sample-company.ts')]);
  if (rehearsal && !appAlone) {
    sandbox = await startSandbox(config);
    sandbox.onExit((code) => {
      if (stopping) return;
      log.error({ code }, 'the sandbox ended by itself');
      void stop(1);
    });
  }
  const [{ startApp }, { seedSampleCompany }] = await parts;
  const settled = rehearsal ? againstSandbox(config, sandbox) : config;
  app = await startApp(settled, log, rehearsal ? seedSampleCompany : undefined);
  if (rehearsal) {
    await connectReplies(settled, app.address).catch((error: unknown) =>
      log.error({ fault: describeError(error) }, 'replies will not arrive until the next start'),
    );
  }
  const { page, control, smtp } = sandbox?.ready ?? {};
  const ready = { pid: process.pid, app: app.address, page, control, smtp, store: app.store };
  process.stdout.write(`READY ${JSON.stringify(ready)}\n`);
  if (page) log.info({ page }, 'open the page to play HR, manager and candidate');
}

/** The same configuration, pointed at the sandbox's addresses. */
function againstSandbox(config: Config, sandbox: SandboxProcess | undefined): Config {
  const origin = sandbox ? new URL(sandbox.ready.page).origin : `http://127.0.0.1:${config.sandboxPort}`;
  const smtp = sandbox?.ready.smtp ?? `smtp://127.0.0.1:${config.smtpPort}`;
  const from = config.mail.from ?? '金鳳茶餐廳人力資源部 <hr@kamfung.example>';
  return {
    ...config,
    dingtalk: {
      ...config.dingtalk,
      apiBase: config.dingtalk.apiBase ?? origin,
      oapiBase: config.dingtalk.oapiBase ?? origin,
    },
    clockUrl: config.clockUrl ?? origin,
    mail: { url: config.mail.url ?? smtp, from },
    sms: {
      ...config.sms,
      gatewayUrl: config.sms.gatewayUrl ?? `${origin}/sms-gateway/send`,
      key: config.sms.key ?? 'sandbox',
    },
    inbound: {
      emailSecret: config.inbound.emailSecret ?? randomBytes(24).toString('base64url'),
      mailbox: config.inbound.mailbox ?? addressOf(from),
      smsSecret: config.inbound.smsSecret ?? randomBytes(24).toString('base64url'),
    },
  };
}

main().catch(async (error: unknown) => {
  const code =
    error instanceof ConfigurationError
      ? CONFIGURATION
      : error instanceof InUseError
        ? IN_USE
        : error instanceof SandboxFailed
          ? error.code
          : 1;
  const text =
    error instanceof ConfigurationError || error instanceof InUseError ? error.message : describeError(error);
  process.stderr.write(`${text}\n`);
  process.exit(code);
});
