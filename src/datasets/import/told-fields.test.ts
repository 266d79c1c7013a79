import { expect, it } from 'vitest';
import { createToldFields } from './told-fields.ts';

it('counts the ids that have a field, however many events told it, and not those that lost it', () => {
  const known = createToldFields();
  known.observe('a', { price: 3, name: 'A' });
  known.observe('a', { price: 4 });
  known.observe('b', { price: 5, name: 'B' });
  known.observe('b', { name: null });
  known.observe('never shown', { price: 1 });
  expect(known.countAmong(['a', 'b', 'unknown'])).toEqual({ price: 2, name: 1 });
  expect(known.countAmong([])).toEqual({});
});
