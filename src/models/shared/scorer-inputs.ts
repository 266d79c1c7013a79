/** Legend: B batch, K slate, U distinct items of the batch, H history, F features, E embedding widths end to end, T id tables. */
import type { InputSpec } from '../../encoding/columns/encoded-slates.ts';
import { input } from '../../graph/leaves.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { IdTable } from './scorer-config.ts';

/**
 * A batch of slates as graph inputs. Static item features enter once per distinct item and are gathered by index. A part that the data does not have
 * (width 0) is undefined.
 */
export interface ScorerInputs {
  /** 1 where an item is, 0 on padding. */
  readonly maskBK: Tensor;
  /** 0-based position on the page, int64. */
  readonly positionBK: Tensor;
  readonly itemIndexBK: Tensor;
  readonly slotDenseBKF: Tensor | undefined;
  readonly itemDenseUF: Tensor | undefined;
  /** Pooled rows of the item's embedding tables, side by side. The tables live on the host; gradients come back per item. */
  readonly itemEmbeddedUE: Tensor | undefined;
  /** Rows of the scorer's own tables by item, side by side. */
  readonly idEmbeddedUE: Tensor | undefined;
  /** 1 where the item has a row of its own in the scorer's n-th table. */
  readonly idKnownUT: Tensor | undefined;
  readonly contextDenseBF: Tensor | undefined;
  readonly contextEmbeddedBE: Tensor | undefined;
  /** The user's row of the table of users; zero of all without one. */
  readonly userEmbeddedBE: Tensor | undefined;
  readonly clickedIndexBH: Tensor;
  readonly clickedMaskBH: Tensor;
  readonly skippedIndexBH: Tensor;
  readonly skippedMaskBH: Tensor;
  /** Items of the list that are not known (yet), 0 of a whole one. */
  readonly restB: Tensor;
  /** Which set of factors stands for the list's user, of scorers whose table has several; 0 outside of training. */
  readonly foldB: Tensor;
  /** Of scorers that see the click graph. */
  readonly graph: GraphInputs | undefined;
}

/** F users per slot, V distinct user nodes, G items per node. */
export interface GraphInputs {
  readonly neighbourIndexBKF: Tensor;
  readonly neighbourMaskBKF: Tensor;
  readonly nodeItemIndexVG: Tensor;
  readonly nodeItemMaskVG: Tensor;
}

export function createScorerInputs(spec: InputSpec, idTables: readonly IdTable[]): ScorerInputs {
  const H = spec.historyLength;
  return {
    maskBK: input('maskBK', ['B', 'K']),
    positionBK: input('positionBK', ['B', 'K'], 'int64'),
    itemIndexBK: input('itemIndexBK', ['B', 'K'], 'int64'),
    slotDenseBKF: optional('slotDenseBKF', ['B', 'K'], spec.slotDense.length),
    itemDenseUF: optional('itemDenseUF', ['U'], spec.itemDense.length),
    itemEmbeddedUE: optional('itemEmbeddedUE', ['U'], embeddedWidth(spec.itemEmbeddings)),
    idEmbeddedUE: optional('idEmbeddedUE', ['U'], embeddedWidth(idTables)),
    idKnownUT: optional('idKnownUT', ['U'], idTables.length),
    contextDenseBF: optional('contextDenseBF', ['B'], spec.contextDense.length),
    contextEmbeddedBE: optional('contextEmbeddedBE', ['B'], embeddedWidth(spec.contextEmbeddings)),
    userEmbeddedBE: optional('userEmbeddedBE', ['B'], spec.userIds?.width ?? 0),
    clickedIndexBH: input('clickedIndexBH', ['B', H], 'int64'),
    clickedMaskBH: input('clickedMaskBH', ['B', H]),
    skippedIndexBH: input('skippedIndexBH', ['B', H], 'int64'),
    skippedMaskBH: input('skippedMaskBH', ['B', H]),
    restB: input('restB', ['B']),
    foldB: input('foldB', ['B']),
    graph: spec.graph && {
      neighbourIndexBKF: input('neighbourIndexBKF', ['B', 'K', spec.graph.fanOut], 'int64'),
      neighbourMaskBKF: input('neighbourMaskBKF', ['B', 'K', spec.graph.fanOut]),
      nodeItemIndexVG: input('nodeItemIndexVG', ['V', spec.graph.clicks], 'int64'),
      nodeItemMaskVG: input('nodeItemMaskVG', ['V', spec.graph.clicks]),
    },
  };
}

/** Width of several embeddings side by side. */
export function embeddedWidth(embeddings: readonly { readonly width: number }[]): number {
  return embeddings.reduce((total, { width }) => total + width, 0);
}

const optional = (name: string, leading: readonly string[], width: number): Tensor | undefined =>
  width === 0 ? undefined : input(name, [...leading, width]);
