import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { PICTURE, REPORT_PAGE } from '../../files/file-kinds.ts';
import { makeFolder } from '../../files/make-folder.ts';
import { checkOutputs } from '../../files/outputs.ts';
import { writeText } from '../../files/write-text.ts';
import { resultsOf } from '../../jobs/report/result-files.ts';
import { comparedAgain, storedComparison } from '../../jobs/report/stored-comparison.ts';
import { storedCurves } from '../../jobs/report/stored-curves.ts';
import { findRuns } from '../../jobs/runs/find-runs.ts';
import type { ReportContents } from '../../print/html/report-page.ts';
import { InputError } from '../../slate/input-error.ts';
import { createReporter } from '../progress.ts';
import { pictureText } from '../write-heat-map.ts';

export interface ReportArguments {
  readonly out?: string;
  readonly images?: string;
  readonly baseline?: string;
  readonly with?: readonly string[];
  readonly from?: readonly string[];
}

export async function runReport(folder: string, options: ReportArguments): Promise<void> {
  const contents = await contentsOf(folder, options);
  // The chart library takes a second to load; only this needs it.
  const { reportPage } = await import('../../print/html/report-page.ts');
  const { pageMarkup } = await import('../../print/html/page.ts');
  const { pictureFile } = await import('../../print/charts/picture.ts');
  const page = reportPage(contents);
  const out = options.out ?? (contents.comparison ? join(folder, 'report.html') : 'report.html');
  const pictures = options.images === undefined ? [] : page.sections.flatMap((section) => section.pictures);
  const files = pictures.map((picture) => ({
    path: join(options.images ?? '', `${fileName(picture.name)}.svg`),
    text: pictureText(pictureFile(picture)),
  }));
  await checkOutputs([{ path: out, file: REPORT_PAGE }, ...files.map(({ path }) => ({ path, file: PICTURE }))], {
    inputs: [folder, ...(options.with ?? [])],
    note: createReporter().note,
  });
  await makeFolder(resolve(out, '..'));
  await writeText(out, pageMarkup(page));
  if (options.images !== undefined) await makeFolder(options.images);
  for (const { path, text } of files) await writeText(path, text);
  process.stdout.write(
    `${page.headline}\nreport: ${out}\n${files.length > 0 ? `pictures: ${files.length} in ${options.images}\n` : ''}`,
  );
}

async function contentsOf(folder: string, options: ReportArguments): Promise<ReportContents> {
  const { baseline, from = [] } = options;
  const stored = await storedComparison(folder);
  const results = await resultsOf(folder, options.with ?? []);
  const name = basename(resolve(folder));
  if (stored) {
    const comparison = baseline === undefined ? stored : await comparedAgain(folder, stored, { baseline, from });
    return { name, comparison, ...results };
  }
  if (baseline !== undefined)
    throw new InputError(
      `--baseline ${baseline}: expected the folder of a comparison, found no report.json in ${folder}; name another folder, or leave it out`,
      'invalid-option',
    );
  const runs = await findRuns(folder);
  if (runs.length === 0 && Object.keys(results).length === 0)
    throw new InputError(
      `${folder}: expected a comparison, trainings or a model, found neither report.json nor run.json in or below it; make one with npx slatewise compare <data> --out ${folder}`,
      'file-not-found',
    );
  const configs = await Promise.all(
    runs.map(async ({ folder: place, recipe }) => {
      const text = await readFile(join(place, 'config.json'), 'utf8').catch(() => undefined);
      return text === undefined ? [] : [[recipe, JSON.parse(text) as unknown] as const];
    }),
  );
  const trainings = { runs, curves: await storedCurves(runs), configs: Object.fromEntries(configs.flat()) };
  return { name, ...(runs.length > 0 ? { trainings } : {}), ...results };
}

/** Recipes and fields may have any name. */
const fileName = (name: string): string => name.replace(/[^\w.-]+/g, '-').replace(/^[.-]+/, '') || 'picture';
