import { join, resolve } from 'node:path';
import { PICTURE, REPORT_PAGE } from '../../files/file-kinds.ts';
import { makeFolder } from '../../files/make-folder.ts';
import { checkOutputs } from '../../files/outputs.ts';
import { writeText } from '../../files/write-text.ts';
import { createReporter } from '../progress.ts';
import { type ContentsOptions, reportContents } from '../report-contents.ts';
import { pictureText } from '../write-heat-map.ts';

export interface ReportArguments extends ContentsOptions {
  readonly out?: string;
  readonly images?: string;
}

export async function runReport(folder: string, options: ReportArguments): Promise<void> {
  const contents = await reportContents(folder, options);
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
  const inputs = [folder, ...(options.with ?? [])];
  await checkOutputs([{ path: out, file: REPORT_PAGE }], { inputs, note: createReporter().note });
  const outputs = files.map(({ path }) => ({ path, file: PICTURE }));
  await checkOutputs(outputs, { inputs: [...inputs, out], note: () => undefined });
  await makeFolder(resolve(out, '..'));
  await writeText(out, pageMarkup(page));
  if (options.images !== undefined) await makeFolder(options.images);
  for (const { path, text } of files) await writeText(path, text);
  process.stdout.write(
    `${page.headline}\nreport: ${out}\n${files.length > 0 ? `pictures: ${files.length} in ${options.images}\n` : ''}`,
  );
}

/** Recipes and fields may have any name. */
const fileName = (name: string): string => name.replace(/[^\w.-]+/g, '-').replace(/^[.-]+/, '') || 'picture';
