import { exportModel } from '../../export/export-model.ts';
import { EXPORT_FOLDER } from '../../files/folder-kinds.ts';
import { checkOutputs } from '../../files/outputs.ts';
import { loadModel } from '../../scoring/model-folder.ts';
import { kindsIn } from '../asked-settings.ts';
import { printJson } from '../print-json.ts';
import { createReporter } from '../progress.ts';

export interface ExportArguments {
  /** False: `--no-config`. */
  readonly config?: string | false;
  readonly format: 'onnx';
  readonly out?: string;
  readonly json?: boolean;
}

export async function runExport(folder: string, options: ExportArguments): Promise<void> {
  // A slash at the end must not put it into the model.
  const out = options.out ?? `${folder.replace(/[\\/]+$/, '')}.onnx`;
  await checkOutputs([{ path: out, folder: EXPORT_FOLDER }], { inputs: [folder], note: createReporter().note });
  const stored = await loadModel(folder, await kindsIn(options));
  const { lists, difference } = await exportModel(out, stored);
  if (options.json) return printJson({ folder: out, lists, difference });
  process.stdout.write(
    `exported to ${out}: checked with ${lists} lists, probabilities differ from score by ${difference.toExponential(1)} at most\n`,
  );
}
