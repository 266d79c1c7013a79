/** Legend: B batch, K slate, D width. */
import type { InputSpec } from '../../encoding/columns/encoded-slates.ts';
import type { Rng } from '../../random/rng.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { ScorerConfig } from './scorer-config.ts';

/** What a forward pass is built with; `rng` only in training. */
export interface ScoreOptions {
  readonly config: ScorerConfig;
  readonly spec: InputSpec;
  readonly rng?: Rng;
}

/** What a scorer gives for a batch. */
export interface ScorerOutputs {
  /** Click logit of each item, 0 on padding. */
  readonly itemLogitsBK: Tensor;
  /** Logit of "at least one click": of independent clicks where the scorer learns none (`scoring/list-head/` says how it is mended after training). */
  readonly slateLogitB: Tensor;
  /** What the model knows of each item in this company: the vectors that relational losses compare. */
  readonly itemVectorsBKD: Tensor;
  /** The item the user last clicked before this slate, in the space of `itemVectorsBKD`. */
  readonly lastClickBD: Tensor;
  /** 1 where the user has a last click. */
  readonly lastClickMaskB: Tensor;
  /** The user, in the same space. */
  readonly userBD: Tensor;
  /** What a choice among the items compares; the logits themselves unless the head is one of choice. */
  readonly utilitiesBK: Tensor;
  /** Of a `joint` head: the two logits whose difference is the item's. */
  readonly clickBK?: Tensor;
  readonly noClickBK?: Tensor;
}
