import { describe, expect, it } from 'vitest';
import { exampleComparison } from '../../../test/example-comparison.ts';
import { compareSystems } from '../../measure/compare-systems.ts';
import { reportFigures } from '../../measure/report-figures.ts';
import { LINE_COLORS } from '../charts/chart-colors.ts';
import { html } from '../html-template.ts';
import { renderHtml } from './render-html.ts';

const { lists, predictions, options, curves } = exampleComparison();
const report = compareSystems(lists, predictions, options);
const first = Int32Array.from(lists.offsets.subarray(0, -1));
const rest = Int32Array.from([...lists.labelS.keys()].filter((slot) => !first.includes(slot)));
const parts = [
  { value: '1', slotS: first },
  { value: '2 and more', slotS: rest },
];
const figures = reportFigures(lists, report, { ...options, predictions, slices: [{ by: 'place on the page', parts }] });
const page = renderHtml({
  report,
  curves,
  figures,
  configs: { 'attention-bce': { layers: 2 }, other: { note: '</pre><b>' } },
});

describe('renderHtml', () => {
  it('loads nothing and runs nothing', () => {
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\((?!#)|\bon[a-z]+=/i);
    expect(page).not.toMatch(/\b[a-z]+:\/\//);
  });

  it('has well-nested elements', () => {
    const open: string[] = [];
    for (const [, closing, name, selfClosed] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*?(\/?)>/gi)) {
      if (selfClosed === '/' || ['meta', 'br'].includes(name)) continue;
      if (closing === '') open.push(name);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });

  it('says in the title and on top what the numbers say', () => {
    expect(page).toMatch(/<h1>attention-listnet beats attention-bce by [0-9.]+ points of ROC AUC/);
    expect(page).toMatch(/<title>Slatewise: attention-listnet beats/);
  });

  it('draws every recipe on the log loss, and total and further terms of the one with two tasks', () => {
    const curvesOf = page.slice(page.indexOf('id="curves"'), page.indexOf('Overfitting gaps'));
    const captions = [...curvesOf.matchAll(/<figcaption>(.*?)<\/figcaption>/g)].map(([, caption]) =>
      caption
        .replace(/<[^>]+>/g, ' ')
        .trim()
        .replace(/ +/g, ' '),
    );
    expect(captions).toEqual([
      'pointwise-bce log loss',
      'attention-bce log loss',
      'attention-triplet log loss',
      'attention-listnet log loss',
      'attention-listnet total',
      'attention-listnet listnet',
    ]);
  });

  it('paints pictures only in colours that the dark style replaces, or that are the same in both', () => {
    const marks = [...page.matchAll(/<svg class="picture" role="img"[\s\S]*?<\/svg>/g)].join('');
    const colors = new Set(marks.match(/#[0-9a-f]{3,6}\b/g));
    expect(colors.size).toBeGreaterThan(5);
    for (const color of colors) expect(page).toContain(`.picture [fill="${color}"] {`);
  });

  it('marks each kept epoch with a dot', () => {
    const [, chart] = page.split('id="curves"')[1].split('<figure>');
    expect(chart.match(new RegExp(`<path [^>]*fill="${LINE_COLORS[1]}"`, 'g'))).toHaveLength(3);
  });

  it('has a heading, a name and a table for every picture, and names every part that is scrolled', () => {
    const figures = page.split('<figure>').slice(1);
    expect(figures.length).toBeGreaterThan(15);
    for (const one of figures) {
      expect(one).toMatch(/^<figcaption>[^<]+/);
      expect(one).toMatch(/<svg class="picture" role="img" aria-label="[^"]+"/);
      expect(one).toMatch(/<details><summary>Numbers<span class="hidden"> of [^<]+<\/span><\/summary>/);
      expect(one).toMatch(/<table><caption>[^<]+<\/caption>/);
    }
    for (const [, rest] of page.matchAll(/class="scroll"([^>]*)>/g))
      expect(rest).toMatch(/^ role="region" tabindex="0" aria-label="[^"]+"$/);
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, id] of page.matchAll(/ (?:href="#|aria-labelledby=")([^"]+)"/g)) expect(ids).toContain(id);
  });

  it('draws what the figures hold: both curves, reliability of each system, each way to cut the lists', () => {
    const titles = [...page.matchAll(/<figcaption>([^<]+)/g)].map(([, title]) => title.trim());
    expect(titles).toEqual(
      expect.arrayContaining([expect.stringMatching(/^ROC/), expect.stringMatching(/^Precision and recall/)]),
    );
    expect(titles).toContain('By place on the page');
    const reliable = page.slice(page.indexOf('id="reliability"'), page.indexOf('id="slices"'));
    expect(reliable.match(/<figcaption>/g)).toHaveLength(4);
  });

  it('shows the config of each recipe, and the protocol', () => {
    expect(page).toContain('<summary>attention-bce</summary><pre tabindex="0">{\n  &#34;layers&#34;: 2\n}</pre>');
    expect(page).toContain('<dt>command</dt><dd>slatewise compare example.jsonl</dd>');
  });

  it('escapes every text of the user: names, data, command, configs', () => {
    const evil = '<img src=x onerror="alert(1)">';
    const renamed = { ...report.systems[4], name: evil };
    const spoilt = renderHtml({
      report: {
        ...report,
        baseline: evil,
        itemRate: evil,
        systems: [...report.systems.slice(0, 4), renamed, ...report.systems.slice(5)],
        protocol: { ...report.protocol, data: evil, command: evil, split: evil, versions: { [evil]: evil } },
      },
      curves: curves.map((curve) => ({ ...curve, recipe: `${curve.recipe}${evil}` })),
      configs: { [evil]: { [evil]: evil } },
    });
    expect(spoilt).not.toContain('<img');
    expect(spoilt).not.toContain('onerror="');
    expect(spoilt).toContain('&#60;img src=x');
  });

  it('says where nobody asked whether the list helps, and keeps numbers and their signs together', () => {
    expect(page).toContain(
      '<li>Whether a model that sees the whole list beats one that scores item by item is not told here',
    );
    const told = compareSystems(lists, predictions, { ...options, pointwise: 'pointwise-bce' });
    const asked = renderHtml({ report: told });
    expect(asked).not.toContain('is not told here');
    expect(asked).toMatch(/<h1>[^<]*\(95\u00a0% interval/);
  });

  it('is a page without curves, references and rivals too', () => {
    const alone = compareSystems(lists, predictions.slice(-1), {
      baseline: 'attention-listnet',
      protocol: options.protocol,
      resamples: 20,
    });
    const small = renderHtml({ report: alone });
    expect(small).toContain('<h1>attention-listnet reaches ROC AUC');
    expect(small).not.toContain('Learning curves');
    expect(small).not.toMatch(/undefined|NaN/);
  });

  it('renders the same page again, whatever was drawn before', () => {
    const again = renderHtml({ report, curves, configs: {} });
    expect(renderHtml({ report, curves, configs: {} })).toBe(again);
  });
});

describe('html', () => {
  it('escapes text and numbers, keeps markup and lists of markup', () => {
    const item = html`<li>${'a & b'}</li>`;
    expect(html`<ul title="${'"\''}">${[item, item]}${3}</ul>`.markup).toBe(
      '<ul title="&#34;&#39;"><li>a &#38; b</li><li>a &#38; b</li>3</ul>',
    );
  });
});
