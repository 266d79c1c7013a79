import { describe, expect, it } from 'vitest';
import { InputError } from '../../slate/input-error.ts';
import { parseRules, type Rules } from './rules.ts';
import { joinRules, singleRules } from './single-rules.ts';

const all: Rules = {
  pin: [{ item: 'i7', position: 0 }],
  exclude: ['i3', 'i4'],
  excludeWhere: [{ field: 'category', value: 'drama' }],
  atMost: [
    { field: 'category', count: 2 },
    { field: 'price', value: 3, count: 0 },
  ],
  atLeast: [{ field: 'sale', value: true, count: 1 }],
  unique: ['shop', 'brand'],
  keepFirst: 2,
  minExposure: [{ field: 'brand', value: 'b1', share: 0.255 }],
};

describe('parseRules', () => {
  it('reads every rule as it is written, and no rules', () => {
    expect(parseRules(JSON.parse(JSON.stringify(all)), 'rules.json')).toEqual(all);
    expect(parseRules({}, 'rules.json')).toEqual({});
  });

  it.each<[unknown, RegExp]>([
    [
      { pins: [] },
      /^rules\.json: expected one of pin, exclude, .*, found "pins"; did you mean "pin"\? Otherwise give your own in kinds$/,
    ],
    [{ priceApart: [] }, /found "priceApart"; name one of these, or give your own in kinds$/],
    [{ exclude: [1] }, /^rules\.json: exclude\.0: expected a text, found 1; write "1"$/],
    [{ pin: [{ item: 7, position: 0 }] }, /^rules\.json: pin\.0\.item: expected a text, found 7; write "7"$/],
    [[], /^rules\.json: expected object, found \[\]$/],
    [{ pin: [{ item: 'i1', position: -1 }] }, /^rules\.json: pin\.0\.position: /],
    [{ pin: [{ item: 'i1', rank: 1 }] }, /^rules\.json: pin\.0/],
    [{ atMost: [{ field: 'a', cuont: 1 }] }, /^rules\.json: atMost\.0: .*found "cuont"; did you mean "count"\?$/],
    [{ atMost: [{ field: 'a', count: 1.5 }] }, /^rules\.json: atMost\.0\.count: /],
    [{ atLeast: [{ field: 'a', count: 1 }] }, /^rules\.json: atLeast\.0\.value: /],
    [{ minExposure: [{ field: 'a', value: 'b', share: 1.1 }] }, /^rules\.json: minExposure\.0\.share: /],
    [{ keepFirst: '2' }, /^rules\.json: keepFirst: /],
    [{ unique: [''] }, /^rules\.json: unique\.0: /],
  ])('says where %j is wrong', (json, message) => {
    expect(() => parseRules(json, 'rules.json')).toThrow(InputError);
    expect(() => parseRules(json, 'rules.json')).toThrow(message);
  });
});

describe('singleRules', () => {
  it('says every rule in words', () => {
    expect(singleRules(all).map(({ sentence }) => sentence)).toEqual([
      'pin i7 at place 1',
      'exclude i3',
      'exclude i4',
      'exclude category drama',
      'at most 2 of each category',
      'at most 0 of price 3',
      'at least 1 of sale true',
      'no shop twice',
      'no brand twice',
      'keep the first 2 candidates',
      'at least 25.5 % of the attention to brand b1',
    ]);
    expect(singleRules({ keepFirst: 0 })).toEqual([]);
  });

  it('loses nothing when joined again', () => {
    expect(joinRules(singleRules(all))).toEqual(all);
    expect(singleRules(joinRules([]))).toEqual([]);
  });
});
