/** One item of a scored request. */
export interface ItemScore {
  readonly request: string;
  readonly item: string;
  readonly probability: number;
  /** 1-based, by probability; ties keep the order in which the items are shown. */
  readonly rank: number;
}

/** One scored request. */
export interface SlateScore {
  readonly request: string;
  /** In the order of the request. */
  readonly items: readonly ItemScore[];
  /** Sum of the probabilities. */
  readonly expectedClicks: number;
  /** Probability of at least one click; clicks on one list come together as validation had them (`scoring/list-head/list-head.ts`). */
  readonly anyClick: number;
  /** Of a request from before the memory's clock: the clock, as of which it is answered; epoch milliseconds. */
  readonly asOf?: number;
}
