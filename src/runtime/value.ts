/** A value at run time: numbers in row-major order and their extents. int64 values are `BigInt64Array`, bools `Uint8Array` of 0 and 1. */
export interface RuntimeValue {
  readonly data: Float32Array | Float64Array | BigInt64Array | Uint8Array;
  readonly dims: readonly number[];
}

export type RuntimeValues = Readonly<Record<string, RuntimeValue>>;
