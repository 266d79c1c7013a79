/** Legend: B batch, K slate, L places of a card, D width, P = H hidden width of the card. */

import { dropout } from '../../nn/dropout.ts';
import { concat } from '../../nn/leaves.ts';
import { createLinear, type Linear, linear } from '../../nn/linear.ts';
import { fill } from '../../nn/parameter.ts';
import type { Rng } from '../../random/rng.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { Scorer } from '../scorer.ts';
import { createEncoder, type Encoder, encode } from '../shared/encoder.ts';
import { createHead, type Head, head } from '../shared/head.ts';

export type ExactKLayer = {
  readonly encoder: Encoder;
  readonly item: Linear;
  readonly card: Linear;
  readonly place: Linear;
  readonly own: Linear;
  readonly cardLogit: Linear;
  readonly head: Head;
};

/** Width of an item's vector within the card, as in the paper's embeddings. */
const CARD_ITEM = 16;
const CARD_HIDDEN = 128;

/**
 * The reward model of Exact-K (Gong et al., KDD 2019, section 4.3): user vector, the K item vectors and their K products with the user vector side by side, one
 * dense layer of 128, a sigmoid: was anything on this card clicked. For click logits of single items, which the paper does not need, each item's own vector
 * meets the card's hidden layer. Cards longer than any trained on are read up to that length.
 */
export const exactKScorer: Scorer = {
  kind: 'scorer',
  name: 'exact-k',
  seesCompany: true,
  personal: true,
  readsUser: true,
  learnsSlateLogit: true,
  // Items stand side by side in the card's input: their order is known.
  seesPosition: () => true,
  create(rng, { config, spec }): ExactKLayer {
    const L = config.listLength;
    const make = (name: string, inputs: number, outputs: number): Linear =>
      createLinear(rng.split(name), { inputs, outputs });
    return {
      encoder: createEncoder(rng.split('encoder'), { config, spec }),
      item: make('item', config.width, CARD_ITEM),
      card: make('card', config.width + L * (CARD_ITEM + 1), CARD_HIDDEN),
      place: make('place', CARD_HIDDEN, config.width),
      own: make('own', config.width, config.width),
      cardLogit: createCardLogit(rng.split('card logit'), config.slateRate),
      head: createHead(rng.split('head'), config),
    };
  },
  score(layer, inputs, options) {
    const { encoder, item, card, place, own, cardLogit, head: last } = layer as ExactKLayer;
    const { config } = options;
    const [L, D] = [config.listLength, config.width];
    const encoded = encode(encoder, inputs, options);
    const presentBK1 = inputs.maskBK.reshape(['B', 'K', 1]);
    const userBD = encoded.userBD;
    const productsBK1 = encoded.slotsBKD.matmul(userBD.reshape(['B', D, 1])).mul(1 / Math.sqrt(D));
    const columnsBKC = concat([linear(item, encoded.slotsBKD), productsBK1], 2).mul(presentBK1);
    const cardBC = columnsBKC.fit(1, L).reshape(['B', L * (CARD_ITEM + 1)]);
    const drop = { rate: config.dropout, rng: options.rng };
    const hiddenBP = dropout(linear(card, concat([userBD, cardBC], 1)).relu(), drop);
    const hiddenBKD = linear(own, encoded.slotsBKD)
      .add(linear(place, hiddenBP).reshape(['B', 1, D]))
      .relu();
    const outputs = head(last, encoded.slotsBKD.add(dropout(hiddenBKD, drop)), { encoded, inputs, kind: config.head });
    return { ...outputs, slateLogitB: slateLogit(cardLogit, hiddenBP) };
  },
};

/** As the items' head: a fresh model says "the average" of every card. */
function createCardLogit(rng: Rng, slateRate: number): Linear {
  const logit = createLinear(rng, { inputs: CARD_HIDDEN, outputs: 1, initialise: fill(0) });
  logit.bias.initial[0] = Math.log(slateRate / (1 - slateRate));
  return logit;
}

const slateLogit = (layer: Linear, hiddenBP: Tensor): Tensor => linear(layer, hiddenBP).reshape(['B']);
