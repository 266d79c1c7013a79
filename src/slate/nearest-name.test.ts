import { describe, expect, it } from 'vitest';
import { isOtherSpelling, nearestName, unknownName } from './nearest-name.ts';

const recipes = ['pointwise-bce', 'attention-bce', 'attention-listnet', 'setrank'];

describe('the nearest name', () => {
  it.each([
    ['attention-bec', 'attention-bce'],
    ['atention-bce', 'attention-bce'],
    ['Attention-BCE', 'attention-bce'],
    ['attention_listnet', 'attention-listnet'],
    ['listnet', 'attention-listnet'],
    ['setrnak', 'setrank'],
  ])('of %s is %s', (name, near) => {
    expect(nearestName(name, recipes)).toBe(near);
  });

  it.each(['__proto__', 'constructor', '', 'xgboost', 'x'.repeat(1_000_000)])('of %.20s is none', (name) => {
    expect(nearestName(name, recipes)).toBeUndefined();
  });

  it('is told in one sentence', () => {
    expect(unknownName('feilds', ['fields', 'split'])).toBe(
      'expected one of fields, split, found "feilds"; did you mean "fields"?',
    );
    expect(unknownName('kind', ['fields', 'split'])).toBe(
      'expected one of fields, split, found "kind"; name one of these',
    );
  });
});

it.each<[string, string, boolean]>([
  ['Click', 'click', true],
  ['CLICK ', 'click', true],
  ['clicks', 'click', true],
  ['clik', 'click', false],
  ['add_to_cart', 'addToCart', true],
  ['click', 'click', false],
  ['view', 'vies', false],
  ['purchase', 'click', false],
  ['!', '?', false],
])('%j is another spelling of %j: %s', (a, b, expected) => {
  expect(isOtherSpelling(a, b)).toBe(expected);
});
