import { dropout } from '../../nn/dropout.ts';
import { createGru, type Gru, gru } from '../../nn/gru.ts';
import { createLayerNorm, type LayerNorm, layerNorm } from '../../nn/layer-norm.ts';
import { createLinear, type Linear, linear } from '../../nn/linear.ts';
import type { Scorer } from '../scorer.ts';
import { createEncoder, type Encoder, encode } from '../shared/encoder.ts';
import { createHead, type Head, head } from '../shared/head.ts';

export type DlcmLayer = {
  readonly encoder: Encoder;
  readonly norm: LayerNorm;
  readonly gru: Gru;
  readonly context: Linear;
  readonly head: Head;
};

/**
 * Deep listwise context model (Ai et al., SIGIR 2018): a GRU reads the list from its last item to its first, so that the best ranked weigh most in the final
 * state s; phi(o_i, s) = V . (o_i * tanh(W s + b)) (equation 5). The first stage's ranking is the logged order.
 */
export const dlcmScorer: Scorer = {
  kind: 'scorer',
  name: 'dlcm',
  seesCompany: true,
  // The recurrence knows the order of the list whether or not a position is fed.
  seesPosition: () => true,
  create(rng, { config, spec }): DlcmLayer {
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
