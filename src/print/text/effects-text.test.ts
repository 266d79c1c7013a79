import { describe, expect, it } from 'vitest';
import type { EffectsReport, PairEffect, TestAnswer } from '../../measure/effects-report.ts';
import { partnerChart } from '../charts/partner-chart.ts';
import { effectsCsv } from '../csv/effects-csv.ts';
import { effectsText } from './effects-text.ts';

const answer = (estimate: number, confirmed: boolean): TestAnswer => ({
  ...{ estimate, low: estimate - 0.02, high: estimate + 0.02, p: confirmed ? 0.0002 : 0.4, confirmed },
  ...{ showings: 120, present: 30, users: 90 },
});
const pair = (from: string, to: string, more: Partial<PairEffect>): PairEffect => ({
  ...{ from, to, influence: 0.031 },
  ...answer(0.0512, true),
  ...more,
});
const report: EffectsReport = {
  families: [
    { by: 'items', pairs: [pair('i7', 'i3', { name: 'decoy' }), pair('i9', 'i3', answer(-0.04, false))] },
    {
      by: 'brand',
      pairs: [pair('Kyo, "old"', 'Edo', { ...answer(-0.0625, true), influence: -0.05 })],
      partners: {
        partners: [
          { partner: 'Kyo, "old"', lists: 200, showings: 300, clicks: 90, onOthers: answer(-0.011, true), others: 8 },
          { partner: 'Edo', lists: 150, showings: 150, clicks: 30, onOthers: answer(0.0004, false), others: 9 },
        ],
        cells: [
          { from: 'Kyo, "old"', to: 'Edo', ...answer(-0.0625, true) },
          { from: 'Edo', to: 'Edo', ...answer(0.01, false) },
        ],
        all: 2,
      },
    },
  ],
  classical: {
    fields: { price: 'price', quality: 'rating', within: 'category' },
    effects: [
      { name: 'attraction', meaning: 'beside an item that is dearer and worse', direction: 1, ...answer(0.21, true) },
      { name: 'similarity', meaning: 'beside its like', direction: -1, ...answer(-0.001, false) },
    ],
  },
  ...{ lists: 600, users: 210, askedLists: 2100, rate: 0.1 },
};
const text = (changes: Partial<EffectsReport> = {}): string =>
  effectsText({ ...report, ...changes }, { recipe: 'attention-bce' });

describe('effects as text', () => {
  it('says first what is confirmed', () => {
    expect(text().split('\n\n')[0].replace('\n', ' ')).toBe(
      'Items change what is clicked beside them. Confirmed: 1 of 2 proposed pairs of items; 1 of 1 proposed pairs of brand; 1 of 2 values of brand, by what they bring or cost the others; attraction.',
    );
  });

  it('does not count where the model proposed nothing', () => {
    const none = [{ by: 'items', pairs: [] }];
    expect(text({ families: none })).toMatch(/^Items change what is clicked beside them. Confirmed: attraction.\n/);
  });

  it('says that an interval may reach zero and its effect be confirmed all the same', () => {
    expect(text().replaceAll('\n', ' ')).toContain('the tests are one-sided, so what is confirmed');
  });

  it('has a row for each confirmed pair, each partner and each classical effect', () => {
    expect(text()).toMatch(/^i7 +i3 +\+5\.1 +\[\+3\.1, \+7\.1\] +30 of 120 +\+3\.1 +decoy/m);
    expect(text()).not.toMatch(/^i9/m);
    // Eight others on each of 100 lists, each -1.1 points.
    expect(text()).toMatch(/^Kyo, "old" +200 +45\.0 +-8\.8 +\[-24\.8, \+7\.2\] +confirmed/m);
    expect(text()).toMatch(/^Edo +150 +20\.0 +\+0\.4 /m);
    expect(text()).toMatch(
      /^attraction +beside an item that is dearer and worse +\+21\.0 +\[\+19\.0, \+23\.0\] +confirmed/m,
    );
    expect(
      Math.max(
        ...text()
          .split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(120);
  });

  it('says where nothing is confirmed, and how large an effect would have to be', () => {
    const { classical: _, ...bare } = report;
    const none = effectsText(
      { ...bare, families: [{ by: 'items', pairs: [pair('a', 'b', answer(0.01, false))] }] },
      { recipe: 'attention-bce' },
    );
    expect(none).toMatch(/^Nothing is confirmed: .* intervals of ±2\.0 points or more/s);
    expect(none).toContain('--price and --quality name them');
    const { classical: __, ...nothing } = { ...report, families: [{ by: 'items', pairs: [] }] };
    expect(effectsText(nothing, { recipe: 'attention-bce' })).toMatch(
      /^Nothing is confirmed: the model proposed no pair\./,
    );
  });
});

describe('effects as a table for programs', () => {
  it('has a row for each question, and for each pair of partners, in points', () => {
    const lines = effectsCsv(report).split('\r\n');
    expect(lines[0]).toMatch(/^kind,from,to,name,change,low,high,p,confirmed,/);
    expect(lines.slice(1)).toEqual([
      'items,i7,i3,decoy,5.12,3.12,7.12,0.0002,yes,120,30,90,3.1',
      'items,i9,i3,,-4,-6,-2,0.4,no,120,30,90,3.1',
      'brand,"Kyo, ""old""",Edo,,-6.25,-8.25,-4.25,0.0002,yes,120,30,90,-5',
      'brand,Edo,Edo,,1,-1,3,,,120,30,,',
      'brand,"Kyo, ""old""",,,-1.1,-3.1,0.9,0.0002,yes,120,30,90,',
      'brand,Edo,,,0.04,-1.96,2.04,0.4,no,120,30,90,',
      'classical,,,attraction,21,19,23,0.0002,yes,120,30,90,',
      'classical,,,similarity,-0.1,-2.1,1.9,0.4,no,120,30,90,',
      '',
    ]);
  });
});

describe('partners as a picture', () => {
  const { partners } = report.families[1];
  const { markup } = partners ? partnerChart(partners, { by: 'brand' }) : { markup: '' };

  it('has names, a number where there is one, a frame where it is confirmed, and says what it shows', () => {
    const texts = [...markup.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, each]) => each.trim());
    expect(texts[0]).toBe('Who lifts and who eats whom, by brand');
    expect(texts).toEqual(expect.arrayContaining(['Edo', '−6.3', '+1.0', 'raises it', 'Kyo, &#34;old&#34;']));
    expect(texts.filter((each) => each === '')).toHaveLength(2);
    expect(markup.match(/fill="none" stroke="#1f2430"/g)).toHaveLength(1);
    expect(markup).toContain('(prefers-color-scheme: dark)');
  });

  it('has the colour of its sign, as deep as it is large, and pale where it is not confirmed', () => {
    const fills = [...markup.matchAll(/rx="3" fill="([^"]+)" fill-opacity="([^"]+)"/g)].map(([, ...fill]) =>
      fill.join(' '),
    );
    expect(fills).toEqual(['#b2182b 1.000', '#2166ac 0.048']);
  });
});
