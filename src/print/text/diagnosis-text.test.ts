import { describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../measure/diagnosis-report.ts';
import { judgeCauses } from '../../measure/judge-causes.ts';
import { diagnosisSentences } from './diagnosis-sentences.ts';
import { diagnosisText } from './diagnosis-text.ts';

const figure = (estimate: number, half = 0.001) => ({ estimate, low: estimate - half, high: estimate + half });

/** A log of which twice as much would save 0.01 nats; what is given differs. */
function diagnosis({ even = 0.9, probability = 1e-9, closes = 0.9 } = {}): Diagnosis {
  const answers: Pick<Diagnosis, 'data' | 'bias' | 'task'> = {
    data: {
      points: [
        { share: 0.5, lists: 500, users: 80, train: 0.35, validation: 0.42, test: figure(0.43) },
        { share: 1, lists: 1000, users: 100, train: 0.36, validation: 0.41, test: figure(0.42) },
      ],
      law: { floor: 0.3, scale: 1.5, exponent: figure(0.5, 0.2) },
      gains: [
        { factor: 2, ...figure(0.01) },
        { factor: 10, ...figure(0.03) },
        { factor: Math.min(20, 1 / even), ...figure(0.02) },
      ],
      constantLoss: 0.5,
      fewerUsers: { share: 0.25, lists: 250, users: 20, usersOfAll: 70, difference: figure(0.005), shortage: 'users' },
    },
    bias: {
      position: {
        ...{ probability: 0.01, random: false, withRate: -0.2, middle: figure(0.8, 0.1), bottom: figure(0.6, 0.1) },
        assumption: 'Places depend on the item.',
      },
      exposure: { shown: 90, known: 100, gini: 0.4, giniAtRandom: 0.1, topTenth: 0.3 },
      evenShare: even,
      labels: {
        ...{ clickRate: 0.2, listsWithoutClick: 12, listsAllClicked: 3, usersOfNone: 4, usersOfAll: 1 },
        ...{ usersOfNoneByChance: 0.5, usersOfThree: 60 },
      },
      repeats: { share: 0.1, acrossParts: 0.05 },
      drift: { fields: [{ field: 'price', psi: 0.3, byChance: 0.02 }], clickRate: figure(-0.01, 0.005) },
      probes: [{ column: 'item rate', validationAuc: 0.8 }],
      shownBefore: { share: 0, clickRate: Number.NaN, otherClickRate: 0.2, auc: Number.NaN },
      remedies: [{ name: 'without repeated lists', lists: 900, gapBefore: 0.05, gapAfter: 0.04, saved: figure(0) }],
    },
    task: {
      signal: { column: 'rating', columns: 40, z: 9, probability },
      listAuc: figure(probability > 0.01 ? 0.5 : 0.7, 0.02),
      cures: [
        {
          ...{ name: 'none', kind: 'none', gaps: [0, 0.1, 0.2], gapAtLast: 0.2, rise: 0.1 },
          ...{ lowestValidation: 0.41, closes: 0 },
        },
        {
          ...{ name: 'early stopping', kind: 'regularisation', gaps: [0, 0.1], gapAtLast: 0.02, rise: 0 },
          ...{ lowestValidation: 0.41, closes },
        },
      ],
      ...{ cureLists: 1000, taskLists: 1000, recall: { low: 0.5, high: 0.61 }, best: 'early stopping' },
      tasks: [{ name: 'triplet', weight: 0.3, saved: figure(0), recallGain: 0.09, aucGain: figure(0.006) }],
      ids: { gapWithout: 0.05, gapWith: 0.08, saved: figure(-0.004) },
    },
  };
  const part = { lists: 1000, users: 100, clicks: 2000, shownItems: 10_000 };
  return {
    ...{ recipe: 'attention-bce', seeds: 3, ...judgeCauses(answers), ...answers },
    ...{ parts: { train: part, validation: part, test: part }, subsampled: ['Some lists were left out.'] },
  };
}

describe('what a diagnosis says', () => {
  it('calls ten times a guess where the law stands at its bound', () => {
    const { data, ...rest } = diagnosis();
    const said = (scale: number) =>
      diagnosisSentences({ ...rest, data: { ...data, law: { floor: 0, scale, exponent: figure(0.1, 0) } } }).causes
        .data;
    expect(said(1)).toContain('stands at its bound (0.10)');
    // A loss that does not fall has no exponent.
    expect(said(0)).not.toContain('bound');
  });

  it('names the first cause, and what to do in the order of what it saves', () => {
    const { verdict, causes, advice } = diagnosisSentences(diagnosis());
    expect(verdict).toBe('First: too little data.');
    expect(causes.data).toBe(
      'Yes: of a test log loss of 0.4200, twice the lists would save 0.0100 [0.0090, 0.0110], ten times 0.0300 [0.0290, 0.0310]. New users are the shortage: as many lists of fewer users teach less.',
    );
    expect(causes.bias).toMatch(/^No: places depend on the item \(p = 0.010\), and 90 % as many lists would do/);
    expect(causes.task).toBe(
      'No: early stopping closes most of the gap (90 %), and no second task is shown to do anything that regularisation does not.',
    );
    expect(advice).toEqual([
      'Collect lists of twice as many users (expected: 0.0100 [0.0090, 0.0110]).',
      "Take the items' own embeddings away (encoders.itemIdMinCount: 0) (expected: 0.0040 [0.0030, 0.0050]).",
    ]);
  });

  it('says of a log that is too small to show it what is likely', () => {
    const sure = diagnosis();
    const [twice, ...others] = sure.data.gains;
    const data = { ...sure.data, gains: [{ ...twice, low: 0 }, ...others] };
    const { verdict, causes } = diagnosisSentences({ ...sure, data, ...judgeCauses({ ...sure, data }) });
    expect(verdict).toBe('Most likely: too little data; the log is too small to show it.');
    expect(causes.data).toMatch(
      /^Likely: of a test log loss of 0.4200, twice the lists would save 0.0100 \[0.0000, 0.0110\]/,
    );
  });

  it('says by how much even lists are worth more, and that data come second', () => {
    const { verdict, advice } = diagnosisSentences(diagnosis({ even: 0.25 }));
    expect(verdict).toBe('First: biased data. Also shown: too little data.');
    expect(advice[0]).toContain('each such list would be worth 4.0 of these (expected: 0.0200');
  });

  it('says that a label without order is the wrong one', () => {
    const { verdict, causes, advice } = diagnosisSentences(diagnosis({ probability: 0.5 }));
    expect(verdict).toBe('First: the wrong task.');
    expect(causes.task).toContain('tells which one of a list is clicked (ROC AUC within lists [0.480, 0.520])');
    expect(advice[0]).toMatch(/^Ask another question/);
  });

  it('says no share of a gap that is hardly one', () => {
    const { task, ...all } = diagnosis();
    const cures = task.cures.map((cure) => ({ ...cure, closes: null }));
    const [, cure] = /^early stopping(.*)$/m.exec(diagnosisText({ ...all, task: { ...task, cures } })) ?? [];
    expect(cure).toContain('0.0200');
    expect(cure).not.toContain('%');
  });

  it('in a terminal has every figure, the first cause first, in lines that fit', () => {
    const text = diagnosisText(diagnosis({ even: 0.25 }));
    const unbroken = text.replaceAll(/\n */g, ' ');
    expect(text.indexOf('Biased data?')).toBeLessThan(text.indexOf('Too little data?'));
    for (const part of [
      'without repeated lists',
      'price 0.300 (0.020)',
      '▁▅█',
      '-1.0 points [-1.5, -0.5]',
      '50.0 and 61.0',
    ])
      expect(unbroken).toContain(part);
    expect(unbroken).toContain('250 lists of 20 users instead of 70 users cost 0.0050');
    expect(unbroken).toContain('ROC AUC unknown');
    expect(text.endsWith('Some lists were left out.')).toBe(true);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
  });
});
