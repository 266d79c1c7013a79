import { beforeAll, expect, it } from 'vitest';
import { encodedDrinks } from '../../../test/encoded-drinks.ts';
import { createInMemorySlates } from '../../datasets/slate-source/in-memory-slates.ts';
import type { EncodedClickGraph } from './click-graph.ts';
import { redrawNeighbours } from './redraw-neighbours.ts';

const [F, P] = [2, 5];
let kept: EncodedClickGraph;
let once: EncodedClickGraph;
beforeAll(async () => {
  const encoded = (redrawFrom: number): Promise<EncodedClickGraph> =>
    encodedDrinks(60, { graph: { fanOut: F, clicks: 2, seed: 1, redrawFrom } }).then(
      ({ slates }) => slates.columns.graph as EncodedClickGraph,
    );
  [kept, once] = await Promise.all([encoded(P), encoded(0)]);
});

/** What each node of a graph had clicked, row after row: nodes are numbered by when they are first met. */
const clickedOf = ({ clickedNG, clicks }: EncodedClickGraph, nodes: Iterable<number>): readonly string[] =>
  [...nodes].map((node) => (node < 0 ? '' : clickedNG.slice(node * clicks, (node + 1) * clicks).join()));

/** The nodes that were drawn, and those that were kept, of a slot. */
const slotOf = ({ neighbourSF, neighbourSP = new Int32Array() }: EncodedClickGraph, slot: number) => ({
  drawn: [...neighbourSF.subarray(slot * F, (slot + 1) * F)].filter((node) => node >= 0),
  kept: [...neighbourSP.subarray(slot * P, (slot + 1) * P)].filter((node) => node >= 0),
});

it('leaves what is drawn once as it was, the first of those that are kept', () => {
  expect(clickedOf(kept, kept.neighbourSF)).toEqual(clickedOf(once, once.neighbourSF));
  expect(once.neighbourSP).toBeUndefined();
  expect(redrawNeighbours(once, { from: P, key: 1 })).toBe(once);
  for (let slot = 0; slot < kept.neighbourSF.length / F; slot++) {
    const { drawn, kept: all } = slotOf(kept, slot);
    expect(drawn).toEqual(all.slice(0, F));
  }
});

it('draws as many as the fan-out of those that were kept, none twice, the same for the same key', () => {
  const drawn = redrawNeighbours(kept, { from: P, key: 7 });
  expect(redrawNeighbours(kept, { from: P, key: 7 })).toEqual(drawn);
  expect(redrawNeighbours(kept, { from: F, key: 7 })).toBe(kept);
  expect(redrawNeighbours(kept, { from: P, key: 8 }).neighbourSF).not.toEqual(drawn.neighbourSF);
  for (let slot = 0; slot < drawn.neighbourSF.length / F; slot++) {
    const { drawn: some, kept: all } = slotOf(drawn, slot);
    expect(some).toHaveLength(Math.min(F, all.length));
    expect(new Set(some).size).toBe(some.length);
    expect(all).toEqual(expect.arrayContaining(some));
  }
});

it('draws the same from the first few, however many more are kept', async () => {
  const { slates } = await encodedDrinks(60, { graph: { fanOut: F, clicks: 2, seed: 1, redrawFrom: P + 4 } });
  const more = slates.columns.graph as EncodedClickGraph;
  const redraw = { from: P, key: 5 };
  const expected = redrawNeighbours(kept, redraw);
  const drawn = redrawNeighbours(more, redraw);
  expect(clickedOf(drawn, drawn.neighbourSF)).toEqual(clickedOf(expected, expected.neighbourSF));
});

it('draws every one of the pairs about as often', () => {
  const full = Array.from({ length: kept.neighbourSF.length / F }, (_, slot) => slot).filter(
    (slot) => slotOf(kept, slot).kept.length === P,
  );
  expect(full.length).toBeGreaterThan(20);
  const counts = new Map<string, number>();
  for (let key = 0; key < 200; key++) {
    const drawn = redrawNeighbours(kept, { from: P, key });
    for (const slot of full) {
      const { drawn: some, kept: all } = slotOf(drawn, slot);
      const pair = some.map((node) => all.indexOf(node)).sort();
      counts.set(pair.join(), (counts.get(pair.join()) ?? 0) + 1);
    }
  }
  // 5 over 2 pairs, each with one chance in ten.
  const expected = (200 * full.length) / 10;
  expect(counts.size).toBe(10);
  for (const count of counts.values()) expect(Math.abs(count - expected)).toBeLessThan(6 * Math.sqrt(expected));
});

it('gives batches with the neighbours of the key, and the rest as it was', async () => {
  const { slates } = await encodedDrinks(60, { graph: { fanOut: F, clicks: 2, seed: 1, redrawFrom: P } });
  const lists = Int32Array.from({ length: 20 }, (_, at) => slates.count - 1 - at);
  const { graph, labelBK } = slates.batch(lists);
  const other = slates.redrawn?.({ from: P, key: 3 }).batch(lists);
  expect(other?.labelBK).toEqual(labelBK);
  expect(other?.graph).not.toEqual(graph);
  expect(createInMemorySlates({ ...slates.columns, graph: once }).redrawn).toBeUndefined();
});
