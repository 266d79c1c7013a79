/**
 * What scorers of one's own are made of. A layer is plain data made by `create...`, and a function of it and a tensor.
 *
 * @module slatewise/nn
 */

export { createEncoder, type Encoded, type Encoder, encode } from './models/shared/encoder.ts';
export { createHead, type Head, head, outputsOf } from './models/shared/head.ts';
export { type DropoutOptions, dropout } from './nn/dropout.ts';
export { createFeedForward, type FeedForward, feedForward } from './nn/feed-forward.ts';
export { createGru, type Gru, type GruOptions, type GruOutputs, gru } from './nn/gru.ts';
export { createLayerNorm, type LayerNorm, layerNorm } from './nn/layer-norm.ts';
export { concat, constant } from './nn/leaves.ts';
export { createLinear, type Linear, type LinearOptions, linear } from './nn/linear.ts';
export { maskedMean } from './nn/masked-mean.ts';
export { createParameter, fill, glorot, type Initialiser, type Layer, normal, type Parameter } from './nn/parameter.ts';
export { absenceBias, createSelfAttention, type SelfAttention, selfAttention } from './nn/self-attention.ts';
export {
  createTransformerBlocks,
  type TransformerBlock,
  type TransformerBlockOptions,
  type TransformerOptions,
  transformerBlocks,
} from './nn/transformer-block.ts';
export type { Rng } from './random/rng.ts';
export { ABSENT, absence } from './tensor/absent.ts';
export { type Dimension, type ElementType, type Shape, ShapeError, type TensorType } from './tensor/shape.ts';
export type { Operand, StandardiseOptions, Tensor } from './tensor/tensor.ts';
