/** Legend: S slots, F users drawn per slot, P users of a slot to draw from. */
import { type EncodedClickGraph, mix, shuffleStart } from './click-graph.ts';

export interface Redraw {
  /** P: drawn is from so many of the users kept for each slot. */
  readonly from: number;
  /** 32 bits. */
  readonly key: number;
}

/** The same graph with F of P kept users of every slot drawn anew; as it is where P is no more than F, or none were kept. */
export function redrawNeighbours(graph: EncodedClickGraph, { from: P, key }: Redraw): EncodedClickGraph {
  const { fanOut: F, neighbourSP, neighbourSF } = graph;
  if (!neighbourSP || P <= F) return graph;
  const slots = neighbourSF.length / F;
  const kept = neighbourSP.length / slots;
  const drawnSF = new Int32Array(neighbourSF.length);
  for (let slot = 0; slot < slots; slot++) {
    const row = neighbourSP.subarray(slot * kept, slot * kept + Math.min(P, kept));
    // Absent ones stand at the end.
    const end = row.indexOf(-1);
    const known = end < 0 ? row.slice() : row.slice(0, end);
    if (known.length > F) shuffleStart(known, { count: F, key: mix(key + mix(slot)) });
    for (let f = 0; f < F; f++) drawnSF[slot * F + f] = known[f] ?? -1;
  }
  return { ...graph, neighbourSF: drawnSF };
}
