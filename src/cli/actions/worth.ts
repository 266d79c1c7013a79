import { join } from 'node:path';
import { COMPARISON_FOLDER } from '../../files/folder-kinds.ts';
import { openGrowing } from '../../files/output-folder.ts';
import { checkOutputs } from '../../files/outputs.ts';
import { prepare } from '../../jobs/prepare.ts';
import { runsBelow } from '../../jobs/runs/find-runs.ts';
import { resolveRecipe } from '../../jobs/settings.ts';
import { companyInLog, whySilent } from '../../jobs/worth/company-in-log.ts';
import { judgeWorth } from '../../jobs/worth/judge-worth.ts';
import { worthText } from '../../print/text/worth-text.ts';
import { listRecipe, settingsOf } from '../asked-settings.ts';
import { Interrupted } from '../exit-codes.ts';
import { abortOnInterrupt } from '../interrupt.ts';
import type { DataArguments } from '../options/data-options.ts';
import type { TrackingArguments } from '../options/tracking-options.ts';
import { printJson } from '../print-json.ts';
import { createReporter } from '../progress.ts';
import { judgeRejects } from '../told-rejects.ts';
import { trackerOf } from '../tracker-of.ts';

export interface WorthArguments extends DataArguments, TrackingArguments {
  readonly recipe: string;
  readonly seeds: number;
  /** In per cent. */
  readonly least: number;
  readonly out: string;
  readonly from?: readonly string[];
}

const POINTWISE = 'pointwise-bce';

export async function runWorth(data: string, options: WorthArguments): Promise<void> {
  const settings = await settingsOf(options);
  const list = listRecipe(options.recipe, settings);
  const pointwise = resolveRecipe(POINTWISE, settings);
  const { seeds, workers, out, cache, config } = options;
  const reporter = createReporter();
  await checkOutputs(
    [
      { path: out, growing: COMPARISON_FOLDER },
      { path: cache, cache: true },
    ],
    { inputs: [data, config || undefined], note: reporter.note },
  );
  const known = await runsBelow(options.from ?? []);
  const signal = abortOnInterrupt();
  const prepared = await prepare(data, {
    ...{ settings, reporter, signal, cacheFolder: cache, configs: [list, pointwise] },
  });
  const company = await companyInLog(prepared.dataset);
  const silent = whySilent(company);
  if (silent !== undefined) {
    if (options.json) printJson({ verdict: 'cannot tell', why: silent, company });
    else process.stdout.write(`This log cannot tell: ${silent}. Nothing was trained.\n`);
  } else {
    await openGrowing(out, COMPARISON_FOLDER);
    const tracker = trackerOf(options, reporter.note);
    const worth = await judgeWorth(prepared, {
      ...{ list, pointwise, workers, reporter, signal, tracker, known, folder: out, least: options.least / 100 },
      seeds: Array.from({ length: seeds }, (_, index) => index + 1),
    });
    if (!worth) throw new Interrupted(`interrupted; the same command goes on from ${out}`);
    if (options.json) printJson({ ...worth, recipe: list.recipe, pointwise: POINTWISE, seeds, company });
    else process.stdout.write(`${worthText(worth, { recipe: list.recipe, seeds })}\n`);
  }
  judgeRejects(prepared.dataset.summary, options.allowRejects, join(prepared.dataset.folder, 'rejected.jsonl'));
}
