import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { RUN_STATES, type RunState } from './run-states.ts';

/** What `run.json` says of a training. */
export interface RunCard {
  readonly slatewise: 'run';
  readonly run: string;
  readonly recipe: string;
  readonly seed: number;
  /** The path that it learns from, as it was given. */
  readonly data: string;
  readonly state: RunState;
  /** When it began and was last told of, ISO 8601. */
  readonly started: string;
  readonly updated: string;
  /** Time spent on it, without interruptions and what one lost. */
  readonly seconds: number;
  readonly epochs: number;
  /** 0 while there is none. */
  readonly keptEpoch: number;
  /** Values of the kept epoch; `null` is one that is undefined. */
  readonly metrics: Readonly<Record<string, number | null>>;
  /** Where it runs, or ran last. */
  readonly process: { readonly host: string; readonly pid: number };
  readonly version: string;
}

const runCardSchema: z.ZodType<RunCard> = z.object({
  slatewise: z.literal('run'),
  run: z.string(),
  recipe: z.string(),
  seed: z.number(),
  data: z.string(),
  state: z.enum(RUN_STATES),
  started: z.string(),
  updated: z.string(),
  seconds: z.number(),
  epochs: z.number(),
  keptEpoch: z.number(),
  metrics: z.record(z.string(), z.number().nullable()),
  process: z.object({ host: z.string(), pid: z.int().positive() }),
  version: z.string(),
});

/** The card of a run folder; undefined of any other folder. */
export async function readRunCard(folder: string): Promise<RunCard | undefined> {
  const text = await readFile(join(folder, 'run.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return runCardSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
