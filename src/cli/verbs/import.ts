import { Command } from 'commander';
import type { ImportArguments } from '../actions/import.ts';
import { mapOption } from '../options/map-option.ts';
import {
  allowRejectsOption,
  configOption,
  firstPositionOption,
  sinceOption,
  workersOption,
} from '../options/options.ts';

export function importCommand(): Command {
  return new Command('import')
    .description(
      'Read an event log into a data set folder: check every line, join clicks to their lists, guess what fields mean.',
    )
    .argument(
      '<log>',
      'event log of JSON lines, plain or .gz; - is standard input; or tables whose columns the settings tell: CSV, Parquet (a file, a folder, a pattern), a .sql or .duckdb file, postgres://host/database; or the journal of a server: its folder, or redis://host:port/0?journal=name',
    )
    .option(
      '--out <folder>',
      'the data set folder; a CSV file without --map is looked at and its command proposed, which needs none',
    )
    .option(
      '--guess',
      'propose from names, types and first rows which column holds what, print it for the settings, and import nothing',
    )
    .addOption(mapOption())
    .addOption(configOption())
    .addOption(firstPositionOption())
    .addOption(allowRejectsOption())
    .addOption(sinceOption())
    .addOption(workersOption('threads that read a long log of JSON lines; the data set does not depend on it'))
    .option(
      '--append',
      'add to the data set what is later than all that it has, without reading the rest again; the same again adds nothing',
    )
    .option('--json', 'print summary and schema as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  npx slatewise import events.jsonl.gz --out data/mine\n  npx slatewise import searches.csv --map list=search_id,user=user,time=shown_at,item=salon,clicked=clicked --out data/mine\n  npx slatewise import impressions.parquet --guess\n  npx slatewise import impressions.parquet --config slatewise.config.json --out data/mine\n  npx slatewise import journal --out data/served',
    )
    .action(async (log: string, options: ImportArguments) => {
      const { runImport } = await import('../actions/import.ts');
      await runImport(log, options);
    });
}
