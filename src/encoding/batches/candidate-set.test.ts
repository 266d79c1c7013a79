import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { encodedSimulation } from '../../../test/encoded-simulation.ts';
import { exampleEncoders, exampleItems, randomLog } from '../../../test/example-features.ts';
import { createReplay, knownItemsOf, knownUsersOf, type Replay, replayAfter } from '../../../test/replayed.ts';
import type { EncodedDataset } from '../../datasets/walk/encode-dataset.ts';
import type { RankingEvent } from '../../slate/events.ts';
import type { Impression } from '../../slate/impression.ts';
import { EMPTY, type Places } from '../../slate/places.ts';
import type { SlateBatch } from '../columns/encoded-slates.ts';
import { type FittedFeatures, normaliseSlates } from '../columns/fitted-features.ts';
import { fitNormaliser } from '../encoders/normaliser.ts';
import { createCandidateSet } from './candidate-set.ts';
import { collate } from './collate.ts';

/** The slate as a request of its own: items at explicit positions. */
function asRequest(request: RankingEvent, slate: Places): RankingEvent {
  const items = [...slate].flatMap((n, position) => (n === EMPTY ? [] : [{ ...request.items[n], position }]));
  return { ...request, items };
}

type Normalisers = Pick<FittedFeatures, 'slotNormaliser' | 'contextNormaliser'>;

/** The slates through the one path from a request to a batch. */
function throughReplay(
  replay: Replay,
  slates: readonly Places[],
  { request, features }: { request: RankingEvent; features: Normalisers },
): SlateBatch {
  for (const slate of slates) {
    const ranking = asRequest(request, slate);
    replay.peek({ ranking, clickTimesK: new Float64Array(ranking.items.length).fill(-1) });
  }
  const encoded = normaliseSlates(replay.take(), features as FittedFeatures);
  return collate(encoded, Int32Array.from(slates.keys()));
}

/** What a model sees of a batch, item rows written out wherever an index names them. */
function seen(batch: SlateBatch): Readonly<Record<string, unknown>> {
  const width = batch.itemDenseUF.length / batch.U;
  const rows = Array.from({ length: batch.U }, (_, u) => [
    batch.itemU[u],
    ...batch.itemDenseUF.subarray(u * width, (u + 1) * width),
    ...batch.itemBagsU.map(({ offsets, ids }) => [...ids.subarray(offsets[u], offsets[u + 1])].join()),
  ]);
  const written = (index: Int32Array, mask: Float32Array): unknown =>
    Array.from(index, (u, at) => (mask[at] === 0 ? 'none' : rows[u]));
  return {
    extents: [batch.B, batch.K],
    maskBK: batch.maskBK,
    positionBK: batch.positionBK,
    slotDenseBKF: batch.slotDenseBKF,
    contextDenseBF: batch.contextDenseBF,
    contextBagsB: batch.contextBagsB,
    items: written(batch.itemIndexBK, batch.maskBK),
    clicked: written(batch.clickedIndexBH, batch.clickedMaskBH),
    skipped: written(batch.skippedIndexBH, batch.skippedMaskBH),
  };
}

/** Partial and whole slates of up to `size` places over N candidates, by numbers in [0, 1). */
function randomSlates(random: () => number, { N, size, count }: { N: number; size: number; count: number }): Places[] {
  return Array.from({ length: count }, () => {
    const left = Array.from({ length: N }, (_, n) => n);
    return Int32Array.from({ length: Math.min(size, N) }, () =>
      random() < 0.3 ? EMPTY : left.splice(Math.floor(random() * left.length), 1)[0],
    );
  });
}

const exampleReplay = (): Replay => {
  const replay = createReplay({ encoders: exampleEncoders, historyLength: 3 });
  for (const [item, fields] of Object.entries(exampleItems)) replay.applyItem({ item, fields });
  return replay;
};

function fitted(replay: Replay): Normalisers {
  const slates = replay.take();
  const fitAll = (values: Float32Array, columns: number): ReturnType<typeof fitNormaliser> =>
    fitNormaliser(values, { columns, rows: Array.from({ length: values.length / columns }, (_, row) => row) });
  return {
    slotNormaliser: fitAll(slates.slotDenseSF, replay.columns.slot.length),
    contextNormaliser: fitAll(slates.contextDenseBF, replay.columns.context.length),
  };
}

describe('candidate set', () => {
  it('gives bit for bit what the replay gives for the same items at the same places', () => {
    fc.assert(
      fc.property(
        randomLog,
        fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 60 }),
        (log, draws) => {
          const replay = exampleReplay();
          for (const each of log) replay.add(each);
          const features = fitted(replay);
          const last = log[log.length - 1].ranking;
          // Fields of an item in this request only, an unknown item, an item without any field.
          const ids = ['e', 'a', 'never met', 'c', 'b', 'd'];
          const items = ids.map((id, n) => ({ id, fields: n === 4 ? {} : { relevancy: (n * 7) % 5 } }));
          const request = { ...last, time: last.time + 120_000, items };
          let at = 0;
          const some = randomSlates(() => draws[at++ % draws.length], { N: 6, size: 5, count: 8 });
          // The one path has no columns at all where no list has an item.
          const slates = [...some, Int32Array.from([2])];
          const set = createCandidateSet(replay.candidates(request), features);
          const batch = set.collate(slates);
          expect(seen(batch)).toEqual(seen(throughReplay(replay, slates, { request, features })));
          expect([...(batch.restB ?? [])]).toEqual(slates.map((slate) => slate.filter((n) => n === EMPTY).length));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('keeps what was known at the request when the replay goes on, and leaves no trace in it', () => {
    fc.assert(
      fc.property(randomLog, (log) => {
        const [asked, untouched] = [exampleReplay(), exampleReplay()];
        const cut = log.length >> 1;
        for (const each of log.slice(0, cut)) asked.add(each);
        const request = log[cut].ranking;
        const slates = [Int32Array.from(request.items.keys()), Int32Array.from([EMPTY, 0])];
        const features = fitted(exampleReplayAfter(log));
        const expected = seen(createCandidateSet(asked.candidates(request), features).collate(slates));
        const kept = createCandidateSet(asked.candidates(request), features);
        for (const each of log.slice(cut)) asked.add(each);
        expect(seen(kept.collate(slates))).toEqual(expected);
        for (const each of log) untouched.add(each);
        expect(asked.take().slotDenseSF).toEqual(untouched.take().slotDenseSF);
      }),
      { numRuns: 50 },
    );
  });

  it('takes a slate without items and refuses a place that names no candidate', () => {
    const replay = exampleReplayAfter([]);
    const request: RankingEvent = {
      ...{ event: 'ranking', id: 'q', time: 5, user: '', fields: {} },
      items: [{ id: 'a', fields: {} }],
    };
    const F = replay.columns.slot.length;
    const features = {
      slotNormaliser: { means: new Array(F).fill(0), deviations: new Array(F).fill(1) },
      contextNormaliser: { means: new Array(20).fill(0), deviations: new Array(20).fill(0) },
    };
    const set = createCandidateSet(replay.candidates(request), features);
    const batch = set.collate([Int32Array.from([EMPTY, EMPTY])]);
    expect([...batch.maskBK]).toEqual([0]);
    expect([...(batch.restB ?? [])]).toEqual([2]);
    expect(batch.contextDenseBF.every((value) => value === 0)).toBe(true);
    expect(() => set.collate([Int32Array.from([0, 1])])).toThrow(/expected candidates below 1, found 1 at place 1/);
  });
});

const exampleReplayAfter = (log: readonly Impression[]): Replay => {
  const replay = exampleReplay();
  for (const each of log) replay.add(each);
  return replay;
};

describe('candidates of a simulated log', () => {
  let encoded: EncodedDataset;
  beforeAll(async () => {
    encoded = await encodedSimulation(150);
  });

  it('are encoded as the replay encodes them, likenesses included', () => {
    const { memory, features } = encoded;
    const replay = replayAfter(encoded);
    const ids = knownItemsOf(memory).slice(0, 30);
    const users = knownUsersOf(memory).slice(0, 5);
    let state = 12345;
    const random = (): number => {
      state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
      return state / 0x80000000;
    };
    for (const user of users) {
      const request: RankingEvent = {
        ...{ event: 'ranking', id: 'q', time: 2e12, user, fields: {} },
        items: ids.map((id) => ({ id, fields: {} })),
      };
      const slates = randomSlates(random, { N: 30, size: 10, count: 40 });
      const set = createCandidateSet(replay.candidates(request), features);
      expect(seen(set.collate(slates))).toEqual(seen(throughReplay(replay, slates, { request, features })));
      const column = replay.columns.slot.indexOf('mean likeness in list');
      const { means, deviations } = features.slotNormaliser;
      const { slotDenseBKF } = set.collate([Int32Array.from([3, 8])]);
      const likeness = slotDenseBKF[column] * deviations[column] + means[column];
      expect(set.likeness(3, 8)).toBeCloseTo(likeness, 5);
      expect(set.likeness(8, 3)).toBe(set.likeness(3, 8));
      expect(set.likeness(3, 3)).toBe(0);
    }
  });
});
