import { gradients } from '../../graph/gradients.ts';
import type { Network } from '../../models/model.ts';
import { tableInputs } from '../../models/tables/embedding-tables.ts';
import { flatGradient, flatGradientName } from '../../runtime/flat-gradient.ts';
import { createFlatLayout, type FlatLayout, gradientName } from '../../runtime/job.ts';
import type { Tensor } from '../../tensor/tensor.ts';

export interface GradientOutputs {
  /** Those of embedded inputs under `gradientName`, those of all trained parameters as one under `flatGradientName`. */
  readonly outputs: Readonly<Record<string, Tensor>>;
  /** The parameters that the loss depends on, end to end. */
  readonly layout: FlatLayout;
}

/**
 * The gradients of a loss by these embedded inputs and parameters. Embedded inputs come first: ONNX Runtime starts with what ends in the last output, and theirs
 * end in the whole backward chain. Were it run first, every weight's gradient would find its factors gone from the cache.
 */
export function gradientOutputs(
  model: Network,
  loss: Tensor,
  { tables, names }: { readonly tables: readonly string[]; readonly names: readonly string[] },
): GradientOutputs {
  const embedded = Object.values(tableInputs).filter((name) => tables.includes(name) && model.inputs[name]);
  const wanted = [
    ...embedded.map((name) => model.inputs[name] as Tensor),
    ...names.map((name) => model.parameters[name].tensor),
  ];
  const outputs: Record<string, Tensor> = {};
  const trained: Record<string, readonly number[]> = {};
  const flat: Tensor[] = [];
  for (const [index, gradient] of gradients(loss, wanted).entries()) {
    if (!gradient) continue;
    const name = [...embedded, ...names][index];
    if (index < embedded.length) outputs[gradientName(name)] = gradient;
    else {
      trained[name] = model.parameters[name].shape;
      flat.push(gradient);
    }
  }
  if (flat.length > 0) outputs[flatGradientName] = flatGradient(flat);
  return { outputs, layout: createFlatLayout(trained) };
}
