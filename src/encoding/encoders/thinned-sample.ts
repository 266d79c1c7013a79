/** Values to measure a distribution by, in bounded memory: all of them up to a limit, then every second, every fourth, ... */
export interface ThinnedSample {
  readonly values: readonly number[];
  /** Of all values, kept or not. */
  readonly count: number;
  push(value: number): void;
}

export function createThinnedSample(limit = 1_000_000): ThinnedSample {
  let values: number[] = [];
  let stride = 1;
  let count = 0;
  return {
    get values() {
      return values;
    },
    get count() {
      return count;
    },
    push(value) {
      if (count++ % stride !== 0) return;
      values.push(value);
      if (values.length < limit) return;
      values = values.filter((_, at) => at % 2 === 0);
      stride *= 2;
    },
  };
}
