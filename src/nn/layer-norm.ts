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

/**
 * linear(layerNorm(x)) with gain and bias folded into the weights: (s * gain + bias) W + b = s (diag(gain) W) + (bias W + b). The same function of the same
 * parameters, but two passes over the activations and four over their gradients become products of the size of W.
 */
export function layerNormLinear(norm: LayerNorm, layer: Linear, standardised: Tensor): Tensor {
  const width = norm.gain.shape[0];
  const weight = layer.weight.tensor.mul(norm.gain.tensor.reshape([width, 1]));
  const bias = norm.bias.tensor.reshape([1, width]).matmul(layer.weight.tensor).reshape(layer.bias.shape);
  return standardised.linear(weight, bias.add(layer.bias.tensor));
}
