import { Command } from 'commander';
import type { ReportArguments } from '../actions/report.ts';
import { configOption, fromOption } from '../options/options.ts';

export function reportCommand(): Command {
  return new Command('report')
    .description(
      'Make one page of a comparison, of trainings or of a model: what it says in words, then pictures, tables and how it was measured. It opens without a network.',
    )
    .argument('<folder>', 'folder of compare, worth, effects, diagnose, tune or train')
    .option('--out <file>', 'the page (default: report.html in the folder of a comparison, else here)')
    .option('--images <folder>', 'also write each picture as an SVG into this folder')
    .option('--baseline <recipe>', 'hold the recipes of a comparison against this one instead; nothing is trained')
    .option(
      '--with <result>',
      'also show what worth, effects or diagnose found: the folder of its --out, or its JSON file; may be given several times',
      (place: string, before: readonly string[] = []) => [...before, place],
    )
    .addOption(fromOption())
    .addOption(configOption())
    .addHelpText(
      'after',
      `
Examples:
  npx slatewise report runs/mine --out report.html
  npx slatewise report runs/mine --baseline pointwise-bce --images pictures
  npx slatewise report runs/mine --with runs/worth --with runs/effects
  npx slatewise report models/a`,
    )
    .action(async (folder: string, options: ReportArguments) => {
      const { runReport } = await import('../actions/report.ts');
      await runReport(folder, options);
    });
}
