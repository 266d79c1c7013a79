import { dirname, join } from 'node:path';
import { EFFECTS_TABLE, PICTURE, PICTURE_MARK } from '../../files/file-kinds.ts';
import { COMPARISON_FOLDER } from '../../files/folder-kinds.ts';
import { makeFolder } from '../../files/make-folder.ts';
import { openGrowing } from '../../files/output-folder.ts';
import { checkOutputs, type Output } from '../../files/outputs.ts';
import { writeText } from '../../files/write-text.ts';
import { findEffects } from '../../jobs/effects/find-effects.ts';
import { prepare } from '../../jobs/prepare.ts';
import { runsBelow } from '../../jobs/runs/find-runs.ts';
import { resolveRecipe } from '../../jobs/settings.ts';
import { companyInLog, whySilent } from '../../jobs/worth/company-in-log.ts';
import type { EffectsReport } from '../../measure/effects-report.ts';
import { partnerChart } from '../../print/charts/partner-chart.ts';
import { effectsCsv } from '../../print/csv/effects-csv.ts';
import { effectsText } from '../../print/text/effects-text.ts';
import { listRecipe, settingsOf } from '../asked-settings.ts';
import { Interrupted } from '../exit-codes.ts';
import { abortOnInterrupt } from '../interrupt.ts';
import type { DataArguments } from '../options/data-options.ts';
import type { TrackingArguments } from '../options/tracking-options.ts';
import { printJson } from '../print-json.ts';
import { createReporter } from '../progress.ts';
import { judgeRejects } from '../told-rejects.ts';
import { trackerOf } from '../tracker-of.ts';

export interface EffectsArguments extends DataArguments, TrackingArguments {
  readonly by?: readonly string[];
  readonly price?: string;
  readonly quality?: string;
  readonly within?: string;
  readonly recipe: string;
  readonly proposals: number;
  readonly seeds: number;
  readonly out: string;
  readonly from?: readonly string[];
  readonly csv?: string;
  readonly svg?: string;
}

const POINTWISE = 'pointwise-bce';

export async function runEffects(data: string, options: EffectsArguments): Promise<void> {
  const settings = await settingsOf(options);
  const list = listRecipe(options.recipe, settings);
  const pointwise = resolveRecipe(POINTWISE, settings);
  const { by = [], price, quality, within, proposals, seeds, workers, out, cache, config } = options;
  const reporter = createReporter();
  await checkOutputs(outputsOf(options), { inputs: [data, config || undefined], note: reporter.note });
  const known = await runsBelow(options.from ?? []);
  const signal = abortOnInterrupt();
  const prepared = await prepare(data, {
    ...{ settings, reporter, signal, cacheFolder: cache, configs: [list, pointwise] },
  });
  const silent = whySilent(await companyInLog(prepared.dataset));
  if (silent !== undefined) {
    if (options.json) printJson({ why: silent });
    else process.stdout.write(`This log cannot tell: ${silent}. Nothing was trained.\n`);
  } else {
    await openGrowing(out, COMPARISON_FOLDER);
    const report = await findEffects(prepared, {
      ...{ list, pointwise, by, proposals, workers, reporter, signal, known, folder: out },
      tracker: trackerOf(options, reporter.note),
      seeds: Array.from({ length: seeds }, (_, index) => index + 1),
      classical: { price, quality, within },
    });
    if (!report) throw new Interrupted(`interrupted; the same command goes on from ${out}`);
    await writeFiles(report, options);
    if (options.json) printJson({ ...report, recipe: list.recipe, pointwise: POINTWISE, seeds });
    else process.stdout.write(`${effectsText(report, { recipe: list.recipe })}\n`);
  }
  judgeRejects(prepared.dataset.summary, options.allowRejects, join(prepared.dataset.folder, 'rejected.jsonl'));
}

const outputsOf = ({ out, cache, csv, svg }: EffectsArguments): readonly Output[] => [
  { path: out, growing: COMPARISON_FOLDER },
  { path: cache, cache: true },
  ...(csv === undefined ? [] : [{ path: csv, file: EFFECTS_TABLE }]),
  ...(svg === undefined ? [] : [{ path: svg, file: PICTURE }]),
];

async function writeFiles(report: EffectsReport, { by: [field] = [], csv, svg }: EffectsArguments): Promise<void> {
  if (csv !== undefined) {
    await makeFolder(dirname(csv));
    await writeText(csv, effectsCsv(report));
    process.stderr.write(`table: ${csv}\n`);
  }
  const partners = report.families.find(({ by }) => by === field)?.partners;
  if (svg === undefined || !partners) return;
  const { markup } = partnerChart(partners, { by: field });
  await makeFolder(dirname(svg));
  await writeText(svg, markup.replace('<svg ', `<svg ${PICTURE_MARK} `));
  process.stderr.write(`heat map: ${svg}\n`);
}
