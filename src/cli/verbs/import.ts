import { join } from 'node:path';
import { Command } from 'commander';
import { openDataset } from '../../datasets/folder/dataset.ts';
import { importLog, rejectedBeside } from '../../datasets/import/import-log.ts';
import { fieldNotes } from '../../encoding/schema/kind-doubts.ts';
import { inferSchema } from '../../encoding/schema/schema.ts';
import { REJECTED_LINES } from '../../files/file-kinds.ts';
import { DATASET_FOLDER } from '../../files/folder-kinds.ts';
import { checkOutputs } from '../../files/outputs.ts';
import type { ColumnMap } from '../../sources/csv/column-map.ts';
import { abortOnInterrupt } from '../interrupt.ts';
import { logSource, mapOption } from '../options/map-option.ts';
import {
  allowRejectsOption,
  configOption,
  firstPositionOption,
  judgeRejects,
  printJson,
  settingsOf,
} from '../options/options.ts';
import { createReporter } from '../progress.ts';
import { schemaTable, summaryLines } from '../summary-text.ts';

interface ImportOptions {
  readonly out: string;
  readonly map?: ColumnMap;
  readonly config?: string;
  readonly firstPosition?: number;
  readonly allowRejects: number;
  readonly json?: boolean;
}

export function importCommand(): Command {
  return new Command('import')
    .description(
      'Read an event log into a data set folder: check every line, join clicks to their lists, guess what fields mean.',
    )
    .argument('<log>', 'event log of JSON lines (or CSV with --map), plain or .gz; - is standard input')
    .requiredOption('--out <folder>', 'the data set folder')
    .addOption(mapOption())
    .addOption(configOption())
    .addOption(firstPositionOption())
    .addOption(allowRejectsOption())
    .option('--json', 'print summary and schema as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  slatewise import events.jsonl.gz --out data/mine\n  slatewise import searches.csv --map list=search_id,user=user,time=shown_at,item=salon,clicked=clicked --out data/mine',
    )
    .action(async (log: string, options: ImportOptions) => {
      const reporter = createReporter();
      const signal = abortOnInterrupt();
      const settings = await settingsOf(options);
      const outputs = [
        { path: options.out, folder: DATASET_FOLDER },
        { path: rejectedBeside(options.out), file: REJECTED_LINES },
      ];
      await checkOutputs(outputs, { inputs: [log, options.config], note: reporter.note });
      const summary = await importLog(logSource(log, options.map), options.out, {
        joinWindow: settings.joinWindow,
        labelTypes: settings.labelTypes,
        firstPosition: settings.firstPosition,
        onProgress: (done) => {
          signal.throwIfAborted();
          reporter.progress({ task: 'import', done, unit: 'lines' });
        },
      });
      reporter.done('import');
      const { fields } = await openDataset(options.out);
      const schema = inferSchema(fields, settings.fields);
      for (const note of fieldNotes(fields, schema, settings.fields)) reporter.note(note);
      if (options.json) printJson({ summary, schema });
      else
        process.stdout.write(
          `${summaryLines(summary)}\n\n${schemaTable(fields, schema, { ...summary, overrides: settings.fields })}\n`,
        );
      judgeRejects(summary, options.allowRejects, join(options.out, 'rejected.jsonl'));
    });
}
