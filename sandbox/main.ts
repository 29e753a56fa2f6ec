import { readSandboxConfig, SandboxConfigError } from './config.ts';
import { PortInUse, startSandbox } from './sandbox.ts';
import { FolderInUse } from './state/folder-lock.ts';

const EXIT_CONFIGURATION = 78;
const EXIT_IN_USE = 75;
const STOP_WITHIN_MS = 4500;

try {
  const sandbox = await startSandbox(readSandboxConfig());
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) process.exit(0);
    isStopping = true;
    setTimeout(() => process.exit(0), STOP_WITHIN_MS).unref();
    sandbox.close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`sandbox: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  // Started beside another process: when that one is gone, however it went, there is nobody left to stand in for.
  process.on('disconnect', stop);
  process.stdout.write(
    `READY ${JSON.stringify({ pid: process.pid, page: `${sandbox.origin}/`, control: `${sandbox.origin}/control`, smtp: sandbox.smtp })}\n`,
  );
} catch (error) {
  process.stderr.write(`sandbox: ${error instanceof Error ? error.message : String(error)}\n`);
  const isInUse = error instanceof PortInUse || error instanceof FolderInUse;
  process.exit(error instanceof SandboxConfigError ? EXIT_CONFIGURATION : isInUse ? EXIT_IN_USE : 1);
}
