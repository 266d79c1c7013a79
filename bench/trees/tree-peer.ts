import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { FeatureTable } from './feature-table.ts';

export interface TreeRequest {
  readonly python: string;
  readonly columns: readonly string[];
  readonly parts: Readonly<Record<'train' | 'validation' | 'test', FeatureTable>>;
  /** `logistic` and `LambdaMART`, or one of them. */
  readonly objectives: readonly string[];
  readonly seeds: readonly number[];
  readonly threads: number;
}

/** A setting that was tried with the first seed; the best on validation is trained with every seed. */
export interface TreeTrial {
  readonly objective: string;
  readonly setting: Readonly<Record<string, number>>;
  readonly validation: number;
  readonly rounds: number;
  readonly seconds: number;
}

export interface TreeRun {
  readonly name: string;
  readonly seed: number;
  readonly setting: Readonly<Record<string, number>>;
  readonly rounds: number;
  readonly seconds: number;
  /** What a score is multiplied by and what is added to make it a logit; 1 and 0 where it is one. */
  readonly platt: readonly [number, number];
  readonly validationLogitS: Float64Array;
  readonly testLogitS: Float64Array;
}

export interface TreeResult {
  readonly version: string;
  readonly trials: readonly TreeTrial[];
  readonly runs: readonly TreeRun[];
}

type RunJson = Omit<TreeRun, 'validationLogitS' | 'testLogitS'> & { readonly file: string };

/** Trains LightGBM in a process of its own; the tables travel as raw little-endian files in a temporary folder. */
export async function trainTrees({
  python,
  columns,
  parts,
  objectives,
  seeds,
  threads,
}: TreeRequest): Promise<TreeResult> {
  const folder = await mkdtemp(join(tmpdir(), 'boosted-trees-'));
  try {
    for (const [part, { featuresSC, labelS, lengthB }] of Object.entries(parts)) {
      await writeFile(join(folder, `${part}.features.f32`), featuresSC);
      await writeFile(join(folder, `${part}.labels.u8`), labelS);
      await writeFile(join(folder, `${part}.lengths.i32`), lengthB);
    }
    await writeFile(join(folder, 'request.json'), JSON.stringify({ columns, objectives, seeds, threads }));
    const script = fileURLToPath(new URL('../peers/boosted_trees.py', import.meta.url));
    const child = promisify(execFile)(python, [script, folder]);
    child.child.stderr?.pipe(process.stderr);
    await child;
    const result = JSON.parse(await readFile(join(folder, 'result.json'), 'utf8')) as Omit<TreeResult, 'runs'> & {
      readonly runs: readonly RunJson[];
    };
    const runs = await Promise.all(
      result.runs.map(async ({ file, ...run }) => ({
        ...run,
        validationLogitS: await readDoubles(join(folder, `${file}.validation.f64`)),
        testLogitS: await readDoubles(join(folder, `${file}.test.f64`)),
      })),
    );
    return { ...result, runs };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const readDoubles = async (path: string): Promise<Float64Array> => {
  const { buffer, byteOffset, byteLength } = await readFile(path);
  return new Float64Array(buffer.slice(byteOffset, byteOffset + byteLength));
};
