import type { Tensor } from '../tensor/tensor.ts';
import type { Linear } from './linear.ts';
import { createParameter, fill, type Parameter } from './parameter.ts';

/** Gain and bias of a layer normalisation, both [D]. */
export type LayerNorm = { readonly gain: Parameter; readonly bias: Parameter };

/** A fresh layer: gain 1, bias 0. */
export function createLayerNorm(width: number): LayerNorm {
  return { gain: createParameter([width], fill(1)), bias: createParameter([width], fill(0)) };
}

/** Normalises the last axis (Ba, Kiros & Hinton 2016). */
export function layerNorm(layer: LayerNorm, x: Tensor): Tensor {
  return x.standardise().mul(layer.gain.tensor).add(layer.bias.tensor);
}

export interface StreamOptions {
  /** The rows of x, and of what is to be added to them, have mean 0: see `centredStream`. */
  readonly centred?: boolean;
}

/** What `layerNormLinear` takes, and nothing else may: rows of mean 0 and variance 1. */
export const standardised = (x: Tensor, { centred = false }: StreamOptions = {}): Tensor =>
  x.standardise({ centredGradient: true, centredInput: centred });

/**
 * linear(layerNorm(x)) with gain and bias folded into the weights: (s * gain + bias) W + b = s (diag(gain) W) + (bias W + b), s = standardised(x). The same
 * function of the same parameters, but two passes over the activations and four over their gradients become products of the size of W.
 *
 * Rows of s sum to 0, so a constant may be taken from each column of the weights. Taking the column's mean makes the rows of the gradient that comes back to s sum
 * to 0 too, as `standardised` promises. The gradient of the weights, s^T g, has columns of mean 0 already: none flows through the mean.
 */
export function layerNormLinear(norm: LayerNorm, layer: Linear, s: Tensor): Tensor {
  const width = Number(norm.gain.shape[0]);
  const weight = layer.weight.tensor.mul(norm.gain.tensor.reshape([width, 1]));
  const columnMeans = weight.sum(0, { keep: true }).mul(1 / width);
  const bias = norm.bias.tensor.reshape([1, width]).matmul(layer.weight.tensor).reshape(layer.bias.shape);
  return s.linear(weight.sub(columnMeans.stopGradient()), bias.add(layer.bias.tensor));
}

/**
 * The rows of x less their means. A sum of rows that is read through norms alone, as the residual stream of pre-norm blocks is, may be kept at mean 0: no norm sees the
 * difference, and none has to look for the mean. The gradients that come back through norms have mean 0 too, so that of the mean is 0.
 */
export const centredStream = (x: Tensor): Tensor => x.sub(x.mean().stopGradient());

/** linear(layer, x), into such a stream: less the mean of each row, which is taken off the weights. */
export function linearInto(layer: Linear, x: Tensor, { centred = false }: StreamOptions): Tensor {
  const [weight, bias] = [layer.weight.tensor, layer.bias.tensor];
  return centred ? x.linear(centredStream(weight), centredStream(bias)) : x.linear(weight, bias);
}
