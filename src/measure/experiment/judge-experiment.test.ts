import { describe, expect, it } from 'vitest';
import { createRng, type Rng } from '../../random/rng.ts';
import { type ExperimentData, type ExperimentUser, guardrailNames } from './experiment-report.ts';
import { judgeExperiment } from './judge-experiment.ts';

interface Truth {
  readonly lift?: number;
  readonly milliseconds?: number;
  readonly fallbacks?: number;
}

function user(rng: Rng, variant: number, { lift = 1, milliseconds = 20, fallbacks = 0.01 }: Truth): ExperimentUser {
  const taste = 0.7 * rng.next();
  const lists = 1 + rng.integer(5);
  const count = (tries: number, rate: number): number =>
    Array.from({ length: tries }, () => Number(rng.next() < rate)).reduce((sum, one) => sum + one, 0);
  const clicks = count(lists, taste * lift);
  const past = { lists: 10, clicks: count(10, taste), value: 0 };
  return {
    ...{ variant, hasMoved: false, lists, clicks, value: 3 * clicks, past, answers: lists },
    ...{
      milliseconds: lists * milliseconds * (0.5 + rng.next()),
      fallbacks: count(lists, fallbacks),
      cancelled: 0,
      failed: 0,
      refused: 0,
    },
  };
}

const users = (count: number, variant: number, truth: Truth = {}): readonly ExperimentUser[] => {
  const rng = createRng(`${variant} ${JSON.stringify(truth)}`);
  return Array.from({ length: count }, () => user(rng, variant, truth));
};

const data = (all: readonly ExperimentUser[], given: Partial<ExperimentData> = {}): ExperimentData => ({
  ...{ name: 'order', variants: ['old', 'new'], valueField: undefined, shadows: [], users: all },
  ...{ expected: [all.length / 2, all.length / 2] },
  ...given,
});

describe('an experiment', () => {
  it('tells a variant that brings more, with a narrower interval where the past is known', () => {
    const report = judgeExperiment(
      data([...users(3000, 0), ...users(3000, 1, { lift: 1.3 })], { valueField: 'price' }),
    );
    const [old, fresh] = report.variants;
    const { difference, reduced } = fresh.metrics.clicks;
    expect(old.metrics.clicks.difference).toBeNull();
    expect(difference?.low).toBeGreaterThan(0);
    expect(reduced?.low).toBeGreaterThan(0);
    expect(reduced?.error).toBeLessThan(0.95 * (difference?.error ?? 0));
    expect(fresh.metrics.value?.perList).toBeCloseTo(3 * (fresh.metrics.clicks.perList ?? 0), 10);
    expect(fresh.metrics.value?.difference?.estimate).toBeCloseTo(3 * (difference?.estimate ?? 0), 10);
    expect(report.sampleRatio?.isSound).toBe(true);
    expect(Object.values(fresh.guardrails).map(({ isAlarm }) => isAlarm)).toEqual(guardrailNames.map(() => false));
  });

  it('warns of what should not rise, and of nothing that falls', () => {
    const worse = { milliseconds: 40, fallbacks: 0.2 };
    const report = judgeExperiment(data([...users(2000, 0), ...users(2000, 1, worse)]));
    const { milliseconds, fallbacks, cancelled } = report.variants[1].guardrails;
    expect([milliseconds.isAlarm, fallbacks.isAlarm, cancelled.isAlarm]).toEqual([true, true, false]);
    expect(milliseconds.increase?.estimate).toBeGreaterThan(milliseconds.increase?.low ?? 99);
    // One in ten requests of the new one fails: it has fewer answers that could be slow.
    const failing = users(2000, 1).map((one, at) => ({ ...one, failed: Number(at % 10 === 0) }));
    const broken = judgeExperiment(data([...users(2000, 0), ...failing])).variants[1].guardrails;
    expect([broken.failed.isAlarm, broken.milliseconds.isAlarm]).toEqual([true, false]);
    const sentAway = users(2000, 1).map((one, at) => ({ ...one, refused: Number(at % 10 === 0) }));
    const full = judgeExperiment(data([...users(2000, 0), ...sentAway])).variants[1].guardrails;
    expect([full.refused.isAlarm, full.failed.isAlarm, full.milliseconds.isAlarm]).toEqual([true, false, false]);
    const better = judgeExperiment(data([...users(2000, 0, worse), ...users(2000, 1)]));
    expect(Object.values(better.variants[1].guardrails).some(({ isAlarm }) => isAlarm)).toBe(false);
  });

  it('leaves out who was moved to another variant, but not of the sample ratio', () => {
    const moved = users(400, 1).map((one) => ({ ...one, hasMoved: true }));
    const report = judgeExperiment(data([...users(1000, 0), ...users(600, 1), ...moved]));
    expect(report.variants[1]).toMatchObject({ users: 600, moved: 400 });
    expect(report.sampleRatio).toMatchObject({ found: [1000, 1000], p: 1, isSound: true });
    const lost = judgeExperiment(data([...users(1000, 0), ...users(600, 1)]));
    expect(lost.sampleRatio?.isSound).toBe(false);
  });

  it('has no interval of few users, and shares the risk between variants', () => {
    const few = judgeExperiment(data([...users(90, 0), ...users(500, 1)]));
    expect(few.variants[1].metrics.clicks).toMatchObject({ difference: null, reduced: null });
    const two = judgeExperiment(data([...users(500, 0), ...users(500, 1)]));
    const three = judgeExperiment(
      data([...users(500, 0), ...users(500, 1), ...users(500, 2)], {
        variants: ['a', 'b', 'c'],
        expected: [500, 500, 500],
      }),
    );
    const widthOf = ({ variants }: typeof two): number => {
      const { low, high } = variants[1].metrics.clicks.difference ?? { low: 0, high: 0 };
      return high - low;
    };
    expect(widthOf(three)).toBeGreaterThan(1.02 * widthOf(two));
  });
});
