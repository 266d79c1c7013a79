import { expect, it } from 'vitest';
import { type ChosenSlate, loggedChoice, measureChoices } from './chosen-slates.ts';

const slates: ChosenSlate[] = [
  { chosenK: [0, 1], labels: [1, 0, 1] },
  { chosenK: [2, 0], labels: [1, 0, 1] },
  { chosenK: [1, 0], labels: [0, 0, 0] },
  { chosenK: [1, 2], labels: [1, 0, 0] },
];

it('counts the clicked among the chosen', () => {
  const { valuesL } = measureChoices('any', slates);
  expect([...valuesL.ticks]).toEqual([1, 2, 0, 0]);
  expect([...valuesL.precision]).toEqual([0.5, 1, 0, 0]);
  // A list without a click cannot be hit.
  expect([...valuesL.hitRate]).toEqual([1, 1, Number.NaN, 0]);
  // Only the first keeps the logged order.
  expect([...valuesL.matched]).toEqual([1, 0, 0, 0]);
  expect([...valuesL.matchedClicks]).toEqual([1, Number.NaN, Number.NaN, Number.NaN]);
});

it('agreement with the logged places goes with their propensities', () => {
  const propensities = [
    { propensity: 0.5, placePropensity: 0.3 },
    { propensity: 0.25, placePropensity: 0.3 },
    undefined,
  ];
  expect(loggedChoice({ chosenK: [0, 2], labels: [1, 0, 1] }, propensities)).toEqual({
    clicksK: [1, 0],
    agreesK: [1, 0],
    propensityK: [0.5, 0.25],
    placePropensityK: [0.3, 0.3],
  });
  // The third place has none.
  expect(loggedChoice({ chosenK: [0, 2, 1], labels: [1, 0, 1] }, propensities)).toBeUndefined();
});
