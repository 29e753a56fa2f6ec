import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InUseError } from '../../../lib/errors.ts';

/** The right to be the only process that works in a folder. */
export interface FolderLock {
  release(): void;
}

const CLAIM = /^owner-(\d+)$/;

/**
 * Takes the folder for this process, or refuses with the pid of the process that has it. A claim is a file named after
 * its pid that holds the moment the process began; a claim whose process is gone (or whose pid belongs to a younger
 * process) counts for nothing, so that after a SIGKILL the next start works at once. Everybody claims first and looks
 * for others afterwards: of two that start together both may be refused, but never are two let in.
 *
 * @throws InUseError naming the pid.
 */
export function lockFolder(folder: string): FolderLock {
  const path = resolve(folder);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const own = join(path, `owner-${process.pid}`);
  const began = beginningOf(process.pid) ?? '';
  try {
    writeFileSync(own, began, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
    if (isAlive(process.pid, readText(own))) throw inUse(path, process.pid);
    writeFileSync(own, began, { mode: 0o600 });
  }
  for (const name of readdirSync(path)) {
    const pid = Number(CLAIM.exec(name)?.[1]);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    if (isAlive(pid, readText(join(path, name)))) {
      rmSync(own, { force: true });
      throw inUse(path, pid);
    }
    rmSync(join(path, name), { force: true });
  }
  return { release: () => rmSync(own, { force: true }) };
}

function inUse(path: string, pid: number): InUseError {
  return new InUseError(`the folder ${path} is in use by process ${pid}`);
}

/** Whether the process that made a claim still runs. */
function isAlive(pid: number, began: string | undefined): boolean {
  if (began === undefined) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!isCode(error, 'EPERM')) return false;
  }
  const begins = beginningOf(pid);
  // An unreadable beginning (no /proc, or a claim still being written) counts as alive: better refused than shared.
  return begins === undefined || began === '' || begins === began;
}

/** When a process began, in the kernel's ticks since boot and with the boot's id; undefined where /proc is missing. */
function beginningOf(pid: number): string | undefined {
  const stat = readText(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // The name of the program, in brackets, may hold blanks: count from the last bracket. Field 22 is the start time.
  const state = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = state[19];
  if (ticks === undefined) return undefined;
  // A process that ended and was not yet collected by its parent holds nothing any more.
  if (state[0] === 'Z' || state[0] === 'X') return 'ended';
  return `${readText('/proc/sys/kernel/random/boot_id')?.trim() ?? ''} ${ticks}`;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
