import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exampleEncoders, exampleItems, randomLog } from '../../../test/example-features.ts';
import { createReplay } from '../../../test/replayed.ts';
import type { Impression } from '../../slate/impression.ts';
import { collate } from '../batches/collate.ts';
import type { ClickGraphOptions, EncodedClickGraph } from './click-graph.ts';
import type { EncodedSlates } from './encoded-slates.ts';

const wide: ClickGraphOptions = { fanOut: 50, clicks: 50, seed: 1 };

function encode(log: readonly Impression[], graph: ClickGraphOptions): EncodedSlates & { graph: EncodedClickGraph } {
  const replay = createReplay({ encoders: exampleEncoders, historyLength: 3, graph });
  for (const [item, fields] of Object.entries(exampleItems)) replay.applyItem({ item, fields });
  for (const each of log) replay.add(each);
  return replay.take() as EncodedSlates & { graph: EncodedClickGraph };
}

/** What users had clicked before a time, from the log itself: item ids by user. */
function clicksBefore(log: readonly Impression[], time: number): ReadonlyMap<string, ReadonlySet<string>> {
  const clicks = new Map<string, Set<string>>();
  for (const { ranking, clickTimesK } of log) {
    for (const [k, { id }] of ranking.items.entries()) {
      const at = Math.max(clickTimesK[k], ranking.time);
      if (clickTimesK[k] < 0 || at >= time || ranking.user === '') continue;
      clicks.set(ranking.user, (clicks.get(ranking.user) ?? new Set()).add(id));
    }
  }
  return clicks;
}

const itemIds = [...Object.keys(exampleItems), 'unheard of'];
const sorted = (sets: readonly (readonly string[])[]): readonly string[] =>
  sets.map((set) => [...set].sort().join()).sort();

it('has no edge as young as its impression, and every older one', () => {
  let edges = 0;
  fc.assert(
    fc.property(randomLog, (log) => {
      const { graph, offsets, items } = encode(log, wide);
      for (const [b, { ranking }] of log.entries()) {
        const known = clicksBefore(log, ranking.time);
        for (const [k, { id }] of ranking.items.entries()) {
          const nodes = graph.neighbourSF.subarray((offsets[b] + k) * 50, (offsets[b] + k + 1) * 50);
          const sampled = [...nodes].filter((node) => node >= 0);
          const clicked = sampled.map((node) =>
            [...graph.clickedNG.subarray(node * 50, (node + 1) * 50)].flatMap((row) =>
              row < 0 ? [] : [itemIds[items.itemR[row]]],
            ),
          );
          const expected = [...known.values()].filter((set) => set.has(id)).map((set) => [...set]);
          expect(sorted(clicked)).toEqual(sorted(expected));
          edges += sampled.length;
        }
      }
    }),
    { numRuns: 200 },
  );
  expect(edges).toBeGreaterThan(100);
});

it('samples as many as the fan-out, each user once, the same for the same seed and others for another', () => {
  const users = Array.from({ length: 30 }, (_, index) => `u${index}`);
  const shown = (user: string, time: number, click: boolean): Impression => ({
    ranking: { event: 'ranking', id: `${user} ${time}`, time, user, fields: {}, items: [{ id: 'a', fields: {} }] },
    clickTimesK: Float64Array.of(click ? time + 1 : -1),
  });
  const log = [...users.map((user, index) => shown(user, 1000 * index, true)), shown('last', 1e6, false)];
  const sample = (seed: number): readonly number[] => {
    const { graph } = encode(log, { fanOut: 5, clicks: 2, seed });
    return [...graph.neighbourSF.subarray(30 * 5)];
  };
  expect(new Set(sample(1)).size).toBe(5);
  expect(sample(1).every((node) => node >= 0)).toBe(true);
  expect(sample(1)).toEqual(sample(1));
  expect(sample(2)).not.toEqual(sample(1));
});

it('collates the nodes around a batch, each once', () => {
  fc.assert(
    fc.property(randomLog, (log) => {
      const slates = encode(log, { fanOut: 3, clicks: 2, seed: 1 });
      const batch = collate(slates, Int32Array.from(log.keys()));
      const graph = batch.graph as NonNullable<typeof batch.graph>;
      const distinct = new Set(slates.graph.neighbourSF.filter((node) => node >= 0));
      expect(graph.V).toBe(Math.max(1, distinct.size));
      expect(graph.neighbourMaskBKF.length).toBe(batch.B * batch.K * 3);
      const edges = slates.graph.neighbourSF.filter((node) => node >= 0).length;
      expect(graph.neighbourMaskBKF.reduce((sum, value) => sum + value, 0)).toBe(edges);
      expect(graph.nodeItemIndexVG.every((index) => index < batch.U)).toBe(true);
    }),
    { numRuns: 50 },
  );
});
