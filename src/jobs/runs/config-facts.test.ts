import { expect, it } from 'vitest';
import { configFacts } from './config-facts.ts';

it('tells every setting by its path, losses by their names, other lists whole', () => {
  const config = {
    recipe: 'mine',
    losses: [
      { name: 'bce', weight: 1 },
      { name: 'triplet', weight: 0.2, mining: 'all' },
    ],
    model: { width: 8, knots: [[1, 2], []], none: null },
    stages: [],
  };
  expect(Object.fromEntries(configFacts(config))).toEqual({
    recipe: 'mine',
    'losses.bce.weight': 1,
    'losses.triplet.weight': 0.2,
    'losses.triplet.mining': 'all',
    'model.width': 8,
    'model.knots': [[1, 2], []],
    'model.none': null,
    stages: [],
  });
});
