/** Legend: R decodings, T earlier outputs, D width, E = D + 1: an output, and 1 where there is one. */

import type { Rng } from '../random/rng.ts';
import { absence } from '../tensor/absent.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { concat, constant } from './leaves.ts';
import { createLinear, type Linear, linear } from './linear.ts';
import { createParameter, glorot, normal, type Parameter } from './parameter.ts';

export type IntraAttention = { readonly earlier: Parameter; readonly query: Linear; readonly weight: Parameter };

export function createIntraAttention(rng: Rng, width: number): IntraAttention {
  return {
    earlier: createParameter([width, width], glorot(rng.split('earlier'), width, width)),
    query: createLinear(rng.split('query'), { inputs: width, outputs: width }),
    weight: createParameter([width, 1], normal(rng.split('weight'), Math.sqrt(1 / width))),
  };
}

/** [R, 1, E]: an output of a decoder as a row among the earlier ones. */
export const asEarlier = (outputRD: Tensor): Tensor => {
  const [R, D] = outputRD.shape;
  return concat([outputRD, constant([1], [1, 1]).broadcastTo([R, 1])], 1).reshape([R, 1, Number(D) + 1]);
};

/**
 * What a decoder makes of its earlier outputs: d = sum over s of softmax_s(v . tanh(W' h_s + W h + b)) h_s, [R, D]; zero where there is none. As in the code that the authors
 * of Exact-K published. Rows of zeros are no outputs.
 */
export function intraAttention(
  layer: IntraAttention,
  { earlierRTE, outputRD }: { readonly earlierRTE: Tensor; readonly outputRD: Tensor },
): Tensor {
  const [R, D] = outputRD.shape;
  const T = earlierRTE.shape[1];
  const width = Number(D);
  const hRTD = earlierRTE.slice(2, 0, width);
  const isThereR1T = earlierRTE.slice(2, width, width + 1).reshape([R, 1, T]);
  const projectedRTD = hRTD.flattenRows().matmul(layer.earlier.tensor).reshape([R, T, D]);
  const hiddenRTD = projectedRTD.add(linear(layer.query, outputRD).reshape([R, 1, D])).tanh();
  const scoresR1T = hiddenRTD.flattenRows().matmul(layer.weight.tensor).reshape([R, 1, T]);
  const sharesR1T = scoresR1T.mul(isThereR1T).add(absence(isThereR1T)).softmax(-1).mul(isThereR1T);
  return sharesR1T.matmul(hRTD).reshape([R, D]);
}
