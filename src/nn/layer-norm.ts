import type { Tensor } from '../graph/tensor.ts';
import { createParameter, fill, type Parameter } from './parameter.ts';

export type LayerNorm = { readonly gain: Parameter; readonly bias: Parameter };

export function createLayerNorm(width: number): LayerNorm {
  return { gain: createParameter([width], fill(1)), bias: createParameter([width], fill(0)) };
}

/** Normalises the last axis (Ba, Kiros & Hinton 2016). */
export function layerNorm(layer: LayerNorm, x: Tensor): Tensor {
  return x.layerNorm(layer.gain.tensor, layer.bias.tensor);
}
