import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** What a command took. Its threads count, processes that it starts do not. */
export interface Cost {
  readonly seconds: number;
  /** Of all cores. */
  readonly cpuSeconds: number;
  /** Most that was resident at a time. */
  readonly mostMiB: number;
}

const COMMAND = fileURLToPath(new URL('../../bin/slatewise.mjs', import.meta.url));
/** Milliseconds between two looks. */
const LOOK = 100;
/** Of the clock in which Linux counts processor time. */
const TICKS = 100;

/**
 * Runs `slatewise` as it is built, and looks at it from outside (`/proc`, so on Linux alone). `isOver` tells at each look whether a first part of its work is over; without one, all is one part.
 * Rejects where the command fails.
 */
export async function measuredCommand(
  args: readonly string[],
  isOver: () => Promise<boolean> = async () => false,
): Promise<readonly Cost[]> {
  const started = performance.now();
  const child = spawn(process.execPath, [COMMAND, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let told = '';
  child.stderr.on('data', (bytes: Buffer) => {
    told = (told + bytes).slice(-2000);
  });
  const ended = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  let isRunning = true;
  void ended.finally(() => {
    isRunning = false;
  });
  const marks: Cost[] = [];
  let latest: Cost = { seconds: 0, cpuSeconds: 0, mostMiB: 0 };
  while (isRunning) {
    latest = (await costOf(child.pid ?? 0, started)) ?? latest;
    if (marks.length === 0 && (await isOver())) marks.push(latest);
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, LOOK))]);
  }
  const code = await ended;
  if (code !== 0)
    throw new Error(`slatewise ${args.join(' ')}: expected it to end well, found exit code ${code}: ${told}`);
  const end = { ...latest, seconds: (performance.now() - started) / 1000 };
  const [mark] = marks;
  if (!mark) return [end];
  return [mark, { ...end, seconds: end.seconds - mark.seconds, cpuSeconds: end.cpuSeconds - mark.cpuSeconds }];
}

async function costOf(pid: number, started: number): Promise<Cost | undefined> {
  try {
    const [stat, status] = await Promise.all(
      ['stat', 'status'].map((name) => readFile(`/proc/${pid}/${name}`, 'utf8')),
    );
    // Behind the name, which may have spaces: user and system time are the 14th and 15th.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const most = /VmHWM:\s+(\d+) kB/.exec(status);
    // It has ended, and nobody has asked yet how.
    if (!most) return undefined;
    return {
      seconds: (performance.now() - started) / 1000,
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS,
      mostMiB: Number(most[1]) / 1024,
    };
  } catch {
    return undefined;
  }
}
