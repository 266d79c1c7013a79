/** Legend: R rows (nodes), F sampled neighbours of each, D width, H heads, E = D / H head width. */

import type { Rng } from '../random/rng.ts';
import { absence } from '../tensor/absent.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { type DropoutOptions, dropout } from './dropout.ts';
import { createLinear, type Linear, linear } from './linear.ts';
import { createParameter, normal, type Parameter } from './parameter.ts';

export type GraphAttention = {
  /** W of the node itself and of its neighbours: two kinds of nodes have two. */
  readonly self: Linear;
  readonly neighbour: Linear;
  /** a, one vector of width E a head: of `gat` its two halves, of `gatv2`, which has one for both sides, in `neighbourScore` alone. */
  readonly selfScore: Parameter | undefined;
  readonly neighbourScore: Parameter;
  readonly heads: number;
  readonly version: 'gat' | 'gatv2';
};

export interface GraphAttentionConfig {
  readonly width: number;
  readonly heads: number;
  readonly version: 'gat' | 'gatv2';
}

export function createGraphAttention(rng: Rng, { width, heads, version }: GraphAttentionConfig): GraphAttention {
  if (width % heads !== 0)
    throw new RangeError(`createGraphAttention: width ${width} is not divisible by ${heads} heads`);
  const square = { inputs: width, outputs: width };
  const score = (name: string): Parameter =>
    createParameter([width], normal(rng.split(name), Math.sqrt(heads / width)));
  return {
    self: createLinear(rng.split('self'), square),
    neighbour: createLinear(rng.split('neighbour'), square),
    selfScore: version === 'gat' ? score('self score') : undefined,
    neighbourScore: score('neighbour score'),
    heads,
    version,
  };
}

/** W h_j of every distinct node, before it is gathered to where it is a neighbour: the product is paid once a node, not once an edge. */
export const projectNeighbours = (layer: GraphAttention, nodes: Tensor): Tensor => linear(layer.neighbour, nodes);

/**
 * Graph attention over sampled neighbours and the node itself (Velickovic et al. 2018, equations 3-5): h_i' = sum_j a_ij W h_j,
 * a_ij = softmax_j LeakyReLU(a . [W h_i || W h_j]); heads side by side. `gatv2` scores a . LeakyReLU(W h_i + W h_j), which can rank neighbours differently for
 * different nodes (Brody et al. 2022, equation 7). A node without neighbours attends to itself alone. The nonlinearity around the sum in equation 4 is the
 * caller's affair (docs/systems/graph-attention.md). `shares`: dropout of the shares of attention, in training.
 *
 * nodesRD: [R, D]; neighboursRFD from `projectNeighbours`, gathered: [R, F, D]; maskRF: 1 where there is a neighbour.
 */
export function graphAttention(
  layer: GraphAttention,
  {
    nodesRD,
    neighboursRFD,
    maskRF,
    shares: drop = { rate: 0 },
  }: { nodesRD: Tensor; neighboursRFD: Tensor; maskRF: Tensor; shares?: DropoutOptions },
): Tensor {
  const [R, F, D] = neighboursRFD.shape;
  const { heads: H } = layer;
  const E = Number(D) / H;
  const ownRD = linear(layer.self, nodesRD);
  const ownR1D = ownRD.reshape([R, 1, D]);
  const perHead = (products: Tensor, count: typeof F): Tensor => products.reshape([R, count, H, E]).sum(-1);

  let scoresRFH: Tensor;
  let ownScoreR1H: Tensor;
  if (layer.selfScore) {
    const centreR1H = perHead(ownR1D.mul(layer.selfScore.tensor), 1);
    scoresRFH = leakyRelu(centreR1H.add(perHead(neighboursRFD.mul(layer.neighbourScore.tensor), F)));
    ownScoreR1H = leakyRelu(centreR1H.add(perHead(ownR1D.mul(layer.neighbourScore.tensor), 1)));
  } else {
    scoresRFH = perHead(leakyRelu(ownR1D.add(neighboursRFD)).mul(layer.neighbourScore.tensor), F);
    ownScoreR1H = perHead(leakyRelu(ownR1D.mul(2)).mul(layer.neighbourScore.tensor), 1);
  }
  // The node is its own last neighbour, always present; all shares of a head come from one exponential, shifted by their maximum.
  const absentRF1 = absence(maskRF).reshape([R, F, 1]);
  const presentRFH = scoresRFH.add(absentRF1);
  const topR1H = presentRFH.max(1, { keep: true }).maximum(ownScoreR1H).stopGradient();
  const neighbourRFH = presentRFH.sub(topR1H).exp();
  const ownR1H = ownScoreR1H.sub(topR1H).exp();
  const totalR1H = neighbourRFH.sum(1, { keep: true }).add(ownR1H);
  const spread = (shares: Tensor, count: typeof F): Tensor => shares.reshape([R, count, H, 1]);
  const mixedRHE = neighboursRFD
    .reshape([R, F, H, E])
    .mul(spread(dropout(neighbourRFH.div(totalR1H), drop), F))
    .sum(1);
  const keptRHE = ownRD.reshape([R, H, E]).mul(dropout(ownR1H.div(totalR1H), drop).reshape([R, H, 1]));
  return mixedRHE.add(keptRHE).reshape([R, D]);
}

/** x above 0, 0.2 x below. */
const leakyRelu = (x: Tensor): Tensor => x.mul(SLOPE).add(x.relu().mul(1 - SLOPE));
const SLOPE = 0.2;
