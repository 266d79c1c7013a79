/** Mean and deviation of each dense column over the training rows; a column that never varies is left at 0. */
export interface Normaliser {
  readonly means: readonly number[];
  readonly deviations: readonly number[];
}

/** Beyond this many deviations a value tells no more, but could throw a model off. */
export const NORMALISER_CLIP = 6;

/** `rows` names the rows to fit on, in any order. */
export function fitNormaliser(
  values: Float32Array,
  { columns, rows }: { readonly columns: number; readonly rows: Iterable<number> },
): Normaliser {
  const fitter = createNormaliserFitter(columns);
  fitter.add(values, rows);
  return fitter.fit();
}

/** The same of values that come piece by piece. */
export interface NormaliserFitter {
  add(values: Float32Array, rows: Iterable<number>): void;
  fit(): Normaliser;
}

export function createNormaliserFitter(columns: number): NormaliserFitter {
  const sums = new Float64Array(columns);
  const squares = new Float64Array(columns);
  let count = 0;
  const add = (values: Float32Array, start: number): void => {
    for (let column = 0; column < columns; column++) {
      const value = values[start + column];
      sums[column] += value;
      squares[column] += value * value;
    }
  };
  return {
    add(values, rows) {
      for (const row of rows) {
        count++;
        add(values, row * columns);
      }
    },
    fit() {
      const means = Array.from(sums, (sum) => sum / Math.max(1, count));
      const deviations = means.map((mean, column) => {
        const variance = squares[column] / Math.max(1, count) - mean * mean;
        return variance > 1e-10 * Math.max(1, mean * mean) ? Math.sqrt(variance) : 0;
      });
      return { means, deviations };
    },
  };
}

/** Standardises all rows in place. */
export function normalise(values: Float32Array, normaliser: Normaliser): void {
  const { centres, factors } = scalingOf(normaliser);
  const columns = centres.length;
  for (let row = 0; row < values.length; row += columns) {
    for (let column = 0; column < columns; column++)
      values[row + column] = scaled(values[row + column], centres[column], factors[column]);
  }
}

/** What `scaled` takes of each column. */
export interface Scaling {
  readonly centres: Float64Array;
  readonly factors: Float64Array;
}

export const scalingOf = ({ means, deviations }: Normaliser): Scaling => ({
  centres: Float64Array.from(means),
  factors: Float64Array.from(deviations, (deviation) => (deviation > 0 ? 1 / deviation : 0)),
});

/** One standardised value. */
export const scaled = (value: number, centre: number, factor: number): number =>
  Math.max(-NORMALISER_CLIP, Math.min(NORMALISER_CLIP, (value - centre) * factor));
