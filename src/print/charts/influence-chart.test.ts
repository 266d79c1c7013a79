import { describe, expect, it } from 'vitest';
import type { Influence } from '../../scoring/influence.ts';
import { influenceText } from '../text/influence-text.ts';
import { influenceChart } from './influence-chart.ts';

const NONE = Number.NaN;
/** Three items at the first, second and fourth place: the decoy at the second lifts the first from 30 to 65 per cent. */
const influence: Influence = {
  averageK: [
    { mean: 0.3, low: 0.25, high: 0.35 },
    { mean: 0.25, low: 0.249, high: 0.251 },
    { mean: NONE, low: NONE, high: NONE },
    { mean: NONE, low: NONE, high: NONE },
  ],
  togetherK: Float64Array.of(0.65, 0.06, NONE, 0.3),
  influenceKK: [
    Float64Array.of(NONE, -0.19, NONE, -0.04),
    Float64Array.of(0.35, NONE, NONE, -0.15),
    Float64Array.of(NONE, NONE, NONE, NONE),
    Float64Array.of(0.0001, 0.012, NONE, NONE),
  ],
  logitInfluenceKK: [
    Float64Array.of(NONE, -1.65, NONE, -0.18),
    Float64Array.of(1.47, NONE, NONE, -0.65),
    Float64Array.of(NONE, NONE, NONE, NONE),
    Float64Array.of(0.0004, 0.24, NONE, NONE),
  ],
  anyClickK: Float64Array.of(0.2, 0.1, NONE, 0.05),
  anyClick: 0.8,
};
const names = ['Large', 'Medium', '', 'A name far too long to be read <in> a chart'];

/** Texts of an SVG, in drawing order. */
const textsOf = (markup: string): string[] =>
  [...markup.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text.trim());
/** Colour and depth of the cells, row by row, without those of the key. */
const fillsOf = (markup: string): string[] =>
  [...markup.matchAll(/rx="3" fill="([^"]+)" fill-opacity="([^"]+)"/g)].map(([, fill, depth]) => `${fill} ${depth}`);

describe('the chart', () => {
  it('says what it shows: title, rows, columns, unit, key, the place of each item and what else is told of it', () => {
    const { markup } = influenceChart(influence, { names, notes: ['150 yen', '140 yen', '', ''], title: 'The menu' });
    const texts = textsOf(markup);
    expect(texts[0]).toBe('The menu');
    expect(texts.slice(1, 3).join(' ')).toMatch(/^Each row is an item that is shown, .* in percentage points\./);
    expect(texts).toEqual(expect.arrayContaining(['Medium', 'place 2, 140 yen', 'place 4', 'raises it', '+35.0']));
    expect(texts).toContain('lowers the click probability');
    expect(texts.filter((text) => /^place \d$/.test(text))).toEqual(['place 1', 'place 2', 'place 4', 'place 4']);
  });

  it('holds every number in its cell, the own probability on the diagonal, nothing of empty places', () => {
    const texts = textsOf(influenceChart(influence, { names }).markup);
    const numbers = texts.filter((text) => /^([+−]?\d+\.\d( %)?|0)$/.test(text));
    expect(numbers).toEqual([
      '65.0 %',
      '−19.0',
      '−4.0',
      '+35.0',
      '6.0 %',
      '−15.0',
      '0',
      '+1.2',
      '30.0 %',
      '−35.0',
      '+35.0',
    ]);
    const logits = textsOf(influenceChart(influence, { names, scale: 'logit' }).markup);
    expect(logits).toContain('+1.47');
  });

  it('cuts long names, lets no markup of theirs through, and is the same every time', () => {
    const { markup } = influenceChart(influence, { names });
    expect(markup).toContain('A name far too long t…');
    const { markup: wild } = influenceChart(influence, { names: ['<b>&amp;', 'b', 'c', 'd'], title: '<b>' });
    expect(wild).not.toContain('<b>');
    expect(influenceChart(influence, { names }).markup).toBe(markup);
  });

  it('is light or dark as its reader is', () => {
    expect(influenceChart(influence, { names }).markup).toContain('@media screen and (prefers-color-scheme: dark)');
  });

  it('centres its colours at nothing: harm and help of one size are as deep', () => {
    const flat = new Float64Array(3).fill(0.2);
    const influenceKK = [Float64Array.of(NONE, 0.2, -0.2), Float64Array.of(0, NONE, 0.1), Float64Array.of(0, 0, NONE)];
    const balanced = { ...influence, togetherK: flat, influenceKK };
    const fills = fillsOf(influenceChart(balanced, { names: ['a', 'b', 'c'] }).markup);
    expect(fills).toEqual(['#2166ac 1.000', '#b2182b 1.000', '#2166ac 0.500']);
    // On a scale that reaches further, nothing here is at its end.
    const [wide] = fillsOf(influenceChart(balanced, { names: ['a', 'b', 'c'], largest: 40 }).markup);
    expect(wide).toBe('#2166ac 0.500');
    // Without any influence there is still a picture.
    const none = { ...balanced, influenceKK: influenceKK.map((row) => row.map((value) => 0 * value)) };
    expect(fillsOf(influenceChart(none, { names: ['a', 'b', 'c'] }).markup)).toEqual([]);
  });
});

describe('the table', () => {
  it('reads as written', () => {
    expect(influenceText(influence, { names })).toMatchInlineSnapshot(`
      "──────────────────────────────────────────────────────────────────────
      item                          average  shown   on 1   on 2   on 4
      1 Large                     30.0 ±5.0   65.0      ·  −19.0   −4.0
      2 Medium                    25.0 ±0.1    6.0  +35.0      ·  −15.0
      4 A name far too long to …          –   30.0      0   +1.2      ·
      ──────────────────────────────────────────────────────────────────────
      Shown: click probability in this slate, in %. Average: the same at its place on other lists that were really shown,
      mean ± half of its 95 % interval over them; – where the model keeps none. On 1, on 2, ...: what the item of the row
      does to the click probability of the item at that place, in percentage points (with all items, less without the item
      of the row)."
    `);
  });

  it('of a long slate is one for every nine places, none of them wider than a terminal', () => {
    const K = 23;
    const matrix = Array.from({ length: K }, (_, j) =>
      Float64Array.from({ length: K }, (_, i) => (i === j ? NONE : j / 100 - i / 1000)),
    );
    const shares = new Float64Array(K).fill(0.5);
    const long = {
      averageK: Array.from({ length: K }, () => ({ mean: 0.5, low: 0.4, high: 0.6 })),
      togetherK: shares,
      influenceKK: matrix,
      logitInfluenceKK: matrix,
      anyClickK: shares,
      anyClick: 0.5,
    };
    const lines = influenceText(long, { names: Array.from({ length: K }, (_, k) => `the item number ${k}`) }).split(
      '\n',
    );
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120);
    const heads = lines.filter((line) => line.startsWith('item'));
    expect(heads.map((head) => head.match(/on \d+/g)?.length)).toEqual([9, 9, 5]);
    expect(heads.map((head) => head.includes('shown'))).toEqual([true, false, false]);
    const lasts = lines.filter((line) => line.startsWith('23 '));
    expect(lasts.flatMap((line) => line.match(/[+−]?\d+\.\d(?=\s|$)|·/g)?.slice(-9))).toContain('+20.2');
    expect(lasts.map((line) => line.endsWith('·'))).toEqual([false, false, true]);
  });

  it('shows logits on their own scale', () => {
    const text = influenceText(influence, { names, scale: 'logit' });
    expect(text).toContain('+1.47');
    expect(text).toContain('in logits');
  });
});
