import { describe, expect, it } from 'vitest';
import type { SlateReply } from '../generate/request/slate-reply.ts';
import { replyText } from './reply-text.ts';

const items = (...ids: readonly string[]): SlateReply['items'] =>
  ids.map((item, at) => ({ item, position: at, probability: 0.3 - at / 10 }));
const other = { items: items('i2', 'i1'), value: 0.45, expectedClicks: 0.45, anyClick: 0.4 };
const plain: SlateReply = {
  request: 'q1',
  generator: 'beam',
  objective: 'clicks',
  diversity: 0,
  items: items('i1', 'i23'),
  value: 0.5,
  expectedClicks: 0.5,
  anyClick: 0.44,
  alternatives: [],
  rules: [],
};

describe('replyText', () => {
  it('is the slate and what it is worth', () => {
    expect(replyText(plain)).toMatchInlineSnapshot(`
      "q1: 0.500 expected clicks, at least one with 44.0 %
        1  i1   30.0 %
        2  i23  20.0 %
      "
    `);
  });

  it('adds what was asked for', () => {
    const full = {
      ...plain,
      objective: 'value:price',
      diversity: 2,
      value: 312.5,
      best: { value: 320, by: 'search' as const, items: ['i9', 'i1'] },
      gap: 0.0234375,
      alternatives: [other],
      rules: [{ rule: 'exclude i3', price: 1, share: 0.01, sentence: 'exclude i3 costs 1.0 % of expected price' }],
    };
    expect(replyText(full)).toMatchInlineSnapshot(`
      "q1: 0.500 expected clicks, at least one with 44.0 %; worth 312.5 by value:price less 2 x likeness
        1  i1   30.0 %
        2  i23  20.0 %
        2.34 % below the best known, 320.0 (long search): i9, i1
        next best 0.450: i2, i1
        rule: exclude i3 costs 1.0 % of expected price
      "
    `);
  });

  it('says how the best is known', () => {
    const best = { value: 0.5, items: ['i1', 'i23'] };
    expect(replyText({ ...plain, best: { ...best, by: 'exhaustive' }, gap: 0 })).toContain(
      'the best there is (all were',
    );
    expect(replyText({ ...plain, best: { ...best, by: 'search' }, gap: 0 })).toContain('none better is known (long');
    // A best that is worth nothing has no shares.
    const nothing = { ...plain, value: -0.25, best: { ...best, value: 0, by: 'exhaustive' as const } };
    expect(replyText(nothing)).toContain('0.250 below the best there is, 0.000');
  });

  it('stays within 118 columns', () => {
    const ids = Array.from({ length: 40 }, (_, n) => `a rather long item ${n}`);
    const lines = replyText({ ...plain, alternatives: [{ ...other, items: items(...ids) }] }).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(118);
    expect(lines.join(' ').replace(/\s+/g, ' ')).toContain(ids.join(', '));
  });
});
