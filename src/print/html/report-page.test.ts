import { describe, expect, it } from 'vitest';
import { exampleComparison } from '../../../test/example-comparison.ts';
import { compareSystems } from '../../measure/compare-systems.ts';
import type { Diagnosis } from '../../measure/diagnosis-report.ts';
import { FALSE_SHARES, RECALLS } from '../../measure/score-curves.ts';
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

const about = (estimate: number) => ({ estimate, low: estimate - 0.01, high: estimate + 0.01 });
const unknown = { estimate: Number.NaN, low: Number.NaN, high: Number.NaN };
const part = { lists: 1000, users: 100, clicks: 2000, shownItems: 10_000 };
const cure = { gaps: [0.01, 0.02, 0.05], gapAtLast: 0.05, rise: 0.01, lowestValidation: 0.4, closes: 0 };
const diagnosis: Diagnosis = {
  ...{
    recipe: 'attention-bce',
    seeds: 3,
    first: 'data',
    subsampled: [],
    parts: { train: part, validation: part, test: part },
  },
  causes: [
    { cause: 'data', shown: true, likely: true, gain: 0.03 },
    { cause: 'bias', shown: false, likely: false, gain: 0 },
    { cause: 'task', shown: false, likely: false },
  ],
  advice: [{ step: 'more-lists', gain: about(0.03) }],
  data: {
    points: [0.5, 1].map((share) => ({
      ...{ share, lists: 1000 * share, users: 100 * share, train: 0.3, validation: 0.4, test: about(0.4) },
    })),
    law: { floor: 0, scale: 1, exponent: unknown },
    gains: [2, 10].map((factor) => ({ factor, ...about(0.03 * Math.log2(factor)) })),
    constantLoss: 0.5,
  },
  bias: {
    position: { probability: 0.5, random: true, withRate: 0, middle: unknown, bottom: unknown, assumption: '' },
    exposure: { shown: 10, known: 10, gini: 0, giniAtRandom: 0, topTenth: 0.1 },
    evenShare: 0.9,
    labels: {
      ...{ clickRate: 0.2, listsWithoutClick: 0, listsAllClicked: 0, usersOfNone: 0, usersOfAll: 0 },
      ...{ usersOfNoneByChance: 0, usersOfThree: 90 },
    },
    repeats: { share: 0, acrossParts: 0 },
    drift: { fields: [], clickRate: unknown },
    probes: [],
    shownBefore: { share: 0, clickRate: 0, otherClickRate: 0, auc: Number.NaN },
    remedies: [],
  },
  task: {
    signal: { column: 'price', columns: 5, z: 9, probability: 1e-9 },
    listAuc: about(0.8),
    cures: [
      { ...cure, name: 'none', kind: 'none' },
      { ...cure, name: 'dropout', kind: 'regularisation', gapAtLast: 0.02, closes: 0.6 },
    ],
    cureLists: 600,
    tasks: [{ name: 'triplet', weight: 0.3, saved: about(0), recallGain: 0.01, aucGain: about(0) }],
    taskLists: 1000,
    best: 'dropout',
    recall: { low: 0.5, high: 0.6 },
  },
};

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

  it('says why it has no list where the models see company, and nothing where none does', () => {
    const page = reportPage({ name: 'mine', comparison: { report, curves } });
    const ids = page.sections.map(({ id }) => id);
    expect(ids.indexOf('slates')).toBe(ids.indexOf('curves') - 1);
    expect(pageMarkup(page)).toContain('none of the runs found for this page keeps any');
    const alone = { report, curves: curves.filter(({ recipe }) => recipe === report.pointwise) };
    expect(reportPage({ name: 'mine', comparison: alone }).sections.map(({ id }) => id)).not.toContain('slates');
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
    expect(told).toContain('<td>20.0 %</td><td>25.0 % <small>20.0 % to 30.0 %</small></td><td>−5.0</td>');
  });

  it('does not colour what rounds to nothing', () => {
    const weak = { items: slate.items, influence: slate.influence.map((row) => row.map((value) => value / 1000)) };
    const [section] = reportPage({ name: 'm', slates: { slates: [weak], recipe: 'a', ofTest: false } }).sections;
    const depths = [...section.pictures[0].marks.markup.matchAll(/fill-opacity="(0\.\d{3})"/g)].map(
      ([, depth]) => +depth,
    );
    expect(depths).toHaveLength(5);
    expect(Math.max(...depths)).toBeLessThan(0.05);
  });

  it('does not break an option over two lines', () => {
    const page = { eyebrow: 'mine', headline: 'more trainings (--seeds) <first>', findings: [], sections: [] };
    expect(pageMarkup(page)).toContain('<h1>more trainings (<span class="word">--seeds</span>) &#60;first&#62;</h1>');
  });

  it('of trainings has what validation says, and of nothing but a result its answer', () => {
    const trainings = { runs: [training], curves: curves.slice(0, 1), configs: {} };
    const page = reportPage({ name: 'models/a', trainings });
    expect(page.headline).toMatch(/^prm reaches ROC AUC 0\.8123 and log loss – on the validation lists/);
    expect(pageMarkup(page)).toContain('<td>4 of 9</td>');
    const two = { ...trainings, runs: [training, { ...training, state: 'running' }] };
    expect(reportPage({ name: 'm', trainings: two }).headline).toMatch(/^1 of 2 trainings are finished/);
    expect(reportPage({ name: 'm', worth }).headline).toMatch(/^Yes/);
    const found = reportPage({ name: 'm', trainings: two, effects: effectsOf(true) as never, diagnosis });
    expect(found.headline).toMatch(/^Items change what is clicked/);
    expect(found.findings.at(-1)).toMatch(/^1 of 2 trainings are finished/);
  });

  it('of a model has ROC, precision and recall on the validation lists, and says that they are those', () => {
    const rising = { found: FALSE_SHARES.map(Math.sqrt), precision: RECALLS.map((recall) => 1 - recall / 2) };
    const onValidation = { curves: [{ name: 'prm', ...rising }], clickRate: 0.2 };
    const trainings = { runs: [training], curves: curves.slice(0, 1), configs: {} };
    const of = (more: object) => reportPage({ name: 'm', trainings: { ...trainings, ...more } });
    const [section] = of({ onValidation }).sections;
    expect(section.pictures.map(({ name }) => name)).toEqual(['roc', 'precision-recall']);
    for (const { note } of section.pictures) expect(note).toMatch(/One training, on the validation lists, which chose/);
    for (const none of [{}, { onValidation: { curves: [], clickRate: 0 } }])
      expect(of(none).sections.map(({ id }) => id)).not.toContain('thresholds');
  });

  it('gives every part and table a name of its own, which a screen reader lists', () => {
    const trainings = { runs: [training], curves: curves.slice(0, 1), configs: {} };
    const markup = pageMarkup(reportPage({ name: 'm', trainings }));
    const titles = [...markup.matchAll(/<h2 id="[^"]+">([^<]+)/g)].map(([, title]) => title);
    const labels = [...markup.matchAll(/role="region"[^>]* aria-label="([^"]+)"/g)].map(([, label]) => label);
    expect(titles).toContain('Trainings');
    expect(new Set([...titles, ...labels]).size).toBe(titles.length + labels.length);
  });

  it('has the effects that are confirmed, and says where none is', () => {
    const page = (confirmed: boolean) => reportPage({ name: 'm', effects: effectsOf(confirmed) as never });
    expect(page(true).headline).toMatch(/^Items change what is clicked beside them/);
    expect(pageMarkup(page(true))).toContain('<td>+5.0 [+3.0, +7.0]</td>');
    expect(page(false).headline).toMatch(/^Nothing is confirmed/);
    expect(page(false).sections[0].pictures).toEqual([]);
  });

  it('says why it overfits: each question with its answer, what to do next, losses by size, cures by epoch, second tasks', () => {
    const page = reportPage({ name: 'm', diagnosis });
    expect(page.headline).toBe('Why it overfits. First: too little data.');
    const [section] = page.sections;
    expect(section.pictures.map(({ name }) => name)).toEqual(['diagnosis-size', 'diagnosis-cures', 'diagnosis-tasks']);
    const { markup } = section.body;
    expect(markup).toMatch(
      /<dt>Too little data\?<\/dt><dd>Yes: of a test log loss of 0\.4000, twice the lists would save 0\.0300/,
    );
    expect(markup).toContain('<li>Collect twice as many lists (expected: 0.0300 [0.0200, 0.0400]).</li>');
    expect(markup).toContain('<th scope="row">dropout</th><td>regularisation</td><td>0.0200</td><td>60 %</td>');
    expect(pageMarkup(page)).not.toMatch(/NaN|undefined/);
    const bare = { ...diagnosis, task: { ...diagnosis.task, cures: [], tasks: [] } };
    expect(reportPage({ name: 'm', diagnosis: bare }).sections[0].pictures).toHaveLength(1);
  });
});
