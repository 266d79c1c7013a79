import { beforeAll, expect, it } from 'vitest';
import { encodedDrinks } from '../../../test/encoded-drinks.ts';
import { createInMemorySlates, type InMemorySlates } from '../../datasets/slate-source/in-memory-slates.ts';
import type { SlateSource } from '../../datasets/slate-source/slate-source.ts';
import type { EncodedDataset } from '../../datasets/walk/encode-dataset.ts';
import { createModel, type Model } from '../../models/model.ts';
import { twoStageScorer } from '../../models/scorers/two-stage-scorer.ts';
import { createRng } from '../../random/rng.ts';
import { sampleConfig } from '../../testing/sample-model.ts';
import { factorFold, fitFactorTables } from './fit-factor-tables.ts';
import { observe } from './observations.ts';

const config = { userRidge: 1, levelRidge: 3, itemRidge: 5, rateWeight: 10, sweeps: 3 };
const sets = { factors: 8, folds: 5 };
const [C, SETS] = [10, 6];
let encoded: EncodedDataset;
beforeAll(async () => {
  encoded = await encodedDrinks(300);
});

function fitted(slates: InMemorySlates): Model {
  const spec = { ...encoded.spec, items: encoded.slates.knownItems(encoded.train) };
  const model = createModel(createRng(1), {
    scorer: twoStageScorer,
    config: { ...sampleConfig, knots: undefined },
    spec,
  });
  fitFactorTables(model, { slates, train: encoded.train, config, rng: createRng(2) });
  return model;
}

/** The columns of one set, of all rows. */
const setOf = ({ tables }: Model, set: number): Float32Array =>
  tables.id[0].values.filter((_, at) => Math.floor((at % (C * SETS)) / C) === set);

it('the users of a fold have no say in the factors that stand for them in training, and one in all others', () => {
  const { columns } = encoded.slates;
  const own = 3;
  const labelS = columns.labelS.slice();
  for (const list of encoded.train)
    if (factorFold(columns.userB[list], sets) === own) labelS.fill(1, columns.offsets[list], columns.offsets[list + 1]);
  const [before, after] = [fitted(encoded.slates), fitted(createInMemorySlates({ ...columns, labelS }))];
  for (let set = 0; set < SETS; set++) {
    if (set === own) expect(setOf(after, set)).toEqual(setOf(before, set));
    else expect(setOf(after, set)).not.toEqual(setOf(before, set));
  }
});

it('spreads users over all folds and tells training each list with the fold of its user', () => {
  const spec = { ...encoded.spec, items: encoded.slates.knownItems(encoded.train) };
  const model = createModel(createRng(1), {
    scorer: twoStageScorer,
    config: { ...sampleConfig, knots: undefined },
    spec,
  });
  const { slates, train } = encoded;
  const learned = fitFactorTables(model, { slates, train, config, rng: createRng(2) });
  const { foldB } = learned.batch(train);
  const { userB } = slates.outcomes(train);
  expect([...(foldB ?? [])]).toEqual(Array.from(userB, (user) => factorFold(user, sets)));
  expect(new Set(foldB)).toEqual(new Set([1, 2, 3, 4, 5]));
  expect(slates.batch(train).foldB).toBeUndefined();
  // Lists whose neighbours are drawn anew have their folds too.
  const drawn: SlateSource = { ...slates, redrawn: () => slates };
  const again = fitFactorTables(model, { slates: drawn, train, config, rng: createRng(2) });
  expect(again.redrawn?.({ from: 9, key: 1 }).batch(train).foldB).toEqual(foldB);
  // Row 0, of every item that is not known, stays zero.
  expect(model.tables.id[0].values.subarray(0, C * SETS).every((value) => value === 0)).toBe(true);
});

it('observes every item once for a user, clicked where it was clicked in any list', () => {
  const { columns } = encoded.slates;
  const seen = new Map<string, number>();
  for (const list of encoded.train)
    for (let slot = columns.offsets[list]; slot < columns.offsets[list + 1]; slot++) {
      const key = `${columns.userB[list]} ${columns.items.itemR[columns.itemRowS[slot]]}`;
      seen.set(key, Math.max(seen.get(key) ?? 0, columns.labelS[slot]));
    }
  const observed = observe(encoded.slates, encoded.train).flatMap(({ user, itemN, clickedN }) =>
    Array.from(itemN, (item, n) => [`${user} ${item}`, clickedN[n]] as const),
  );
  expect(observed).toHaveLength(seen.size);
  expect(new Map(observed)).toEqual(seen);
});
