/** What both benchmarks of the choice data do around their measuring: which files, where they go, what is written in the end. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { choiceFolder, loadChoices } from '../../examples/choice/load.ts';
import type { ChoiceData } from '../../examples/choice/occasions.ts';
import { choiceEvents } from '../../examples/choice/to-events.ts';
import { writeSimulation } from '../../src/data.ts';
import { commitNow, resultName, thisMachine } from '../machine.ts';

/** Options that both take, for `parseArgs`. */
export const sharedOptions: SharedOptions = {
  data: { type: 'string', default: choiceFolder() },
  out: { type: 'string', default: fileURLToPath(new URL('../results', import.meta.url)) },
  'no-file': { type: 'boolean', default: false },
};
interface SharedOptions {
  readonly data: { readonly type: 'string'; readonly default: string };
  readonly out: { readonly type: 'string'; readonly default: string };
  readonly 'no-file': { readonly type: 'boolean'; readonly default: false };
}

export interface MeasuredFiles<T> {
  /** The result file is `<benchmark>-<day>-<machine>.json`. */
  readonly benchmark: string;
  readonly names: readonly string[];
  readonly options: { readonly data: string; readonly out: string; readonly 'no-file': boolean };
  /** Goes into the result file's header. */
  readonly about?: object;
  /** `scratch` is a path of its own for every file, to be continued: its folder goes in the end. */
  readonly measure: (name: string, choices: ChoiceData, scratch: string) => Promise<T>;
}

/** Measures every file that is there and writes what came out, unless nothing did or nothing is to be written. */
export async function measureFiles<T>({ benchmark, names, options, about, measure }: MeasuredFiles<T>): Promise<void> {
  const [started, machine] = [new Date(), thisMachine()];
  const folder = await mkdtemp(join(tmpdir(), `${benchmark}-`));
  const results: Record<string, T> = {};
  try {
    for (const name of names) {
      const choices = await loadChoices(options.data, name);
      if (choices === undefined) process.stderr.write(`${name}: skipped, its file is not in ${options.data}\n`);
      else results[name] = await measure(name, choices, join(folder, name));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  if (options['no-file'] || Object.keys(results).length === 0) return;
  const file = join(options.out, `${benchmark}-${resultName(started, machine)}.json`);
  const header = { started: started.toISOString(), machine, commit: commitNow(), ...about };
  await mkdir(options.out, { recursive: true });
  await writeFile(file, `${JSON.stringify({ ...header, results }, null, 2)}\n`);
  process.stderr.write(`written to ${file}\n`);
}

/** The choices as a log. */
export async function writeChoices(log: string, choices: ChoiceData): Promise<void> {
  await writeSimulation(
    Array.from(choiceEvents(choices), (event) => ({ event })),
    { log },
  );
}
