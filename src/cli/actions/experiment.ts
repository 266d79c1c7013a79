import { resolve } from 'node:path';
import { REPORT_PAGE } from '../../files/file-kinds.ts';
import { makeFolder } from '../../files/make-folder.ts';
import { checkOutputs } from '../../files/outputs.ts';
import { writeText } from '../../files/write-text.ts';
import { warning } from '../../jobs/reporter.ts';
import type { ExperimentData } from '../../measure/experiment/experiment-report.ts';
import { judgeExperiment } from '../../measure/experiment/judge-experiment.ts';
import { experimentText } from '../../print/text/experiment-text.ts';
import { collectExperiments } from '../../serve/experiments/collect-experiments.ts';
import { isRedisAddress } from '../../serve/replicas/redis-address.ts';
import { InputError } from '../../slate/input-error.ts';
import { unknownName } from '../../slate/nearest-name.ts';
import { openReadableJournal } from '../open-journal.ts';
import { printJson } from '../print-json.ts';
import { createReporter } from '../progress.ts';

export interface ExperimentArguments {
  readonly name?: string;
  readonly value?: string;
  readonly labelTypes: readonly string[];
  readonly html?: string;
  readonly json?: boolean;
}

export async function runExperiment(place: string, options: ExperimentArguments): Promise<void> {
  const { name, html: page, json } = options;
  const { note } = createReporter();
  if (page !== undefined)
    await checkOutputs([{ path: page, file: REPORT_PAGE }], {
      inputs: [isRedisAddress(place) ? undefined : place],
      note,
    });
  const { name: journal, found } = await collect(place, options);
  if (found.length === 0)
    throw new InputError(
      `${journal}: expected answers of an experiment, found none; start the server with --experiments`,
      'no-lists',
    );
  const names = found.map((experiment) => experiment.name);
  if (name !== undefined && !names.includes(name))
    throw new InputError(`--name: ${unknownName(name, names)}`, 'unknown-name');
  const reports = found
    .filter((experiment) => name === undefined || experiment.name === name)
    .map((experiment) => judgeExperiment(experiment));
  if (page !== undefined) {
    const { experimentPage } = await import('../../print/html/experiment-page.ts');
    const { pageMarkup } = await import('../../print/html/page.ts');
    await makeFolder(resolve(page, '..'));
    await writeText(page, pageMarkup(experimentPage(reports, journal)));
  }
  if (json) printJson(reports);
  else process.stdout.write(`${reports.map((report) => experimentText(report, (_, text) => text)).join('\n\n')}\n`);
}

/** The name is for people: that of a journal in Redis has no password. */
async function collect(
  place: string,
  { value, labelTypes }: ExperimentArguments,
): Promise<{ readonly name: string; readonly found: readonly ExperimentData[] }> {
  const { journal, name, close } = await openReadableJournal(place);
  try {
    const before = await journal.startOf(Number.POSITIVE_INFINITY);
    if (before > 0)
      createReporter().note(
        warning(`${name}: the first ${before} entries were removed; what was shown and clicked then is not counted`),
      );
    return { name, found: await collectExperiments(journal, { valueField: value, labelTypes }) };
  } finally {
    close();
  }
}
