import { Command, Option } from 'commander';
import type { ExportArguments } from '../actions/export.ts';
import { configOption } from '../options/options.ts';

export function exportCommand(): Command {
  return new Command('export')
    .description(
      'Write a model as others can use it without Slatewise: one ONNX file that reads ids, raw numbers and texts, its memory as Parquet tables, and a Python module.',
    )
    .argument('<model>', 'model folder')
    .addOption(new Option('--format <name>', 'the form of the model file').choices(['onnx']).default('onnx'))
    .option('--out <folder>', 'the folder to write (default: <model>.onnx)')
    .addOption(configOption())
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  npx slatewise export models/a --format onnx --out exports/a')
    .action(async (folder: string, options: ExportArguments) => {
      const { runExport } = await import('../actions/export.ts');
      await runExport(folder, options);
    });
}
