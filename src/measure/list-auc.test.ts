import { expect, it } from 'vitest';
import { numberUsers } from '../metrics/number-users.ts';
import { valuesOfPart } from '../metrics/part-statistics.ts';
import { createRng } from '../random/rng.ts';
import { listAucMetric } from './list-auc.ts';
import { userStatistics } from './user-statistics.ts';

const auc = (lists: readonly (readonly [number, number][])[]): number => {
  const offsets = Int32Array.from([0, ...lists.map((_, b) => lists.slice(0, b + 1).flat().length)]);
  const userB = Int32Array.from(lists.keys());
  const shown = { offsets, labelS: Uint8Array.from(lists.flat(), ([, label]) => label), userB };
  const predictions = {
    ...{ recipe: 'r', seed: 1, scale: 'logit' as const, threshold: 0 },
    valueS: Float64Array.from(lists.flat(), ([score]) => score),
  };
  return valuesOfPart(userStatistics(shown, numberUsers(userB), predictions, [listAucMetric])).listAuc;
};

it('is the share of pairs of a list in the right order, ties one half, mean over lists that have both', () => {
  const rng = createRng(4);
  const lists = Array.from({ length: 30 }, () =>
    Array.from({ length: 1 + rng.integer(6) }, (): [number, number] => [rng.integer(4), Number(rng.next() < 0.4)]),
  );
  const bySlate = lists.flatMap((list) => {
    const pairs = list.flatMap(([one, clicked]) =>
      list.flatMap(([other, alsoClicked]) =>
        clicked === 1 && alsoClicked === 0 ? [Math.sign(one - other) / 2 + 0.5] : [],
      ),
    );
    return pairs.length === 0 ? [] : [pairs.reduce((a, b) => a + b) / pairs.length];
  });
  expect(auc(lists)).toBeCloseTo(bySlate.reduce((a, b) => a + b) / bySlate.length, 12);
});

it('has no value where no list has both', () => {
  expect(auc([[[1, 1]], [[2, 0]]])).toBeNaN();
});
