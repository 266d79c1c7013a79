/** Legend: B batch, K slate, D width, U units. */

import { dropout } from '../../nn/dropout.ts';
import { createGru, type Gru, gru } from '../../nn/gru.ts';
import { createLayerNorm, type LayerNorm, layerNorm } from '../../nn/layer-norm.ts';
import { createLinear, type Linear, linear } from '../../nn/linear.ts';
import { fill } from '../../nn/parameter.ts';
import type { Rng } from '../../random/rng.ts';
import type { Scorer } from '../scorer.ts';
import { createEncoder, type Encoder, encode } from '../shared/encoder.ts';
import { createHead, type Head, head, outputsOf } from '../shared/head.ts';
import type { ScorerConfig } from '../shared/scorer-config.ts';

export type DlcmLayer = {
  readonly encoder: Encoder;
  readonly norm: LayerNorm;
  readonly gru: Gru;
  readonly context: Linear;
  readonly head: Head;
};

/** W_u and b_u side by side, and the V that weighs the units. */
export type PublishedDlcmLayer = {
  readonly encoder: Encoder;
  readonly gru: Gru;
  readonly context: Linear;
  readonly units: Linear;
};

/**
 * Deep listwise context model (Ai et al., SIGIR 2018): a GRU reads the list from its last item to its first, so that the best ranked weigh most in the final
 * state s. The first stage's ranking is the logged order. The paper's phi(o_i, s) = sum_u V_u (o_i . tanh(W_u s + b_u)), with `heads` units u, is that of
 * `publishedBlocks`. By default there is one W, a weight for each number of o_i * tanh(W s + b), and the item's own vector beside it.
 */
export const dlcmScorer: Scorer = {
  kind: 'scorer',
  name: 'dlcm',
  seesCompany: true,
  // The recurrence knows the order of the list whether or not a position is fed.
  seesPosition: () => true,
  create(rng, { config, spec }): DlcmLayer | PublishedDlcmLayer {
    if (config.publishedBlocks)
      return { encoder: createEncoder(rng.split('encoder'), { config, spec }), ...createPublished(rng, config) };
    const square = { inputs: config.width, outputs: config.width };
    return {
      encoder: createEncoder(rng.split('encoder'), { config, spec }),
      norm: createLayerNorm(config.width),
      gru: createGru(rng.split('gru'), { inputs: config.width, width: config.width }),
      context: createLinear(rng.split('context'), square),
      head: createHead(rng.split('head'), config),
    };
  },
  score(layer, inputs, options) {
    if (options.config.publishedBlocks) return scorePublished(layer as PublishedDlcmLayer, inputs, options);
    const { encoder, norm, gru: recurrence, context, head: last } = layer as DlcmLayer;
    const { config } = options;
    const encoded = encode(encoder, inputs, options);
    const { statesBKD, finalBD } = gru(recurrence, layerNorm(norm, encoded.slotsBKD), inputs.maskBK, {
      steps: config.listLength,
      reverse: true,
    });
    const listB1D = linear(context, finalBD).tanh().reshape(['B', 1, config.width]);
    const drop = { rate: config.dropout, rng: options.rng };
    // The item's own vector stays: through many steps of a recurrence little of it would be left.
    const hiddenBKD = encoded.slotsBKD.add(dropout(statesBKD.mul(listB1D), drop));
    return head(last, hiddenBKD, { encoded, inputs, kind: config.head });
  },
};

/** As in every scorer a fresh model says "the average" of every item. */
function createPublished(
  rng: Rng,
  { width, heads, baseRate, head: kind }: ScorerConfig,
): Omit<PublishedDlcmLayer, 'encoder'> {
  const units = createLinear(rng.split('head'), {
    inputs: heads,
    outputs: kind === 'joint' ? 2 : 1,
    initialise: fill(0),
  });
  units.bias.initial[0] = Math.log(baseRate / (1 - baseRate));
  return {
    gru: createGru(rng.split('gru'), { inputs: width, width }),
    context: createLinear(rng.split('context'), { inputs: width, outputs: heads * width }),
    units,
  };
}

function scorePublished(
  { encoder, gru: recurrence, context, units }: PublishedDlcmLayer,
  inputs: Parameters<Scorer['score']>[1],
  options: Parameters<Scorer['score']>[2],
): ReturnType<Scorer['score']> {
  const { width, heads, listLength, head: kind } = options.config;
  const encoded = encode(encoder, inputs, options);
  const { statesBKD, finalBD } = gru(recurrence, encoded.slotsBKD, inputs.maskBK, { steps: listLength, reverse: true });
  const contextBUD = linear(context, finalBD).tanh().reshape(['B', heads, width]);
  const lastBK1 = linear(units, statesBKD.matmul(contextBUD, { transposeB: true }));
  return outputsOf(lastBK1, { itemVectorsBKD: statesBKD, encoded, inputs, kind });
}
