import { describe, expect, it } from 'vitest';
import { effectDefaults, effectNames } from './choice-model.ts';
import { simulate } from './simulate.ts';
import { type SimulationOptions, simulationDefaults } from './simulation-options.ts';
import { trueMarket } from './true-market.ts';

const options: SimulationOptions = {
  ...simulationDefaults,
  impressions: 200,
  seed: 9,
  items: 60,
  users: 40,
  slateSize: { from: 2, to: 8 },
};
const market = trueMarket(options);

it.each(effectNames)('says of every list of the log what its truth file says, with effects: %s', (effects) => {
  const market = trueMarket({ ...options, effects });
  let user = '';
  let asked = 0;
  for (const row of simulate({ ...options, effects })) {
    if ('event' in row) {
      if (row.event.event === 'ranking') user = row.event.user;
      continue;
    }
    const { items } = row.truth;
    const ids = items.map(({ id }) => id);
    expect([...market.probabilities(user, ids)]).toEqual(items.map(({ probability }) => probability));
    expect([...market.alone(user, ids)]).toEqual(items.map(({ alone }) => alone));
    asked++;
  }
  expect(asked).toBe(200);
});

it('knows how rare clicks are in the market', () => {
  const rare = { ...options, base: -5 };
  const [first] = [...simulate(rare)].flatMap((row) => ('truth' in row ? [row.truth] : []));
  const ids = first.items.map(({ id }) => id);
  const truth = first.items.map(({ probability }) => probability);
  expect([...trueMarket(rare).probabilities(String(first.user), ids)]).toEqual(truth);
});

const logit = (probability: number): number => Math.log(probability / (1 - probability));
const [{ id: user }] = market.users;
const ids = market.items.slice(0, 5).map(({ id }) => id);

describe('items that do not stand at 0, 1, 2, ...', () => {
  it('lose by their place and by nothing else', () => {
    const top = market.probabilities(user, ids);
    const apart = market.probabilities(user, ids, [0, 3, 4, 7, 9]);
    for (const [k, position] of [0, 3, 4, 7, 9].entries()) {
      const loss = effectDefaults.position * (Math.log(position + 1) - Math.log(k + 1));
      expect(logit(apart[k])).toBeCloseTo(logit(top[k]) - loss, 10);
    }
    expect(market.probabilities(user, ids, [0, 1, 2, 3, 4])).toEqual(top);
  });

  it('are alone what they are in the company of none', () => {
    for (const position of [0, 4])
      expect(market.probabilities(user, [ids[2]], [position])).toEqual(market.alone(user, [ids[2]], [position]));
  });
});

it('scores slates by place as a model does, empty places left out', async () => {
  const slates = [Int32Array.of(4, -1, 0, -1), Int32Array.of(-1, -1, -1, -1), Int32Array.of(0, 1, 2, 3)];
  const { offsets, logits, slateLogitOf } = await market.scorePlaces(user, ids)(slates);
  expect([...offsets]).toEqual([0, 2, 2, 6]);
  const partial = market.probabilities(user, [ids[4], ids[0]], [0, 2]);
  const whole = market.probabilities(user, ids.slice(0, 4));
  for (const [at, probability] of [...partial, ...whole].entries())
    expect(logits[at]).toBeCloseTo(logit(probability), 5);
  expect(slateLogitOf(0)).toBeCloseTo(logit(1 - (1 - partial[0]) * (1 - partial[1])), 5);
  expect(slateLogitOf(1)).toBe(-Infinity);
});

it('knows nobody but those of the simulation', () => {
  expect(() => market.probabilities('nobody', ids)).toThrow(/expected a user of the simulated market, found "nobody"/);
  expect(() => market.probabilities(user, ['i1', 'nothing'])).toThrow(/expected an item .* found "nothing"/);
});
