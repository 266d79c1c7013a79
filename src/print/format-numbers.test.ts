import { expect, it } from 'vitest';
import { formatBound, formatDuration } from './format-numbers.ts';

it.each([
  [0.004, 0.63, '+0.004'],
  [0.0049, 0.63, '+0.005'],
  [-0.00031, -0.5, '-0.0003'],
  [0.004, -0.63, '0.00'],
  [0, 0.63, '0.00'],
  [0.63, 0.004, '+0.63'],
  [-0.2, 0.1, '-0.20'],
])(
  'the end %f of an interval that ends at %f too reads %s: on one side of 0 it shows on which',
  (bound, other, text) => {
    expect(formatBound(bound, other)).toBe(text);
  },
);

it.each([
  [0.4, '0 s'],
  [59.4, '59 s'],
  [59.6, '1 min 0 s'],
  [200, '3 min 20 s'],
  [3599.5, '1 h 0 min'],
  [7530, '2 h 5 min'],
])('%f seconds read %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});
