/** Legend: B batch, K slate, L steps, D width, I input width. */

import type { Rng } from '../random/rng.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { concat, constant } from './leaves.ts';
import { createLinear, type Linear, linear } from './linear.ts';
import { createParameter, fill, normal, type Parameter } from './parameter.ts';

/** Reset, update and candidate side by side, as in most libraries: input [I, 3D], state [D, 3D]. */
export type Gru = { readonly input: Linear; readonly state: Parameter; readonly stateBias: Parameter };

/** A fresh layer. */
export function createGru(rng: Rng, { inputs, width }: { inputs: number; width: number }): Gru {
  return {
    input: createLinear(rng.split('input'), { inputs, outputs: 3 * width }),
    state: createParameter([width, 3 * width], normal(rng.split('state'), Math.sqrt(1 / width))),
    stateBias: createParameter([3 * width], fill(0)),
  };
}

/** How a slate is read. */
export interface GruOptions {
  /** L: the recurrence is unrolled so far. Items beyond it, in slates longer than any that was trained on, share the last state. */
  readonly steps: number;
  /** From the last item of each slate to its first. */
  readonly reverse?: boolean;
}

/** What a recurrent layer gives. */
export interface GruOutputs {
  /** The state after each item, in the order of the slate; 0 on padding. */
  readonly statesBKD: Tensor;
  /** After the last item that was read. */
  readonly finalBD: Tensor;
}

/**
 * Gated recurrent unit over the items of each slate (Cho et al. 2014, equations 5-8, with the reset gate after the product as in cuDNN and PyTorch):
 * r = sigmoid(W_r x + U_r h), u = sigmoid(W_u x + U_u h), n = tanh(W_n x + r * (U_n h + b)), h' = (1 - u) * n + u * h. Padding leaves the state as it is.
 */
export function gru(layer: Gru, xBKI: Tensor, maskBK: Tensor, { steps, reverse = false }: GruOptions): GruOutputs {
  const [B, K] = maskBK.shape;
  const D = Number(layer.state.shape[0]);
  // What does not depend on the state is one product for all steps.
  const projectedBLG = linear(layer.input, xBKI).fit(1, steps);
  const presentBL1 = maskBK.fit(1, steps).reshape([B, steps, 1]);
  const at = (sequence: Tensor, step: number): Tensor =>
    sequence.slice(1, step, step + 1).reshape([B, sequence.shape[2]]);

  let stateBD = maskBK
    .sum(1, { keep: true })
    .mul(0)
    .mul(constant(new Float32Array(D), [1, D]));
  const states: Tensor[] = new Array(steps);
  for (let turn = 0; turn < steps; turn++) {
    const step = reverse ? steps - 1 - turn : turn;
    const presentB1 = at(presentBL1, step);
    const nextBD = cell(layer, at(projectedBLG, step), stateBD);
    stateBD = stateBD.add(nextBD.sub(stateBD).mul(presentB1));
    states[step] = stateBD.mul(presentB1).reshape([B, 1, D]);
  }
  const readBLD = concat(states, 1);
  const beyondBK1 = maskBK.sub(maskBK.fit(1, steps).fit(1, K)).reshape([B, K, 1]);
  return { statesBKD: readBLD.fit(1, K).add(beyondBK1.mul(stateBD.reshape([B, 1, D]))), finalBD: stateBD };
}

/** One step: `projectedBG` is the input's share of the gates, from `layer.input`. */
function cell(layer: Gru, projectedBG: Tensor, stateBD: Tensor): Tensor {
  const D = Number(layer.state.shape[0]);
  const fromStateBG = stateBD.linear(layer.state.tensor, layer.stateBias.tensor);
  const gate = (gates: Tensor, index: number): Tensor => gates.slice(1, index * D, (index + 1) * D);
  const reset = gate(projectedBG, 0).add(gate(fromStateBG, 0)).sigmoid();
  const update = gate(projectedBG, 1).add(gate(fromStateBG, 1)).sigmoid();
  const candidate = gate(projectedBG, 2)
    .add(reset.mul(gate(fromStateBG, 2)))
    .tanh();
  return candidate.add(update.mul(stateBD.sub(candidate)));
}
