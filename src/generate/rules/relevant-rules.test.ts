import { expect, it } from 'vitest';
import { relevantRules } from './relevant-rules.ts';

it('keeps the exclusions that concern a candidate, each once, and all other rules', () => {
  const candidates = [
    { id: 'i1', fields: { shop: 's1', tags: ['new', 'warm'] } },
    { id: 'i2', fields: {} },
  ];
  const rules = {
    exclude: ['gone', 'i2', 'i2', ...Array.from({ length: 1000 }, (_, n) => `g${n}`)],
    excludeWhere: [
      { field: 'shop', value: 's1' },
      { field: 'shop', value: 's1' },
      { field: 'shop', value: 's2' },
      { field: 'tags', value: 'warm' },
      { field: 'none', value: 1 },
    ],
    atMost: [{ field: 'shop', count: 1 }],
  };
  expect(relevantRules(rules, candidates)).toEqual({
    exclude: ['i2'],
    excludeWhere: [rules.excludeWhere[0], rules.excludeWhere[3]],
    atMost: rules.atMost,
  });
  expect(relevantRules({}, candidates)).toEqual({});
});
