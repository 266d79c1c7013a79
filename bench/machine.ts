import { execFileSync } from 'node:child_process';
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

/** The commit that measures; a checkout is needed. */
export const commitNow = (): string =>
  execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8', cwd: import.meta.dirname }).trim();

/** `2026-11-24-some-cpu`: a result file's name says when and on what. */
export const resultName = (started: Date, { cpu }: Machine): string =>
  `${started.toISOString().slice(0, 10)}-${cpu.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`;
