import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os';

/** Where a measurement was made: kept with every result. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly kernel: string;
  readonly loadAtStart: number;
}

export function thisMachine(): Machine {
  return {
    cpu: cpus()[0].model.trim(),
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    loadAtStart: loadavg()[0],
  };
}

/** Ticks of all cores since the start, and those that the host of a virtual machine gave to others while work waited here; undefined where the system does not tell. */
export function processorTicks(): { readonly all: number; readonly stolen: number } | undefined {
  if (!existsSync('/proc/stat')) return undefined;
  const [line] = readFileSync('/proc/stat', 'utf8').split('\n');
  // user, nice, system, idle, iowait, irq, softirq, steal; the guests' are in user already.
  const ticks = line.trim().split(/\s+/).slice(1, 9).map(Number);
  return { all: ticks.reduce((sum, count) => sum + count, 0), stolen: ticks[7] ?? 0 };
}

/** The commit that measures; a checkout is needed. */
export const commitNow = (): string =>
  execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8', cwd: import.meta.dirname }).trim();

/** `2026-11-24-some-cpu`: a result file's name says when and on what. */
export const resultName = (started: Date, { cpu }: Machine): string =>
  `${started.toISOString().slice(0, 10)}-${cpu.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`;
