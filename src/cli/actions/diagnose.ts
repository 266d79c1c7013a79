import { join } from 'node:path';
import { resultJson, resultMark } from '../../files/file-kinds.ts';
import { COMPARISON_FOLDER } from '../../files/folder-kinds.ts';
import { openGrowing } from '../../files/output-folder.ts';
import { writeText } from '../../files/write-text.ts';
import { diagnose } from '../../jobs/diagnose/diagnose.ts';
import { resolveRecipe } from '../../jobs/settings.ts';
import { diagnosisSentences } from '../../print/text/diagnosis-sentences.ts';
import { diagnosisText } from '../../print/text/diagnosis-text.ts';
import type { TrainingConfig } from '../../train/recipes/training-config.ts';
import { checkRecipes, settingsOf } from '../asked-settings.ts';
import { Interrupted, UsageError } from '../exit-codes.ts';
import { type LogStudyArguments, prepareStudy } from '../prepare-study.ts';
import { printJson } from '../print-json.ts';
import { judgeRejects } from '../told-rejects.ts';

export type DiagnoseArguments = LogStudyArguments;

export async function runDiagnose(data: string, options: DiagnoseArguments): Promise<void> {
  const { recipe, out, json, allowRejects } = options;
  const settings = await settingsOf(options);
  checkRecipes('--recipe', [recipe], { settings });
  const config = resolveRecipe(recipe, settings);
  refuseChoice(config);
  const path = join(out, 'diagnosis.json');
  const { prepared, runs } = await prepareStudy(data, options, {
    ...{ settings, configs: [config], outputs: [{ path, file: resultJson('diagnose') }] },
  });
  await openGrowing(out, COMPARISON_FOLDER);
  const diagnosis = await diagnose(prepared, { ...runs, config });
  if (!diagnosis) throw new Interrupted(`interrupted; the same command goes on from ${out}`);
  const told = { ...diagnosis, sentences: diagnosisSentences(diagnosis) };
  await writeText(path, `${JSON.stringify({ ...resultMark('diagnose'), ...told }, null, 1)}\n`);
  if (json) printJson(told);
  else process.stdout.write(`${diagnosisText(diagnosis)}\n`);
  process.stderr.write(`diagnosis: ${path}\n`);
  judgeRejects(prepared.dataset.summary, allowRejects, join(prepared.dataset.folder, 'rejected.jsonl'));
}

/** Its probabilities are those of being the one that is chosen: the log loss of clicks says nothing of them. */
function refuseChoice({ recipe, model: { head } }: TrainingConfig): void {
  if (head === 'clicks' || head === 'joint') return;
  throw new UsageError(
    `--recipe ${recipe}: expected a recipe that learns whether each item is clicked, found one that learns which is chosen; name one such as attention-bce`,
  );
}
