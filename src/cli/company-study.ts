/** What `worth` and `effects` have in common: a list model beside pointwise-bce on one log, which is looked at before anything is trained. */
import { join } from 'node:path';
import { resultJson, resultMark } from '../files/file-kinds.ts';
import { COMPARISON_FOLDER } from '../files/folder-kinds.ts';
import { openGrowing } from '../files/output-folder.ts';
import { checkOutputs, type Output } from '../files/outputs.ts';
import { writeText } from '../files/write-text.ts';
import { type Prepared, prepare } from '../jobs/prepare.ts';
import type { RunsOptions } from '../jobs/recipes/finished-runs.ts';
import { runsBelow } from '../jobs/runs/find-runs.ts';
import { resolveRecipe } from '../jobs/settings.ts';
import { type CompanyInLog, companyInLog, whySilent } from '../jobs/worth/company-in-log.ts';
import type { TrainingConfig } from '../train/recipes/training-config.ts';
import { listRecipe, settingsOf } from './asked-settings.ts';
import { Interrupted } from './exit-codes.ts';
import { abortOnInterrupt } from './interrupt.ts';
import type { DataArguments } from './options/data-options.ts';
import type { TrackingArguments } from './options/tracking-options.ts';
import { printJson } from './print-json.ts';
import { createReporter } from './progress.ts';
import { judgeRejects } from './told-rejects.ts';
import { trackerOf } from './tracker-of.ts';

export const POINTWISE = 'pointwise-bce';

export interface StudyArguments extends DataArguments, TrackingArguments {
  /** The list model. */
  readonly recipe: string;
  readonly seeds: number;
  readonly out: string;
  readonly from?: readonly string[];
}

export interface Study<T> {
  /** Of the command: what it finds is kept as `<name>.json` beside the trainings. */
  readonly name: 'worth' | 'effects';
  /** What is written beside the trainings. */
  readonly outputs?: readonly Output[];
  /** What JSON says of a log that cannot tell, and why it cannot. */
  silent(why: string, company: CompanyInLog): object;
  /** Undefined when interrupted. */
  run(prepared: Prepared, runs: StudyRuns): Promise<T | undefined>;
  /** What came out as JSON, which is kept. */
  json(result: T, told: StudyTold): object;
  /** Prints it for people, and writes further files. */
  tell(result: T, told: StudyTold): string | Promise<string>;
}

export interface StudyTold {
  readonly list: TrainingConfig;
  readonly company: CompanyInLog;
}

/** The two models, and how their trainings are made and kept. */
export interface StudyRuns extends Omit<RunsOptions, 'configs'> {
  readonly list: TrainingConfig;
  readonly pointwise: TrainingConfig;
}

export async function studyCompany<T>(data: string, options: StudyArguments, study: Study<T>): Promise<void> {
  const settings = await settingsOf(options);
  const list = listRecipe(options.recipe, settings);
  const pointwise = resolveRecipe(POINTWISE, settings);
  const { seeds, workers, out, cache, config } = options;
  const reporter = createReporter();
  const outputs: readonly Output[] = [
    { path: out, growing: COMPARISON_FOLDER },
    { path: resultPath(options, study), file: resultJson(study.name) },
    { path: cache, cache: true },
    ...(study.outputs ?? []),
  ];
  await checkOutputs(outputs, { inputs: [data, config || undefined], note: reporter.note });
  const known = await runsBelow(options.from ?? []);
  const signal = abortOnInterrupt();
  const prepared = await prepare(data, {
    ...{ settings, reporter, signal, cacheFolder: cache, configs: [list, pointwise] },
  });
  const company = await companyInLog(prepared.dataset);
  const why = whySilent(company);
  if (why === undefined) {
    await openGrowing(out, COMPARISON_FOLDER);
    const result = await study.run(prepared, {
      ...{ list, pointwise, workers, reporter, signal, known, folder: out },
      tracker: trackerOf(options, reporter.note),
      seeds: Array.from({ length: seeds }, (_, index) => index + 1),
    });
    if (!result) throw new Interrupted(`interrupted; the same command goes on from ${out}`);
    const json = study.json(result, { list, company });
    const text = await study.tell(result, { list, company });
    await writeText(resultPath(options, study), `${JSON.stringify({ ...resultMark(study.name), ...json }, null, 1)}\n`);
    if (options.json) printJson(json);
    else process.stdout.write(`${text}\n`);
  } else if (options.json) printJson(study.silent(why, company));
  else process.stdout.write(`This log cannot tell: ${why}. Nothing was trained.\n`);
  judgeRejects(prepared.dataset.summary, options.allowRejects, join(prepared.dataset.folder, 'rejected.jsonl'));
}

const resultPath = ({ out }: StudyArguments, { name }: { readonly name: string }): string => join(out, `${name}.json`);
