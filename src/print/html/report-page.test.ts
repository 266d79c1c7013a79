import { describe, expect, it } from 'vitest';
import { exampleComparison } from '../../../test/example-comparison.ts';
import { compareSystems } from '../../measure/compare-systems.ts';
import { pictureFile } from '../charts/picture.ts';
import { pageMarkup } from './page.ts';
import { reportPage } from './report-page.ts';
import type { TrainingFacts } from './training-section.ts';

const { lists, predictions, options, curves } = exampleComparison();
const report = compareSystems(lists, predictions, options);
const worth = {
  verdict: 'yes' as const,
  clicks: { estimate: 0.021, low: 0.014, high: 0.029, chance: 0.95 },
  logLoss: { estimate: 0.0031, low: 0.001, high: 0.005, chance: 0.97 },
  ...{ least: 0.01, lists: 1617, users: 565, listsToTell: 2345 },
  ...{ recipe: 'attention-bce', pointwise: 'pointwise-bce', seeds: 5 },
};
const slate = {
  items: ['Small <b>', 'Medium', 'Large'].map((name, k) => ({ name, probability: 0.2 + 0.1 * k, clicked: k === 2 })),
  influence: [
    [0, 0.01, -0.02],
    [-0.05, 0, 0.35],
    [0.1, 0, 0],
  ],
};
const training: TrainingFacts = {
  ...{ recipe: 'prm', seed: 1, data: 'log.jsonl', state: 'finished', started: '2026-11-27T02:10:31.412Z', seconds: 71 },
  ...{
    epochs: 9,
    keptEpoch: 4,
    metrics: { 'validation/rocAuc': 0.8123, 'validation/logLoss': null },
    version: '0.1.0',
  },
};
const effectsOf = (confirmed: boolean): object => ({
  families: [
    {
      by: 'items',
      pairs: confirmed ? [{ from: 'i7', to: 'i3', estimate: 0.05, low: 0.03, high: 0.07, confirmed }] : [],
    },
  ],
  ...{ lists: 600, users: 210, askedLists: 2100, rate: 0.1, recipe: 'attention-bce' },
});

describe('a page of all that is known', () => {
  it('begins with the answer of worth, then what the comparison says', () => {
    const { headline, findings, sections } = reportPage({ name: 'mine', comparison: { report, curves }, worth });
    expect(headline).toMatch(/^Yes: company is worth modelling\. About 2\.1 % more clicks \[1\.4 %, 2\.9 %\]/);
    expect(findings[0]).toMatch(/^attention-listnet beats attention-bce/);
    expect(sections[0].id).toBe('worth');
  });

  it('shows a few lists before the learning curves, names of the items escaped, those clicked marked', () => {
    const slates = { slates: [slate], recipe: 'attention-bce', ofTest: true };
    const page = reportPage({ name: 'mine', comparison: { report, curves }, slates });
    const ids = page.sections.map(({ id }) => id);
    expect(ids.indexOf('slates')).toBe(ids.indexOf('curves') - 1);
    const [picture] = page.sections.flatMap(({ pictures }) => pictures).filter(({ name }) => name === 'slate-1');
    const { markup } = pictureFile(picture);
    expect(markup).toContain('+35.0');
    expect(markup).toContain('Small &#60;b&#62;');
    expect(markup.match(/place 3, clicked/g)).toHaveLength(1);
    expect(pageMarkup(page)).not.toContain('Small <b>');
  });

  it('of a long list shows the ten items that do most, at their own places', () => {
    const items = Array.from({ length: 24 }, (_, k) => ({ name: `film ${k}`, probability: 0.3 }));
    const influence = items.map((_, j) => items.map((__, i) => (i === j ? 0 : j === 20 || i === 5 ? 0.1 : 0.001)));
    const slates = { slates: [{ items, influence }], recipe: 'a', ofTest: false };
    const [section] = reportPage({ name: 'm', slates }).sections;
    expect(section.pictures[0].title).toBe('List 1: the 10 of 24 items that do most');
    const heads = [...section.pictures[0].table.markup.matchAll(/<th scope="row">([^<]+)/g)].map(([, head]) => head);
    expect(heads).toHaveLength(10);
    expect(heads).toEqual(expect.arrayContaining(['6 film 5', '21 film 20']));
  });

  it('tells an item beside average company where it is known', () => {
    const average = { mean: 0.25, low: 0.2, high: 0.3 };
    const known = { ...slate, items: slate.items.map((item) => ({ ...item, average })) };
    const told = pageMarkup(reportPage({ name: 'm', slates: { slates: [known], recipe: 'a', ofTest: false } }));
    expect(told).toContain('<td>20.0 %</td><td>25.0 % <small>20.0 % to 30.0 %</small></td><td>-5.0</td>');
  });

  it('of trainings has what validation says, and of nothing but a result its answer', () => {
    const trainings = { runs: [training], curves: curves.slice(0, 1), configs: {} };
    const page = reportPage({ name: 'models/a', trainings });
    expect(page.headline).toMatch(/^prm reaches ROC AUC 0\.8123 and log loss – on the validation lists/);
    expect(pageMarkup(page)).toContain('<td>4 of 9</td>');
    const two = { ...trainings, runs: [training, { ...training, state: 'running' }] };
    expect(reportPage({ name: 'm', trainings: two }).headline).toMatch(/^1 of 2 trainings are finished/);
    expect(reportPage({ name: 'm', worth }).headline).toMatch(/^Yes/);
  });

  it('has the effects that are confirmed, and says where none is', () => {
    const page = (confirmed: boolean) => reportPage({ name: 'm', effects: effectsOf(confirmed) as never });
    expect(page(true).headline).toMatch(/^Items change what is clicked beside them/);
    expect(pageMarkup(page(true))).toContain('<td>+5.0 [+3.0, +7.0]</td>');
    expect(page(false).headline).toMatch(/^Nothing is confirmed/);
    expect(page(false).sections[0].pictures).toEqual([]);
  });
});
