/** Legend: B batch, K slate, D width. */
import type { InputSpec, KnownItems } from '../encoding/columns/encoded-slates.ts';
import type { Tensor } from '../graph/tensor.ts';
import type { Layer } from '../nn/parameter.ts';
import type { Rng } from '../random/rng.ts';
import type { HeadKind } from './shared/head.ts';
import type { ScorerInputs } from './shared/scorer-inputs.ts';

/**
 * The contract of a slate scorer: a batch of slates in, a click logit for every item in the company of the others out. Every model is one implementation;
 * `test/scorer-conformance.test.ts` holds what all of them promise.
 */
export interface Scorer {
  readonly name: string;
  /** The parameters of a fresh model for inputs of this form; the same rng gives the same values. */
  create(rng: Rng, options: { readonly config: ScorerConfig; readonly spec: InputSpec }): Layer;
  /** Builds the forward graph. With `rng` it drops at random (training); without, nothing is dropped. */
  score(layer: Layer, inputs: ScorerInputs, options: ScoreOptions): ScorerOutputs;
  /** Whether an item's logit depends on where it stands: then permuting a slate need not permute its logits. */
  seesPosition(config: ScorerConfig): boolean;
  /** Whether an item's logit depends on the other items. */
  readonly seesCompany: boolean;
  /** Whether the slate's logit is learned; otherwise it follows from the items', their clicks independent given the slate. */
  readonly learnsSlateLogit?: boolean;
  /** Tables with a row per item that this scorer learns beside those of the items' fields. */
  idTables?(config: ScorerConfig): readonly IdTable[];
  /** The graph of a stage that is trained first, on the id tables alone, which are frozen then. */
  firstStage?(layer: Layer, inputs: ScorerInputs, options: ScoreOptions): ScorerOutputs;
  /** Whether the click graph's neighbours are among its inputs. */
  readonly seesGraph?: boolean;
}

export interface IdTable {
  readonly name: string;
  readonly width: number;
  /** Which items have a row of their own. */
  readonly of: keyof KnownItems;
  /** Deviation of the values it starts from; row 0, of all other items, is zero and stays so. */
  readonly deviation: number;
}

export interface ScoreOptions {
  readonly config: ScorerConfig;
  readonly spec: InputSpec;
  readonly rng?: Rng;
}

export interface ScorerOutputs {
  /** Click logit of each item, 0 on padding. */
  readonly itemLogitsBK: Tensor;
  /** Logit of "at least one click" when clicks are independent given the slate. */
  readonly slateLogitB: Tensor;
  /** What the model knows of each item in this company: the vectors that relational losses compare. */
  readonly itemVectorsBKD: Tensor;
  /** The item the user last clicked before this slate, in the space of `itemVectorsBKD`. */
  readonly lastClickBD: Tensor;
  /** 1 where the user has a last click. */
  readonly lastClickMaskB: Tensor;
  /** The user and the request, in the same space. */
  readonly userBD: Tensor;
  /** What a choice among the items compares; the logits themselves unless the head is one of choice. */
  readonly utilitiesBK: Tensor;
  /** Of a `joint` head: the two logits whose difference is the item's. */
  readonly clickBK?: Tensor;
  readonly noClickBK?: Tensor;
}

/** Sizes and switches of a scorer; stored with the model. */
export interface ScorerConfig {
  /** D. */
  readonly width: number;
  readonly blocks: number;
  /** H; must divide the width. */
  readonly heads: number;
  /** Inner width of the feed-forward part. */
  readonly feedForward: number;
  /** Share of activations dropped after every attention and feed-forward part. */
  readonly dropout: number;
  /** Share of the encoded input dropped, before the first block. */
  readonly inputDropout: number;
  /** Whether the position on the page is an input. */
  readonly position: boolean;
  /** Positions told apart, those of the training part; later ones share the last. What the log says an item's place is, not where it stands in its list. */
  readonly positions: number;
  /** Items of the training part's longest list: as far as a recurrence or a card reads. */
  readonly listLength: number;
  /** Whether the user's last clicked and skipped items are pooled by attention against each candidate. */
  readonly history: boolean;
  /** Whether features that compare an item with the rest of its list are inputs. A pointwise model never sees them. */
  readonly listRelative: boolean;
  readonly head: HeadKind;
  /** Inducing vectors of induced set attention; 0: items attend to each other directly. */
  readonly inducing: number;
  readonly graph: { readonly layers: 1 | 2; readonly version: 'gat' | 'gatv2' };
  /** Partial copies of every training list that are trained on; from 1 the scorer knows how many items of a slate are not there yet. */
  readonly partial: number;
  /** Click rate of the training part: the logit every item starts from. */
  readonly baseRate: number;
  /** Share of the training part's lists with a click: where a learned slate logit starts. */
  readonly slateRate: number;
}
