import type { Bags } from '../../encoding/columns/encoded-slates.ts';
import { type EmbeddingTable, type PooledColumns, spreadGradient } from '../../models/tables/embedding-table.ts';
import { type AdamState, BETA1, BETA2, createAdamState, EPSILON } from './adamw.ts';

/** AdamW on a host table: only rows that a step touched are read or changed, so a step costs what the batch touches, whatever the table's size. */
export interface SparseAdamW {
  /** Adds the gradient of one micro-batch's pooled vectors, in bag order. */
  accumulate(bags: Bags, gradient: PooledColumns): void;
  /** Sum of squares of what was accumulated, for clipping. */
  squaredNorm(): number;
  /** Moves the touched rows; `scale` multiplies the gradient (clipping). */
  step(learningRate: number, scale: number): void;
  readonly state: AdamState;
}

export interface SparseAdamOptions {
  readonly weightDecay: number;
  readonly state?: AdamState;
}

/** Rows that there is room for before the first step. */
const FEWEST_ROWS = 64;

export function createSparseAdamW(
  table: EmbeddingTable,
  { weightDecay, state = createAdamState(table.values.length) }: SparseAdamOptions,
): SparseAdamW {
  const { width, rows } = table.spec;
  /** Rows that the step touched, in the order of first touch, and the gradient of each beside the other. */
  const touched = new Int32Array(rows);
  let count = 0;
  let gradients = new Float32Array(FEWEST_ROWS * width);
  const placeOf = new Int32Array(rows).fill(-1);

  /** Makes room for so many rows more. */
  const makeRoom = (more: number): void => {
    const wanted = Math.min(rows, count + more) * width;
    if (wanted <= gradients.length) return;
    const larger = new Float32Array(Math.max(wanted, 2 * gradients.length));
    larger.set(gradients);
    gradients = larger;
  };

  const touch = (row: number): number => {
    if (placeOf[row] < 0) {
      placeOf[row] = count;
      touched[count++] = row;
    }
    return placeOf[row] * width;
  };

  const rowNorm = (place: number): number => {
    let sum = 0;
    for (let i = place * width; i < (place + 1) * width; i++) sum += gradients[i] * gradients[i];
    return sum;
  };

  return {
    state,
    accumulate(bags, gradient) {
      makeRoom(bags.ids.length);
      spreadGradient(table, bags, gradient, { rows: gradients, touch });
    },
    squaredNorm() {
      let sum = 0;
      for (let place = 0; place < count; place++) sum += rowNorm(place);
      return sum;
    },
    step(learningRate, scale) {
      state.steps++;
      // Bias correction by the global step: a row seen for the first time late is corrected as if it had rested at zero, as in dense Adam.
      const correction1 = 1 - BETA1 ** state.steps;
      const correction2 = 1 - BETA2 ** state.steps;
      const { first, second } = state;
      for (let place = 0; place < count; place++) {
        const row = touched[place];
        placeOf[row] = -1;
        for (let e = 0, i = row * width; e < width; e++, i++) {
          const g = gradients[place * width + e] * scale;
          first[i] = BETA1 * first[i] + (1 - BETA1) * g;
          second[i] = BETA2 * second[i] + (1 - BETA2) * g * g;
          const update = first[i] / correction1 / (Math.sqrt(second[i] / correction2) + EPSILON);
          table.values[i] -= learningRate * (update + weightDecay * table.values[i]);
        }
      }
      gradients.fill(0, 0, count * width);
      count = 0;
    },
  };
}
