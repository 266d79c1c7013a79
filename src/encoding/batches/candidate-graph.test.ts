import { expect, it } from 'vitest';
import { createGraphBatch } from './candidate-graph.ts';

it('puts the neighbours of each candidate at its slots, and the nodes of all in every batch', () => {
  const graph = createGraphBatch(
    {
      fanOut: 2,
      clicks: 2,
      neighbourSF: Int32Array.of(0, 1, 1, -1, -1, -1),
      clickedNG: Int32Array.of(4, 5, 6, -1),
    },
    4,
  );
  graph.place(0, 1);
  graph.place(1, 0);
  graph.place(3, 2);
  const { V, neighbourIndexBKF, neighbourMaskBKF, nodeItemIndexVG, nodeItemMaskVG } = graph.batch;
  expect(V).toBe(2);
  expect([...nodeItemIndexVG]).toEqual([4, 5, 6, 0]);
  expect([...nodeItemMaskVG]).toEqual([1, 1, 1, 0]);
  expect([...neighbourIndexBKF]).toEqual([1, 0, 0, 1, 0, 0, 0, 0]);
  expect([...neighbourMaskBKF]).toEqual([1, 0, 1, 1, 0, 0, 0, 0]);
});

it('has one node without items where nobody has clicked anything', () => {
  const none = new Int32Array(0);
  const { batch } = createGraphBatch({ fanOut: 1, clicks: 2, neighbourSF: Int32Array.of(-1), clickedNG: none }, 1);
  expect(batch.V).toBe(1);
  expect([...batch.nodeItemMaskVG, ...batch.neighbourMaskBKF]).toEqual([0, 0, 0]);
});
