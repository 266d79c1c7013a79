/** One point of a pointer's learning curve. */
export interface PointerRecord {
  /** From 1, over both stages. */
  readonly epoch: number;
  readonly stage: 'imitation' | 'reinforcement';
  /** On training requests, over the epoch: mean of -log pi(choice) over the demonstrations' places. */
  readonly imitationLoss: number;
  /** On training requests, over the epoch: mean value of the sampled slates; absent while nothing is sampled. */
  readonly sampledValue?: number;
  /** On held-out requests, with the epoch's weights: mean value of the greedy slates, and what share it is of the beam's. */
  readonly greedyValue: number;
  readonly share: number;
}
