import type { Tensor } from '../graph/tensor.ts';
import type { Linear } from './linear.ts';
import { createParameter, fill, type Parameter } from './parameter.ts';

export type LayerNorm = { readonly gain: Parameter; readonly bias: Parameter };

export function createLayerNorm(width: number): LayerNorm {
  return { gain: createParameter([width], fill(1)), bias: createParameter([width], fill(0)) };
}

/** Normalises the last axis (Ba, Kiros & Hinton 2016). */
export function layerNorm(layer: LayerNorm, x: Tensor): Tensor {
  return x.standardise().mul(layer.gain.tensor).add(layer.bias.tensor);
}

/** What `layerNormLinear` takes, and nothing else may: rows of mean 0 and variance 1. */
export const standardised = (x: Tensor): Tensor => x.standardise({ centred: true });

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
