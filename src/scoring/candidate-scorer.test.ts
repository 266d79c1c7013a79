import { beforeAll, describe, expect, it } from 'vitest';
import { encodedSimulation } from '../../test/encoded-simulation.ts';
import { randomStoredModel } from '../../test/random-model.ts';
import { knownItemsOf, knownUsersOf, replayOf } from '../../test/replayed.ts';
import type { EncodedDataset } from '../datasets/walk/encode-dataset.ts';
import { collate } from '../encoding/batches/collate.ts';
import { normaliseSlates } from '../encoding/columns/fitted-features.ts';
import { scorers } from '../models/scorers.ts';
import { scorerFeeds } from '../models/tables/scorer-feeds.ts';
import { modelArrays } from '../models/tables/weights.ts';
import { createRng } from '../random/rng.ts';
import { createSession } from '../runtime/session.ts';
import type { RankingEvent } from '../slate/events.ts';
import { countItems, EMPTY, type Places } from '../slate/places.ts';
import { createCandidateScorer, type SlateLogits } from './candidate-scorer.ts';
import { compileForward } from './forward-graph.ts';
import type { StoredModel } from './model-folder.ts';

let encoded: EncodedDataset;
let request: RankingEvent;
beforeAll(async () => {
  encoded = await encodedSimulation(150);
  const ids = knownItemsOf(encoded.memory).slice(0, 11);
  const [user] = knownUsersOf(encoded.memory);
  const items = [...ids, 'never seen'].map((id) => ({ id, fields: {} }));
  request = { event: 'ranking', id: 'q', time: 2e12, user, fields: {}, items };
});

const storedModel = (scorer: string): StoredModel =>
  randomStoredModel(encoded, { scorer, seed: 5, config: { listRelative: true } });

/** Prefixes, slates with holes, whole ones, of mixed lengths in no order. */
function someSlates(count: number): Places[] {
  const rng = createRng(8);
  return Array.from({ length: count }, (_, at) => {
    const drawn = rng.shuffle(Int32Array.from({ length: 12 }, (__, n) => n)).slice(0, 1 + (at % 6));
    return drawn.map((n) => (drawn.length > 1 && rng.next() < 0.3 ? EMPTY : n));
  });
}

/** The slates as requests of their own, through the replay and the graph that is fed its parameters. */
async function throughReplay(
  { model, encoder, memory, features }: StoredModel,
  slates: readonly Places[],
): Promise<number[][]> {
  const replay = replayOf(encoder, memory);
  for (const slate of slates) {
    const items = [...slate].flatMap((n, position) => (n === EMPTY ? [] : [{ ...request.items[n], position }]));
    replay.peek({ ranking: { ...request, items }, clickTimesK: new Float64Array(items.length).fill(-1) });
  }
  const batch = collate(normaliseSlates(replay.take(), features), Int32Array.from(slates.keys()));
  const { graph, layout } = compileForward(model);
  const arrays = modelArrays(model);
  const parameters = Object.fromEntries(layout.entries.map(({ name, dims }) => [name, { data: arrays[name], dims }]));
  const session = await createSession(graph);
  const { itemLogitsBK, slateLogitB } = await session.run({ ...scorerFeeds(batch, model.tables), ...parameters });
  await session.release();
  return slates.map((slate, b) => [
    Number(slateLogitB.data[b]),
    ...Array.from({ length: countItems(slate) }, (_, k) => Number(itemLogitsBK.data[b * batch.K + k])),
  ]);
}

const rows = ({ offsets, logits, slateLogitOf }: SlateLogits): number[][] =>
  Array.from({ length: offsets.length - 1 }, (_, b) => [
    slateLogitOf(b),
    ...logits.subarray(offsets[b], offsets[b + 1]),
  ]);

function expectNear(actual: number[][], expected: number[][]): void {
  expect(actual.map((row) => row.length)).toEqual(expected.map((row) => row.length));
  for (const [b, row] of expected.entries())
    for (const [k, logit] of row.entries())
      expect(Math.abs(actual[b][k] - logit)).toBeLessThan(1e-5 * Math.max(1, Math.abs(logit)));
}

describe.each(scorers.names)('candidate scorer of %s', (name) => {
  it('gives the logits that the same slates have as requests of their own', async () => {
    const stored = storedModel(name);
    const slates = someSlates(60);
    const scorer = await createCandidateScorer(stored, { workers: 1 });
    const actual = rows(await scorer.open(request).score(slates));
    await scorer.close();
    expectNear(actual, await throughReplay(stored, slates));
    // Not because all slates are alike to it.
    expect(new Set(actual.map(([slate]) => slate.toFixed(3))).size).toBeGreaterThan(10);
  });
});

describe('candidate scorer', () => {
  it('answers calls that overlap, on several threads, as it answers them alone', async () => {
    const stored = storedModel('attention');
    const slates = someSlates(300);
    const [alone, together] = await Promise.all([1, 2].map((workers) => createCandidateScorer(stored, { workers })));
    const expected = rows(await alone.open(request).score(slates));
    const open = together.open(request);
    const [first, second] = await Promise.all([open.score(slates), open.score(slates.slice(0, 5))]);
    expectNear(rows(first), expected);
    expectNear(rows(second), expected.slice(0, 5));
    await Promise.all([alone.close(), together.close()]);
  });

  it('takes an empty slate, no slate, and refuses a request without candidates', async () => {
    const scorer = await createCandidateScorer(storedModel('attention'), { workers: 1 });
    const open = scorer.open(request);
    const { offsets, slateLogitOf } = await open.score([Int32Array.from([EMPTY, EMPTY]), Int32Array.from([EMPTY, 3])]);
    expect([...offsets]).toEqual([0, 0, 1]);
    expect(slateLogitOf(0)).toBeLessThan(-10);
    expect(slateLogitOf(1)).toBeGreaterThan(-10);
    expect(rows(await open.score([]))).toEqual([]);
    await expect(open.score([Int32Array.from([12])])).rejects.toThrow(/candidates below 12, found 12/);
    // A call that failed is forgotten.
    expect((await open.score([Int32Array.from([3])])).logits).toHaveLength(1);
    expect(() => scorer.open({ ...request, items: [] })).toThrow(
      /request q: expected at least one item in "items", found \[\]/,
    );
    await scorer.close();
  });
});
