import type { Shape } from '../tensor/shape.ts';
import { factorsOf } from '../tensor/shape.ts';
import type { DropoutMask } from './compile.ts';
import type { OnnxValue } from './onnx-model.ts';
import type { RuntimeValue, RuntimeValues } from './value.ts';

/** Arrays of masks that no run reads any more, by the mask's name. Fresh memory costs more than the draw: the system hands it out page by page. */
export type SpareMasks = Map<string, Float32Array>;

export type DrawnMasks = Readonly<Record<string, DrawnMask>>;
export interface DrawnMask extends RuntimeValue {
  readonly data: Float32Array;
}

export interface DrawOptions {
  readonly feeds: RuntimeValues;
  readonly key: number;
  /** Taken from where the size fits; whoever draws puts the masks back after the run. */
  readonly spare: SpareMasks;
}

/**
 * Draws a graph's dropout masks for one run. The draw depends on the site's seed and on `key` alone (the key tells one micro-batch of a training run from
 * every other), never on the worker: so the result is the same for any number of workers.
 */
export function drawDropout(
  masks: readonly DropoutMask[],
  inputs: readonly OnnxValue[],
  { feeds, key, spare }: DrawOptions,
): DrawnMasks {
  if (masks.length === 0) return {};
  const extents = namedExtents(inputs, feeds);
  const drawn: Record<string, DrawnMask> = {};
  for (const { name, shape, rate, seed } of masks) {
    const dims = shape.map((extent) => extentOf(extent, extents));
    const length = dims.reduce((product, extent) => product * extent, 1);
    const earlier = spare.get(name);
    spare.delete(name);
    const data = earlier?.length === length ? earlier : new Float32Array(length);
    drawMask(data, { rate, state: mix(seed ^ Math.imul(key, 0x9e3779b1)) });
    drawn[name] = { data, dims };
  }
  return drawn;
}

/**
 * Marsaglia's xorshift32; each draw decides two elements, so that a rate is kept to 1/65536. An element is written as the bits of its float, kept or cleared
 * without a branch, which would be guessed wrong at every other drop.
 */
function drawMask(values: Float32Array, { rate, state }: { rate: number; state: number }): void {
  const bits = new Int32Array(values.buffer, values.byteOffset, values.length);
  const kept = new Int32Array(Float32Array.of(1 / (1 - rate)).buffer)[0];
  const threshold = Math.round(rate * 65536);
  const { length } = bits;
  let x = state | 1;
  for (let i = 0; i < length; i += 2) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    bits[i] = kept & ~(((x & 0xffff) - threshold) >> 31);
    bits[i + 1] = kept & ~(((x >>> 16) - threshold) >> 31);
  }
}

/** SplitMix32's finaliser: near seeds and keys give far states. */
function mix(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return mixed ^ (mixed >>> 15);
}

function namedExtents(inputs: readonly OnnxValue[], feeds: RuntimeValues): ReadonlyMap<string, number> {
  const extents = new Map<string, number>();
  for (const { name, shape } of inputs) {
    const fed = feeds[name];
    if (!fed) continue;
    for (const [axis, extent] of shape.entries()) if (typeof extent === 'string') extents.set(extent, fed.dims[axis]);
  }
  return extents;
}

function extentOf(extent: Shape[number], extents: ReadonlyMap<string, number>): number {
  return factorsOf(extent).reduce<number>((product, factor) => {
    const value = typeof factor === 'number' ? factor : extents.get(factor);
    if (value === undefined) throw new TypeError(`drawDropout: no fed input has the extent "${factor}"`);
    return product * value;
  }, 1);
}
