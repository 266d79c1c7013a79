import { expect, it } from 'vitest';
import { numberOfText, standsForNone } from './text-number.ts';

it.each([
  ['25.50', 25.5],
  [' 12 ', 12],
  ['-3', -3],
  ['+.5', 0.5],
  ['7.', 7],
  ['1e3', 1000],
  ['1.5E-2', 0.015],
  ['25,50', 25.5],
  ['0,125', 0.125],
  ['1234,567', 1234.567],
  ['1,234.50', 1234.5],
  ['1.234,50', 1234.5],
  ['1,234,567', 1_234_567],
  ['1.234.567', 1_234_567],
  ['007', 7],
])('%j is %d', (text, value) => {
  expect(numberOfText(text)).toBe(value);
});

it.each([
  '',
  ' ',
  'NULL',
  'one',
  '1 2',
  '1,234',
  '12,34,56',
  '0x10',
  '1e999',
  'Infinity',
  '2024-01-31',
  '12 yen',
  '-',
  '.',
  ',',
])('%j is no number', (text) => {
  expect(numberOfText(text)).toBe(undefined);
});

it.each(['', '  ', 'NULL', 'null', 'NaN', ' nan ', 'None', 'N/A', 'na', '-', '--', '\\N', '?', 'undefined'])(
  '%j stands for none',
  (text) => {
    expect(standsForNone(text)).toBe(true);
  },
);

it.each(['0', 'no', 'nano', 'a-b', 'Null Island'])('%j stands for something', (text) => {
  expect(standsForNone(text)).toBe(false);
});
