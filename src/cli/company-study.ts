/** What `worth` and `effects` have in common: a list model beside pointwise-bce on one log, which is looked at before anything is trained. */
import { join } from 'node:path';
import { resultJson, resultMark } from '../files/file-kinds.ts';
import { COMPARISON_FOLDER } from '../files/folder-kinds.ts';
import { openGrowing } from '../files/output-folder.ts';
import type { Output } from '../files/outputs.ts';
import { writeText } from '../files/write-text.ts';
import type { Prepared } from '../jobs/prepare.ts';
import type { RunsOptions } from '../jobs/recipes/finished-runs.ts';
import { keepExampleSlates } from '../jobs/report/example-slates.ts';
import { resolveRecipe } from '../jobs/settings.ts';
import { type CompanyInLog, companyInLog, whySilent } from '../jobs/worth/company-in-log.ts';
import type { TrainingConfig } from '../train/recipes/training-config.ts';
import { listRecipe, settingsOf } from './asked-settings.ts';
import { Interrupted } from './exit-codes.ts';
import { type LogStudyArguments, prepareStudy } from './prepare-study.ts';
import { printJson } from './print-json.ts';
import { judgeRejects } from './told-rejects.ts';

export const POINTWISE = 'pointwise-bce';

/** The recipe is the list model. */
export type StudyArguments = LogStudyArguments;

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
  const path = join(options.out, `${study.name}.json`);
  const outputs = [{ path, file: resultJson(study.name) }, ...(study.outputs ?? [])];
  const { prepared, runs } = await prepareStudy(data, options, { settings, configs: [list, pointwise], outputs });
  const company = await companyInLog(prepared.dataset);
  const why = whySilent(company);
  if (why === undefined) {
    await openGrowing(options.out, COMPARISON_FOLDER);
    const onTrained: RunsOptions['onTrained'] = async (trained, { config, seed, folder }) => {
      const { workers, signal } = runs;
      if (config === list && seed === 1) await keepExampleSlates(prepared, trained, { folder, workers, seed, signal });
    };
    const result = await study.run(prepared, { ...runs, list, pointwise, onTrained });
    if (!result) throw new Interrupted(`interrupted; the same command goes on from ${options.out}`);
    const json = study.json(result, { list, company });
    const text = await study.tell(result, { list, company });
    await writeText(path, `${JSON.stringify({ ...resultMark(study.name), ...json }, null, 1)}\n`);
    if (options.json) printJson(json);
    else process.stdout.write(`${text}\n`);
  } else if (options.json) printJson(study.silent(why, company));
  else process.stdout.write(`This log cannot tell: ${why}. Nothing was trained.\n`);
  judgeRejects(prepared.dataset.summary, options.allowRejects, join(prepared.dataset.folder, 'rejected.jsonl'));
}
