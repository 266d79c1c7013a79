import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cutTo } from '../../files/cut-to.ts';
import type { EpochLine, EpochSink } from './epoch-line.ts';
import type { RunName } from './run-start.ts';

const FILE = 'metrics.jsonl';

/** `metrics.jsonl`: a line of JSON for each epoch. A value that is no number is `null`, as JSON has no NaN. */
export function metricsFile(folder: string, { run, recipe, seed }: RunName): EpochSink {
  const path = join(folder, FILE);
  const textOf = ({ epoch, time, seconds, values }: EpochLine): string =>
    `${JSON.stringify({ run, recipe, seed, epoch, time, seconds, ...values })}\n`;
  return {
    begin: ({ lines }) => cutTo(path, Buffer.from(lines.map(textOf).join(''))),
    add: (line) => appendFile(path, textOf(line)),
  };
}

export type LineTime = Pick<EpochLine, 'time' | 'seconds'>;

/** When each epoch of a metrics file was told, and how long it took; a line that a crash cut is passed over. */
export async function readTimes(folder: string): Promise<ReadonlyMap<number, LineTime>> {
  const text = await readFile(join(folder, FILE), 'utf8').catch(() => '');
  const times = new Map<number, LineTime>();
  for (const each of text.split('\n')) {
    try {
      const { epoch, time, seconds } = JSON.parse(each) as Readonly<Record<string, unknown>>;
      if (typeof epoch !== 'number' || typeof time !== 'string' || typeof seconds !== 'number') continue;
      times.set(epoch, { time, seconds });
    } catch {}
  }
  return times;
}
