/** Legend: B batch, K slate, P = K^k ordered prefixes before the impossible ones are masked. */

import { z } from 'zod';
import { oneOf } from '../slate/strict-schema.ts';
import { absence } from '../tensor/absent.ts';
import type { Dimension } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { perClickedList } from './counts.ts';
import { logShares } from './listwise.ts';
import type { Loss } from './loss.ts';
import { type LossInputs, meanWhere } from './slate-loss.ts';

export interface ListNetOptions {
  /** `top1` compares distributions over the first place, `topK` over ordered prefixes of length `k`, `full` over whole permutations. */
  readonly form: 'top1' | 'topK' | 'full';
  /** Prefix length of `topK`: 1, 2 (the default) or 3. */
  readonly k?: number | undefined;
  /** Length of the longest slate, for `full`: at most 6, which is also the default. */
  readonly slateLength?: number | undefined;
  /** Target distribution of `top1`: labels over their sum, or softmax(labels / temperature). Prefixes always use the softmax. */
  readonly target: 'normalised' | 'softmax';
  readonly temperature: number;
}

export const listNetDefaults: ListNetOptions = { form: 'top1', target: 'normalised', temperature: 1 };

type ListNetInputs = Pick<LossInputs, 'logitsBK' | 'labelsBK' | 'maskBK'>;

/**
 * ListNet (Cao et al. 2007): cross-entropy between the permutation probabilities of the labels and of the logits under the Plackett-Luce model
 * (definition 4 there; top-k: definition 7). The mean over slates with a click: a slate without one has no order to learn and counts neither in the sum
 * nor in the mean.
 */
export function listNet(inputs: ListNetInputs, options: ListNetOptions = listNetDefaults): Tensor {
  const clickedB = inputs.labelsBK.max(1).greater(0).toFloat();
  if (options.form === 'top1') return meanWhere(topOne(inputs, options), clickedB);
  const k = prefixLength(inputs.logitsBK.shape[1], options);
  return meanWhere(topPrefixes(inputs, { k, temperature: options.temperature }), clickedB);
}

function prefixLength(extent: Dimension, { form, k = DEFAULT_PREFIX, slateLength }: ListNetOptions): number {
  if (form !== 'full') {
    if (!(Number.isInteger(k) && k >= 1 && k <= 3)) {
      throw new RangeError(`listNet: topK needs a prefix length k of 1, 2 or 3, got ${k}`);
    }
    return k;
  }
  const longest = slateLength ?? (typeof extent === 'number' ? extent : LONGEST_FULL);
  if (!(Number.isInteger(longest) && longest >= 1 && longest <= LONGEST_FULL)) {
    throw new RangeError(`listNet: full needs slates of at most ${LONGEST_FULL} items, got ${longest}; use topK`);
  }
  // The last place is decided by the ones before it: a permutation is its prefix without it.
  return Math.max(longest - 1, 1);
}

const DEFAULT_PREFIX = 2;
/** 60^3 prefixes of three of a list, 64 lists at a time: a gigabyte. */
const LONGEST_THREE = 60;
/** 6! = 720 permutations; the next length has seven times as many. */
const LONGEST_FULL = 6;

/** -sum_i T_i log softmax(z)_i per slate; padding is out of both distributions. */
function topOne({ logitsBK, labelsBK, maskBK }: ListNetInputs, { target, temperature }: ListNetOptions): Tensor {
  const targetBK =
    target === 'normalised'
      ? labelsBK.div(labelsBK.sum(1, { keep: true }).maximum(1))
      : labelsBK
          .mul(1 / temperature)
          .add(absence(maskBK))
          .softmax(1);
  return targetBK.mul(logShares(logitsBK, maskBK)).sum(1).neg();
}

/**
 * Top-k: P(prefix) = prod_{j<=k} exp(s_{pi_j}) / sum over the items not placed before j, for both labels and logits; the sum runs over all ordered
 * prefixes, laid out over k axes of extent K, where those that repeat an item or name an absent one have weight 0.
 */
function topPrefixes({ logitsBK, labelsBK, maskBK }: ListNetInputs, { k, temperature }: PrefixOptions): Tensor {
  const predicted = logPrefixes(logitsBK, maskBK, k);
  const wanted = logPrefixes(labelsBK.mul(1 / temperature), maskBK, k);
  const lossBP = wanted.logProbability.exp().mul(predicted.logProbability).mul(wanted.weight);
  return lossBP.sum(axesAfterFirst(lossBP)).neg();
}

interface PrefixOptions {
  readonly k: number;
  readonly temperature: number;
}

interface Prefixes {
  /** log P of every ordered prefix: k axes of extent K after B. */
  readonly logProbability: Tensor;
  /** 1 where the prefix is possible, 0 elsewhere; 1/K along an axis that a slate shorter than k has no item left for. */
  readonly weight: Tensor;
}

function logPrefixes(scoresBK: Tensor, maskBK: Tensor, k: number): Prefixes {
  const [B, K] = maskBK.shape;
  const differentKK = maskBK.matmul(maskBK, { transposeA: true }).identityLike().mul(-1).add(1);
  const lengthB1 = maskBK.mul(0).add(1).sum(1, { keep: true });
  // `left` marks, along its last axis, what is not yet placed; it grows by one axis at every step, as do the prefixes.
  let left = maskBK;
  let prefixes: Prefixes | undefined;
  for (let step = 1; step <= k; step++) {
    const lead = Array.from({ length: step - 1 }, () => 1);
    const scores = scoresBK.mul(maskBK).reshape([B, ...lead, K]);
    const logChoice = scores.add(absence(left)).logSoftmax(-1).mul(left);
    const exhausted = left.max(-1, { keep: true }).mul(-1).add(1);
    const weight = left.add(exhausted.div(lengthB1.reshape([B, ...lead, 1])));
    prefixes = prefixes
      ? {
          logProbability: withAxis(prefixes.logProbability).add(logChoice),
          weight: withAxis(prefixes.weight).mul(weight),
        }
      : { logProbability: logChoice, weight };
    // The item just placed is the index of the last axis; it is no longer left along the new one.
    left = left.reshape([...left.shape.slice(0, -1), 1, K]).mul(differentKK);
  }
  return prefixes as Prefixes;
}

const withAxis = (tensor: Tensor): Tensor => tensor.reshape([...tensor.shape, 1]);
const axesAfterFirst = (tensor: Tensor): number[] => tensor.shape.map((_, axis) => axis).slice(1);

export const listNetLoss: Loss<'listNet', Omit<ListNetOptions, 'slateLength'>> = {
  kind: 'loss',
  name: 'listNet',
  schema: {
    form: oneOf(['top1', 'topK', 'full']),
    k: z.number().int().positive().max(3).optional(),
    target: oneOf(['normalised', 'softmax']),
    temperature: z.number().min(1e-3).max(1e3),
  },
  defaults: listNetDefaults,
  longestList: ({ form, k = DEFAULT_PREFIX }) => {
    if (form === 'full') return LONGEST_FULL;
    return form === 'topK' && k === 3 ? LONGEST_THREE : Number.POSITIVE_INFINITY;
  },
  counts: perClickedList,
  build: listNet,
};
