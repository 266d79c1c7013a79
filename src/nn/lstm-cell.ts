/** Legend: B batch, I input width, D width. */

import type { Rng } from '../random/rng.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { createLinear, type Linear, linear } from './linear.ts';
import { createParameter, normal, type Parameter } from './parameter.ts';

/** Input, forget, candidate and output gates side by side: input [I, 4D], state [D, 4D]. */
export type LstmCell = { readonly input: Linear; readonly state: Parameter };

export interface LstmState {
  readonly hiddenBD: Tensor;
  readonly memoryBD: Tensor;
}

export function createLstmCell(rng: Rng, { inputs, width }: { inputs: number; width: number }): LstmCell {
  const input = createLinear(rng.split('input'), { inputs, outputs: 4 * width });
  // What is remembered at first stays: the forget gate starts open (Jozefowicz et al. 2015).
  input.bias.initial.fill(1, width, 2 * width);
  return { input, state: createParameter([width, 4 * width], normal(rng.split('state'), Math.sqrt(1 / width))) };
}

/** c' = f * c + i * g, h' = o * tanh(c') (Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000). */
export function lstmCell(layer: LstmCell, xBI: Tensor, { hiddenBD, memoryBD }: LstmState): LstmState {
  const D = Number(layer.state.shape[0]);
  const gatesBG = linear(layer.input, xBI).add(hiddenBD.matmul(layer.state.tensor));
  const gate = (index: number): Tensor => gatesBG.slice(1, index * D, (index + 1) * D);
  const nextBD = gate(1)
    .sigmoid()
    .mul(memoryBD)
    .add(gate(0).sigmoid().mul(gate(2).tanh()));
  return { hiddenBD: gate(3).sigmoid().mul(nextBD.tanh()), memoryBD: nextBD };
}
