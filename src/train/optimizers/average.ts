/**
 * Exponential moving average of the flat parameter vector (Polyak & Juditsky 1992): its loss is smoother and lower than that of the weights it averages. Embedding
 * tables are left out: a step would cost what the tables hold, not what it touches.
 */
export interface ParameterAverage {
  update(parameters: Float32Array): void;
  /** The average, corrected for its start at zero. */
  values(): Float32Array;
  readonly state: AverageState;
}

export interface AverageState {
  readonly sums: Float32Array;
  /** Total weight of what was summed: 1 - decay^updates. */
  mass: number;
}

/** With `decay` 0 the average is the last value. */
export function createAverage(decay: number, length: number, from?: AverageState): ParameterAverage {
  const state = from ?? { sums: new Float32Array(length), mass: 0 };
  return {
    state,
    update(parameters) {
      const { sums } = state;
      state.mass = decay * state.mass + (1 - decay);
      for (let i = 0; i < sums.length; i++) sums[i] = decay * sums[i] + (1 - decay) * parameters[i];
    },
    values: () => state.sums.map((sum) => sum / state.mass),
  };
}
