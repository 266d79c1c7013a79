import { describe, expect, it } from 'vitest';
import type { CleanedTraining, TaskRow } from './diagnosis-report.ts';
import { type Answers, judgeCauses } from './judge-causes.ts';

const figure = (estimate: number, half = 0.001) => ({ estimate, low: estimate - half, high: estimate + half });
const unknown = figure(Number.NaN);

interface Seen {
  readonly twice: number;
  readonly even: number;
  readonly signal: number;
  readonly saved: number;
  readonly auc: number;
  readonly before: number;
  readonly treated: number;
  readonly shortage: 'users' | 'open';
  readonly ids: number;
}

/** Answers of a sound log but for what is given: a model that knows 0.1 nats. */
function answers(seen: Partial<Seen> = {}): Answers {
  const {
    twice = 0.0015,
    even = 0.9,
    signal = 1e-9,
    saved = 0,
    auc = 0.8,
    before = 0.5,
    treated,
    shortage,
    ids,
  } = seen;
  const points = [{ share: 1, lists: 1000, users: 100, train: 0.3, validation: 0.4, test: figure(0.4) }];
  const gain = (factor: number) => ({ factor, ...figure(twice * Math.log2(factor)) });
  const remedies: CleanedTraining[] =
    treated === undefined
      ? []
      : [{ name: 'without repeated lists', lists: 900, gapBefore: 0.1, gapAfter: 0.05, saved: figure(treated) }];
  const tasks: TaskRow[] = [
    { name: 'triplet', weight: 0.3, saved: figure(saved), recallGain: 0.1, aucGain: figure(0) },
    { name: 'pair', weight: 0.1, saved: figure(-0.01), recallGain: 0, aucGain: figure(0) },
  ];
  return {
    data: {
      points,
      law: { floor: 0, scale: 1, exponent: unknown },
      gains: [gain(2), gain(10), gain(Math.min(20, 1 / even))],
      constantLoss: 0.5,
      ...(shortage
        ? {
            fewerUsers: { share: 0.25, lists: 250, users: 20, usersOfAll: 80, difference: figure(0.01), shortage },
          }
        : {}),
    },
    bias: {
      position: { probability: 0.5, random: true, withRate: 0, middle: unknown, bottom: unknown, assumption: '' },
      exposure: { shown: 10, known: 10, gini: 0, giniAtRandom: 0, topTenth: 0.1 },
      evenShare: even,
      labels: {
        ...{ clickRate: 0.2, listsWithoutClick: 0, listsAllClicked: 0, usersOfNone: 0, usersOfAll: 0 },
        ...{ usersOfNoneByChance: 0, usersOfThree: 100 },
      },
      repeats: { share: 0, acrossParts: 0 },
      drift: { fields: [], clickRate: figure(0) },
      probes: [{ column: 'item rate', validationAuc: auc }],
      shownBefore: { share: 0.1, clickRate: 0.1, otherClickRate: 0.2, auc: before },
      remedies,
    },
    task: {
      signal: { column: 'rating', columns: 40, z: 9, probability: signal },
      listAuc: figure(signal > 0.001 ? 0.5 : 0.7, 0.02),
      ...{ cures: [], cureLists: 1000, tasks, taskLists: 1000, recall: { low: 0.5, high: 0.6 } },
      ...(ids === undefined ? {} : { ids: { gapWithout: 0.1, gapWith: 0.2, saved: figure(ids) } }),
    },
  };
}

describe('the cause that is named first', () => {
  it.each<[string, Partial<Seen>, string]>([
    ['nothing stands out', {}, 'none'],
    ['twice the lists save more than a fiftieth of what is known', { twice: 0.003 }, 'data'],
    ['twice the lists save next to nothing', { twice: 0.0009 }, 'none'],
    ['lists are so uneven that even ones are worth more than twice as many', { twice: 0.003, even: 0.3 }, 'bias'],
    ['lists are uneven, and more of them would not help', { even: 0.3 }, 'bias'],
    ['lists are somewhat uneven', { twice: 0.003, even: 0.7 }, 'data'],
    ['trained without repeated lists it is better', { treated: 0.01 }, 'bias'],
    ['a second task saves something', { saved: 0.01 }, 'task'],
    ['a second task saves less than twice the lists', { saved: 0.002, twice: 0.003 }, 'data'],
    ['nothing orders a list, whatever the curve promises', { signal: 0.6, twice: 0.02 }, 'task'],
    ['a column orders lists no more than chance may', { signal: 0.01, twice: 0.02 }, 'task'],
    ['a column is the label', { auc: 0.99, twice: 0.02 }, 'bias'],
    ['what was shown before and not clicked gives it away', { before: 0.98 }, 'bias'],
  ])('where %s', (_, seen, first) => {
    const judged = judgeCauses(answers(seen));
    expect(judged.first).toBe(first);
    expect(judged.causes.map(({ cause }) => cause).sort()).toEqual(['bias', 'data', 'task']);
    if (first !== 'none') expect(judged.causes[0]).toMatchObject({ cause: first, shown: true });
  });
});

it('data that are likely too few, and not shown to be, come first only where nothing is shown', () => {
  const seen = answers({ twice: 0.003 });
  const [twice, ...others] = seen.data.gains;
  const unsure = (bias = seen.bias): Answers => ({
    ...seen,
    bias,
    data: { ...seen.data, gains: [{ ...twice, low: 0 }, ...others] },
  });
  expect(judgeCauses(unsure())).toMatchObject({
    first: 'data',
    causes: [{ cause: 'data', shown: false, likely: true }, {}, {}],
  });
  expect(judgeCauses(unsure({ ...seen.bias, evenShare: 0.45 })).first).toBe('bias');
});

describe('what to do next', () => {
  const steps = (seen: Partial<Seen>) => judgeCauses(answers(seen)).advice.map(({ step }) => step);

  it('comes in the order of what it saves', () => {
    expect(steps({ twice: 0.003, even: 0.2, treated: 0.005, saved: 0.004 })).toEqual([
      ...['show-evenly', 'treat', 'second-task', 'more-lists'],
    ]);
  });

  it('begins with what makes all else void', () => {
    expect(steps({ signal: 0.6, twice: 0.02 })).toEqual(['change-label']);
    expect(steps({ auc: 0.99, signal: 0.6 })[0]).toBe('remove-column');
  });

  it('asks for no more lists where they are worth next to nothing', () => {
    expect(steps({ twice: 0.0015 })).toEqual([]);
  });

  it('asks for users where users are the shortage', () => {
    expect(steps({ shortage: 'users', twice: 0.003 })).toEqual(['more-users']);
  });

  it('turns embeddings of items on where they help, and off where they hurt', () => {
    expect(steps({ ids: 0.01, twice: 0.003 })).toEqual(['ids-on', 'more-lists']);
    expect(judgeCauses(answers({ ids: -0.01 })).advice[0]).toMatchObject({
      step: 'ids-off',
      gain: { estimate: 0.01, low: expect.closeTo(0.009, 9), high: expect.closeTo(0.011, 9) },
    });
  });
});
