/** The estimates are those of Open Bandit Pipeline on its own synthetic slates; bench/peers/obp_fixture.py made the fixture. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type LoggedChoice, type OffPolicyName, offPolicyEstimates, offPolicyNames } from './off-policy.ts';

type Table = readonly (readonly number[])[];

const fixture: {
  readonly estimates: Readonly<Record<OffPolicyName, number>>;
  readonly clicks: Table;
  readonly propensity: Table;
  readonly target: Table;
  readonly placePropensity: Table;
  readonly placeTarget: Table;
  readonly withLogged: Table;
  readonly fromAbove: Table;
} = JSON.parse(readFileSync(new URL('fixtures/open-bandit-pipeline.json', import.meta.url), 'utf8'));

const listsWith = (agrees: Table): readonly LoggedChoice[] =>
  fixture.clicks.map((clicksK, l) => ({
    clicksK,
    agreesK: agrees[l],
    propensityK: fixture.propensity[l],
    placePropensityK: fixture.placePropensity[l],
    expected: { withLoggedK: fixture.withLogged[l], fromAboveK: fixture.fromAbove[l], asLogged: 0 },
  }));

/** It has none of the slate as a whole. */
const peers = offPolicyNames.filter((name) => name !== 'DR');

it.each(peers)('%s is what Open Bandit Pipeline says', (name) => {
  // By place a policy has another probability than given the items above.
  const lists = listsWith(name.endsWith('IIPS') ? fixture.placeTarget : fixture.target);
  expect(lists).toHaveLength(200);
  expect(offPolicyEstimates(lists)[name]).toBeCloseTo(fixture.estimates[name], 9);
});
