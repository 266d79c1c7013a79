import { existsSync, readFileSync } from 'node:fs';

/** Clock ticks a second of Linux's /proc, on every machine that Node supports. */
const TICKS = 100;

/** Tells how many cores other processes keep busy: a measurement beside them says little, least of all of PyTorch, whose threads wait by spinning. */
export interface LoadMeter {
  /** Starts a span; the function it returns ends it and gives the mean number of cores that others used. Always 0 where there is no /proc. */
  start(): () => number;
  /** Waits until others use less than `limit` cores for a quarter of a second, or until the time is up. */
  waitForQuiet(limit: number, deadline: number): Promise<void>;
}

export function createLoadMeter(childIds: readonly number[]): LoadMeter {
  const known = existsSync('/proc/stat');
  const others = (): number =>
    known ? busySeconds() - ownSeconds() - childIds.reduce((sum, id) => sum + processSeconds(id), 0) : 0;
  const start = (): (() => number) => {
    const [before, since] = [others(), performance.now()];
    return () => (1000 * (others() - before)) / (performance.now() - since);
  };
  return {
    start,
    async waitForQuiet(limit, deadline) {
      while (performance.now() < deadline) {
        const stop = start();
        await new Promise((resolve) => setTimeout(resolve, 250));
        if (stop() < limit) return;
      }
    },
  };
}

/** user, nice, system, irq, softirq and steal of all cores together. */
function busySeconds(): number {
  const [line] = readFileSync('/proc/stat', 'utf8').split('\n');
  const ticks = line.trim().split(/\s+/).slice(1).map(Number);
  return [0, 1, 2, 5, 6, 7].reduce((sum, at) => sum + (ticks[at] ?? 0), 0) / TICKS;
}

function ownSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** utime and stime: fields 14 and 15, counted behind the command's closing bracket. */
function processSeconds(id: number): number {
  const text = readFileSync(`/proc/${id}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}
