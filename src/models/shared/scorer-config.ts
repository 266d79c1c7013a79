/** Legend: D width, H heads. */
import type { KnownItems } from '../../encoding/columns/encoded-slates.ts';
import type { Knots } from '../../encoding/encoders/knots.ts';

/**
 * How hidden vectors become click logits: `clicks` one logit each; `joint` the difference of two, click and no click; `choice` and `choice-or-none` utilities
 * among which exactly one, or at most one, item is chosen: the logit is that of being the one.
 */
export const headKinds = ['clicks', 'joint', 'choice', 'choice-or-none'] as const;
export type HeadKind = (typeof headKinds)[number];

/** PRM's vector of user and item: learned with the rest, or the last hidden layer of a click model that is trained first. */
export const personalKinds = ['joint', 'pretrained'] as const;
export type PersonalKind = (typeof personalKinds)[number];

/** Graph attention: layers of neighbours, and which attention (Velickovic et al. 2018, Brody et al. 2022). */
export interface GraphConfig {
  readonly layers: 1 | 2;
  readonly version: 'gat' | 'gatv2';
  /** What a layer's sum goes through: `elu` as in GAT, or nothing. */
  readonly activation: 'none' | 'elu';
  /** Share of the shares of attention that is dropped in training; GAT has 0.6 on small graphs of papers. */
  readonly attentionDropout: number;
  /** An item's latest clickers, of whom every epoch of training draws its neighbours anew; 0: the neighbours of a list are drawn once. */
  readonly redrawFrom: number;
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
  /** Whether the user's vector (`user-encoder.ts`) enters every item: added to it, and as a product with it. */
  readonly user: boolean;
  /** Of PRM: whether the vector of user and item is learned with the rest, or by a click model that is trained first. */
  readonly personal: PersonalKind;
  /** Whether features that compare an item with the rest of its list are inputs. A pointwise model never sees them. */
  readonly listRelative: boolean;
  /** Where curves of numbers may bend; absent: what a number is worth is a straight line before the first block. */
  readonly knots?: NumberKnots | undefined;
  /** Whether vectors of items are normalised before all else. */
  readonly itemNorm: boolean;
  readonly head: HeadKind;
  /** Inducing vectors of induced set attention; 0: items attend to each other directly. */
  readonly inducing: number;
  /**
   * Whether PRM, SetRank and DLCM are as published within: PRM's blocks with the norm behind each half, SetRank's blocks as in its authors' code, DLCM's score of an
   * item by the paper's formula, with `heads` units. Absent: no.
   */
  readonly publishedBlocks?: boolean | undefined;
  readonly graph: GraphConfig;
  /** Partial copies of every training list that are trained on; from 1 the scorer knows how many items of a slate are not there yet. */
  readonly partial: number;
  /** Click rate of the training part: the logit every item starts from. */
  readonly baseRate: number;
  /** Share of the training part's lists with a click: where a learned slate logit starts. */
  readonly slateRate: number;
}

/** Of the columns of `itemDense`, `slotDense` and `contextDense`, each. */
export interface NumberKnots {
  readonly item: Knots;
  readonly slot: Knots;
  readonly context: Knots;
}

/** A table with a row per item. */
export interface IdTable {
  readonly name: string;
  readonly width: number;
  /** Which items have a row of their own. */
  readonly of: keyof KnownItems;
  /** Deviation of the values it starts from; row 0, of all other items, is zero and stays so. */
  readonly deviation: number;
}
