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

export function createSparseAdamW(
  table: EmbeddingTable,
  { weightDecay, state = createAdamState(table.values.length) }: SparseAdamOptions,
): SparseAdamW {
  const { width, rows } = table.spec;
  const touched: number[] = [];
  const gradients: Float32Array[] = [];
  const placeOf = new Int32Array(rows).fill(-1);
  let spare: Float32Array[] = [];

  const touch = (row: number): Float32Array => {
    if (placeOf[row] < 0) {
      placeOf[row] = touched.length;
      touched.push(row);
      const fresh = spare.pop() ?? new Float32Array(width);
      fresh.fill(0);
      gradients.push(fresh);
    }
    return gradients[placeOf[row]];
  };

  return {
    state,
    accumulate: (bags, gradient) => spreadGradient(table, bags, gradient, touch),
    squaredNorm: () => gradients.reduce((sum, gradient) => sum + gradient.reduce((part, g) => part + g * g, 0), 0),
    step(learningRate, scale) {
      state.steps++;
      // Bias correction by the global step: a row seen for the first time late is corrected as if it had rested at zero, as in dense Adam.
      const correction1 = 1 - BETA1 ** state.steps;
      const correction2 = 1 - BETA2 ** state.steps;
      const { first, second } = state;
      for (const [place, row] of touched.entries()) {
        const gradient = gradients[place];
        placeOf[row] = -1;
        for (let e = 0, i = row * width; e < width; e++, i++) {
          const g = gradient[e] * scale;
          first[i] = BETA1 * first[i] + (1 - BETA1) * g;
          second[i] = BETA2 * second[i] + (1 - BETA2) * g * g;
          const update = first[i] / correction1 / (Math.sqrt(second[i] / correction2) + EPSILON);
          table.values[i] -= learningRate * (update + weightDecay * table.values[i]);
        }
      }
      spare = spare.concat(gradients);
      touched.length = 0;
      gradients.length = 0;
    },
  };
}
