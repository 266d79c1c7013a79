/** AdamW (Loshchilov & Hutter 2019, algorithm 2) on one flat vector of parameters. */
export interface AdamW {
  /** One step at this learning rate; `gradient` is read only. */
  step(parameters: Float32Array, gradient: Float32Array, learningRate: number): void;
  readonly state: AdamState;
}

/** What a checkpoint keeps. */
export interface AdamState {
  readonly first: Float32Array;
  readonly second: Float32Array;
  steps: number;
}

export interface AdamOptions {
  /** Per element: 1 where weight decay applies, 0 where not. */
  readonly decays: Uint8Array;
  readonly weightDecay: number;
  readonly state?: AdamState;
}

export const BETA1 = 0.9;
export const BETA2 = 0.98;
export const EPSILON = 1e-8;

export function createAdamW({ decays, weightDecay, state = createAdamState(decays.length) }: AdamOptions): AdamW {
  return {
    state,
    step(parameters, gradient, learningRate) {
      state.steps++;
      const { first, second } = state;
      const correction1 = 1 - BETA1 ** state.steps;
      const correction2 = 1 - BETA2 ** state.steps;
      for (let i = 0; i < parameters.length; i++) {
        const g = gradient[i];
        const m = BETA1 * first[i] + (1 - BETA1) * g;
        const v = BETA2 * second[i] + (1 - BETA2) * g * g;
        first[i] = m;
        second[i] = v;
        const update = m / correction1 / (Math.sqrt(v / correction2) + EPSILON);
        parameters[i] -= learningRate * (update + weightDecay * decays[i] * parameters[i]);
      }
    },
  };
}

export const createAdamState = (length: number): AdamState => ({
  first: new Float32Array(length),
  second: new Float32Array(length),
  steps: 0,
});
