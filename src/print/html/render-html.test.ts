import { describe, expect, it } from 'vitest';
import { exampleComparison } from '../../../test/example-comparison.ts';
import { compareSystems } from '../../measure/compare-systems.ts';
import { CHART_COLORS } from '../charts/loss-chart.ts';
import { html } from '../html-template.ts';
import { renderHtml } from './render-html.ts';

const { lists, predictions, options, curves } = exampleComparison();
const report = compareSystems(lists, predictions, options);
const page = renderHtml({ report, curves, configs: { 'attention-bce': { layers: 2 }, other: { note: '</pre><b>' } } });

describe('renderHtml', () => {
  it('loads nothing and runs nothing', () => {
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\((?!#)|\bon[a-z]+=/i);
    const addresses = page.match(/\b[a-z]+:\/\/[^"' <]+/g) ?? [];
    expect(new Set(addresses)).toEqual(new Set(['http://www.w3.org/2000/svg']));
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
    const charts = page.match(/<figure class="chart"><figcaption>[^/]+<\/small>/g) ?? [];
    const captions = charts.map((chart) =>
      chart
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

  it('paints charts in the very colours that the dark style replaces', () => {
    const [chart] = page.match(/<figure class="chart">[\s\S]*?<\/figure>/) ?? [];
    const colors = new Set(chart?.match(/#[0-9a-f]{6}/g));
    expect(colors).toEqual(new Set(Object.values(CHART_COLORS)));
  });

  it('marks each kept epoch with a dot', () => {
    const [chart] = page.match(/<figure class="chart">[\s\S]*?<\/figure>/) ?? [];
    expect(chart?.match(new RegExp(`<path [^>]*fill="${CHART_COLORS.validation}"`, 'g'))).toHaveLength(3);
  });

  it('shows the config of each recipe, and the protocol', () => {
    expect(page).toContain('<summary>attention-bce</summary><pre>{\n  &#34;layers&#34;: 2\n}</pre>');
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

  it('is a page without curves, references and rivals too', () => {
    const alone = compareSystems(lists, predictions.slice(-1), {
      baseline: 'attention-listnet',
      protocol: options.protocol,
      resamples: 20,
    });
    const small = renderHtml({ report: alone });
    expect(small).toContain('<h1>attention-listnet reaches ROC AUC');
    expect(small).not.toContain('Learning curves');
    expect(small).not.toContain('undefined');
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
