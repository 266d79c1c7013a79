/** Legend: B requests, N candidates, S decodings, T places. */
import { describe, expect, it } from 'vitest';
import { compareGradients, type Feeds, type Flat, worstGradient } from '../../test/graph-check.ts';
import { createPointerToy, toyConfig } from '../../test/pointer-toy.ts';
import { withNoise } from '../../test/random-model.ts';
import { compilePointerEncoder, compilePointerStep } from '../generate/pointer/pointer-graphs.ts';
import { concat, input } from '../graph/leaves.ts';
import { createRng } from '../random/rng.ts';
import { compileGraph } from '../runtime/compile.ts';
import { createSession } from '../runtime/session.ts';
import type { RuntimeValues } from '../runtime/value.ts';
import { EMPTY } from '../slate/places.ts';
import { type Lesson, lessonFeeds } from '../train/pointer/pointer-lessons.ts';
import { createPointerModel, givenSlates, logProbabilities, type PointerModel } from './pointer.ts';
import { nextState, startOfState } from './pointer-state.ts';
import { type Feed, scorerFeeds } from './tables/scorer-feeds.ts';
import { modelArrays } from './tables/weights.ts';

const toy = createPointerToy({ train: 3, heldOut: 1, N: 5 });
const batch = toy.data.slates.batch(Int32Array.of(0, 1, 2));
const lessons: readonly Lesson[] = [
  [Int32Array.of(0, 3, 1), Int32Array.of(4, 2, 0)],
  [Int32Array.of(2, 1, 4), Int32Array.of(1, 2, 3)],
  [Int32Array.of(3, 0, 4), Int32Array.of(4, 1, EMPTY)],
].map((slates, b) => ({ slates, weights: slates.map((_, s) => [1 + b, -0.5 * s, 0.3]) }));

function randomModel(width = 8, how: Partial<PointerModel['config']> = {}): PointerModel {
  const config = { ...toyConfig().model, width, heads: 2, feedForward: 8, clip: 3, ...how };
  return withNoise(createPointerModel(createRng(1), { config, spec: toy.spec }), createRng(2), 0.3);
}

const tensorsOf = (model: PointerModel): Record<string, PointerModel['layer']['start']['tensor']> =>
  Object.fromEntries(Object.entries(model.parameters).map(([name, { tensor }]) => [name, tensor]));

/** log pi of every choice by the teacher-forced graph, [B, S, T]. */
async function forcedLogs(model: PointerModel): Promise<Float32Array> {
  const chosen = concat(logProbabilities(model, givenSlates(3)).chosenLogBST, 2);
  const session = await createSession(
    compileGraph({ chosen }, { parameters: tensorsOf(model), constants: modelArrays(model) }),
  );
  const values = await session.run({
    ...scorerFeeds(batch, model.tables),
    ...lessonFeeds(batch, lessons, { size: 3 }),
  });
  await session.release();
  return values.chosen.data as Float32Array;
}

describe('a pointer network', () => {
  it('with a glimpse that takes the place of the query it has the same weights and says something else', async () => {
    const [added, replaces] = (['added', 'replaces'] as const).map((glimpse) => randomModel(8, { glimpse }));
    expect(modelArrays(replaces)).toEqual(modelArrays(added));
    expect(await forcedLogs(replaces)).not.toEqual(await forcedLogs(added));
  });

  it.each([
    ['glimpse added', {}],
    ['glimpse replaces', { glimpse: 'replaces' }],
    ['intra-attention', { intra: true }],
  ] as const)('says place by place what the teacher-forced graph says of the whole slate: %s', async (_, how) => {
    const model = randomModel(8, how);
    const forced = await forcedLogs(model);
    const [encoder, step] = await Promise.all(
      [compilePointerEncoder, compilePointerStep].map((compile) =>
        createSession(compile(model, { constants: true }).graph),
      ),
    );
    const encoded = await encoder.run(scorerFeeds(batch, model.tables));
    const [B, N, D] = encoded.vectorsBND.dims;
    const vectors = encoded.vectorsBND.data as Float32Array;
    for (const [b, { slates }] of lessons.entries()) {
      const own = (name: string): Float32Array =>
        (encoded[name].data as Float32Array).slice(
          (b * encoded[name].data.length) / B,
          ((b + 1) * encoded[name].data.length) / B,
        );
      for (const [s, places] of slates.entries()) {
        const left = new Float32Array(N).fill(1);
        let last = own('firstBD');
        let state = startOfState(model.config, 1);
        for (const [t, candidate] of places.entries()) {
          if (candidate === EMPTY) break;
          const values = await step.run({
            glimpseReferencesBND: { data: own('glimpseReferencesBND'), dims: [1, N, D] },
            pointerReferencesBND: { data: own('pointerReferencesBND'), dims: [1, N, D] },
            lastBSD: { data: last, dims: [1, 1, D] },
            leftBSN: { data: left, dims: [1, 1, N] },
            ...state,
          });
          state = nextState(state, { hiddenRD: values.nextHiddenRD as Feed, memoryRD: values.nextMemoryRD as Feed });
          const logits = Array.from(values.logitsBSN.data as Float32Array);
          // Bounded by the clip where a choice is open, out of reach where it is not.
          for (const [n, logit] of logits.entries()) expect(Math.abs(logit) <= 3).toBe(left[n] === 1);
          const mass = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
          expect(forced[(b * 2 + s) * 3 + t]).toBeCloseTo(logits[candidate] - Math.log(mass), 4);
          left[candidate] = 0;
          last = vectors.slice((b * N + candidate) * D, (b * N + candidate + 1) * D);
        }
      }
    }
    await Promise.all([encoder.release(), step.release()]);
  });

  it('attends to its earlier outputs from the second place on', async () => {
    const model = randomModel(8, { intra: true });
    const before = await forcedLogs(model);
    for (const name of Object.keys(model.parameters).filter((each) => each.endsWith('.earlier')))
      model.parameters[name].initial.fill(0);
    const without = await forcedLogs(model);
    for (let place = 0; place < before.length; place++) {
      const isEmpty = place === before.length - 1;
      if (place % 3 === 0) expect(without[place]).toBeCloseTo(before[place], 5);
      else if (!isEmpty) expect(Math.abs(without[place] - before[place])).toBeGreaterThan(1e-4);
    }
  });

  it('gives the last candidate that is left the probability 1, and all choices of a place 1 together', async () => {
    const model = randomModel();
    const all: Lesson = {
      slates: Array.from({ length: 5 }, (_, n) => Int32Array.of(n, (n + 1) % 5, (n + 2) % 5, (n + 3) % 5, (n + 4) % 5)),
      weights: Array.from({ length: 5 }, () => [0, 0, 0, 0, 0]),
    };
    const one = toy.data.slates.batch(Int32Array.of(3));
    const chosen = concat(logProbabilities(model, givenSlates(5)).chosenLogBST, 2);
    const session = await createSession(
      compileGraph({ chosen }, { parameters: tensorsOf(model), constants: modelArrays(model) }),
    );
    const values = await session.run({ ...scorerFeeds(one, model.tables), ...lessonFeeds(one, [all], { size: 5 }) });
    await session.release();
    const logs = values.chosen.data as Float32Array;
    const first = [0, 1, 2, 3, 4].map((s) => Math.exp(logs[5 * s]));
    expect(first.reduce((sum, share) => sum + share)).toBeCloseTo(1, 5);
    for (let s = 0; s < 5; s++) expect(logs[5 * s + 4]).toBeCloseTo(0, 6);
  });

  it.each([false, true])(
    'has a training loss whose gradient agrees with finite differences, intra %s',
    async (intra) => {
      const model = randomModel(4, { intra });
      const { chosenLogBST, entropyBST } = logProbabilities(model, givenSlates(3));
      const weightBST = input('weightBST', ['B', 'S', 3]);
      const loss = concat(chosenLogBST, 2).mul(weightBST).total().add(concat(entropyBST, 2).total().mul(0.1));
      const flat = ({ data, dims }: RuntimeValues[string]): Flat => ({
        values: Array.from(data as ArrayLike<number>, Number),
        dims,
      });
      const read = { ...scorerFeeds(batch, model.tables), ...lessonFeeds(batch, lessons, { size: 3 }) };
      const feeds: Record<string, Flat> = Object.fromEntries(
        Object.entries(read).map(([name, value]) => [name, flat(value)]),
      );
      const arrays = modelArrays(model);
      for (const [name, { shape }] of Object.entries(model.parameters))
        feeds[name] = { values: [...arrays[name]], dims: shape };
      const compared = await compareGradients(loss, tensorsOf(model), feeds satisfies Feeds);
      expect(worstGradient(compared)).toBeLessThan(1e-6);
      const moving = Object.values(compared).filter(({ symbolic }) => symbolic.some((slope) => slope !== 0));
      expect(moving.length).toBeGreaterThan(25);
    },
  );
});
