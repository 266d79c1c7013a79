/** Legend: N candidates, F users per item, V user nodes, G items per user, B batch, K slate. */
import type { EncodedClickGraph } from '../columns/click-graph.ts';
import type { GraphBatch } from '../columns/encoded-slates.ts';

/** The click graph around slates of one request's candidates: the nodes are those of all candidates, in every batch. */
export interface CandidateGraph {
  /** Puts a candidate's neighbours at a slot, of B K. */
  place(slot: number, candidate: number): void;
  readonly batch: GraphBatch;
}

export function createGraphBatch(
  { fanOut: F, clicks: G, neighbourSF, clickedNG }: EncodedClickGraph,
  slots: number,
): CandidateGraph {
  // Nobody has clicked anything yet: one node without items, so that no input is empty.
  const V = Math.max(clickedNG.length / G, 1);
  const nodeItemIndexVG = new Int32Array(V * G);
  const nodeItemMaskVG = new Float32Array(V * G);
  for (let at = 0; at < clickedNG.length; at++) {
    if (clickedNG[at] < 0) continue;
    nodeItemIndexVG[at] = clickedNG[at];
    nodeItemMaskVG[at] = 1;
  }
  const neighbourIndexBKF = new Int32Array(slots * F);
  const neighbourMaskBKF = new Float32Array(slots * F);
  return {
    place(slot, candidate) {
      for (let f = 0; f < F; f++) {
        const node = neighbourSF[candidate * F + f];
        if (node < 0) continue;
        neighbourIndexBKF[slot * F + f] = node;
        neighbourMaskBKF[slot * F + f] = 1;
      }
    },
    batch: { V, neighbourIndexBKF, neighbourMaskBKF, nodeItemIndexVG, nodeItemMaskVG },
  };
}
