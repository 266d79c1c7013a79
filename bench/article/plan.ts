/** The cells of the map, in the order in which they are measured: one thing at a time around a small base, then what is crossed, so that a part of the sweep is a map already. */

import type { TrainingConfig } from '../../src/train/recipes/training-config.ts';
import type { RankLensLog, SimulatedLog } from './make-log.ts';
import { configOf, type Length, type Task, type Trained, WEIGHTS } from './recipes.ts';

export interface Cell {
  readonly name: string;
  /** What is varied, and its value here. */
  readonly factor: string;
  readonly value: string;
  readonly log: SimulatedLog | RankLensLog;
  readonly isRegularised: boolean;
  readonly seeds: number;
  /** Items and users have vectors of their own, from their first list on. */
  readonly ids: boolean;
  /** Which epoch is judged on the test part; the best on validation where left out. */
  readonly keeps?: 'last' | undefined;
  /** The first is what the others are compared with. */
  readonly configs: readonly TrainingConfig[];
}

const BASE: SimulatedLog = {
  ...{ kind: 'simulated', lists: 640, clickRate: 0.2, effects: 'strong', policy: 0, noise: 0, world: 7 },
};
const RANKLENS: RankLensLog = { kind: 'ranklens', users: 1, clicks: 1 };

interface Asked {
  readonly name: string;
  readonly factor: string;
  readonly value: string;
  readonly log?: Partial<SimulatedLog>;
  readonly ranklens?: Partial<RankLensLog>;
  readonly isRegularised?: boolean;
  readonly ids?: boolean;
  readonly keeps?: 'last';
  readonly seeds?: number;
  /** Weights other than the one of all cells. */
  readonly weights?: Readonly<Record<'triplet' | 'listnet', readonly number[]>>;
  /** Graph attention beside self-attention. */
  readonly graph?: boolean;
  /** The size of the recipes' own model. */
  readonly wide?: boolean;
}

const OTHER_WEIGHTS = { triplet: [0.2, 5], listnet: [0.06, 1.5] };

const percent = (share: number): string => `${Math.round(1000 * share) / 10} %`;
const rates = (values: readonly number[], changes: Partial<Asked> = {}): Asked[] =>
  values.map((clickRate) => ({
    ...{ name: `rate-${clickRate}`, factor: 'click rate', value: percent(clickRate), log: { clickRate } },
    ...changes,
  }));

/** The same log and the same recipes, regularised. */
const regularised = (asked: readonly Asked[]): Asked[] =>
  asked.map((one) => ({
    ...one,
    ...{ name: `${one.name}-regularised`, value: `${one.value}, regularised`, isRegularised: true },
  }));

/** The same trainings, of which the last epoch is judged. */
const lastEpoch = (asked: readonly Asked[]): Asked[] =>
  asked.map((one) => ({
    ...one,
    ...{ name: `${one.name}-last`, factor: 'last epoch', value: `${one.value}`, keeps: 'last' },
  }));

const base: Asked = { name: 'base', factor: 'base', value: '640 lists, 20 %', seeds: 5 };
const thin = (clicks: number): string => (clicks === 1 ? '' : `, ${percent(clicks)} of the clicks`);
const ranklens = (users: number, clicks: number): Asked => ({
  ...{
    name: `ranklens-${users}-${clicks}`,
    factor: 'RankLens',
    value: `${percent(users)} of the users${thin(clicks)}`,
  },
  ...{ ranklens: { users, clicks }, seeds: users === 1 ? 3 : 4 },
});
const crossed = (lists: number, clickRate: number): Asked => ({
  ...{ name: `lists-${lists}-rate-${clickRate}`, factor: 'lists and click rate' },
  ...{ value: `${lists} lists, ${percent(clickRate)}`, log: { lists, clickRate }, seeds: lists > 5000 ? 3 : 4 },
});
const lists = (count: number): Asked => ({
  ...{ name: `lists-${count}`, factor: 'training lists', value: String(count), log: { lists: count } },
  seeds: count > 5000 ? 3 : 4,
});

const asked: readonly Asked[] = [
  base,
  ...rates([0.01]),
  ...regularised([base, ...rates([0.01])]),
  ranklens(0.1, 1),
  ...rates([0.002]),
  ...lastEpoch(rates([0.01])),
  ...rates([0.01], { name: 'weights-rate-0.01', factor: 'loss weights', value: '1 %', weights: OTHER_WEIGHTS }),
  lists(160),
  { name: 'ids', factor: 'id embeddings', value: 'on', ids: true },
  ranklens(0.1, 0.15),
  ...lastEpoch([ranklens(0.1, 0.15)]),
  { name: 'policy', factor: 'logging policy', value: 'prefers, 2', log: { policy: 2 } },
  { ...base, name: 'graph', factor: 'graph attention', graph: true, seeds: 4 },
  { name: 'effects-none', factor: 'company', value: 'none', log: { effects: 'none' } },
  { name: 'noise', factor: 'label noise', value: '40 % of the clicks', log: { noise: 0.4 } },
  crossed(2560, 0.01),
  { ...base, name: 'weights', factor: 'loss weights', weights: OTHER_WEIGHTS, seeds: 4 },
  ranklens(0.01, 1),
  lists(2560),
  ...lastEpoch([base]),
  ...rates([0.05]),
  ...regularised([ranklens(0.1, 0.15), crossed(2560, 0.01)]),
  { name: 'world-8', factor: 'another world', value: 'seed 8', log: { world: 8 } },
  crossed(2560, 0.002),
  ranklens(1, 0.02),
  ranklens(1, 0.15),
  { name: 'effects-mild', factor: 'company', value: 'mild', log: { effects: 'mild' } },
  { name: 'wide', factor: 'model', value: 'two blocks of width 64', wide: true },
  { ...ranklens(0.1, 1), name: 'graph-ranklens', factor: 'graph attention', graph: true },
  ranklens(1, 1),
  ...regularised([ranklens(0.1, 1), lists(2560), crossed(2560, 0.002), lists(160)]),
  ranklens(0.1, 0.02),
  ranklens(0.01, 0.15),
  ranklens(0.01, 0.02),
  { name: 'ids-regularised', factor: 'id embeddings', value: 'on, regularised', ids: true, isRegularised: true },
  { name: 'world-9', factor: 'another world', value: 'seed 9', log: { world: 9 } },
  crossed(10240, 0.002),
  crossed(10240, 0.01),
  lists(10240),
  ...regularised([crossed(10240, 0.002)]),
];

export const cells: readonly Cell[] = asked.map((one) => {
  const { name, factor, value, isRegularised = false, ids = false, seeds = 4 } = one;
  const log = one.ranklens ? { ...RANKLENS, ...one.ranklens } : { ...BASE, ...one.log };
  const length = lengthOf(log);
  return {
    ...{ name, factor, value, log, isRegularised, seeds, ids, keeps: one.keeps },
    configs: trainedIn(one).map((each) => configOf(each, { ids, length })),
  };
});

function trainedIn({ isRegularised = false, weights, graph = false, wide = false }: Asked): Trained[] {
  const trained = (task: Task, changes: Partial<Trained> = {}): Trained => ({
    ...{ task, weight: WEIGHTS[task], scorer: 'attention', isRegularised, isSmall: !wide, ...changes },
  });
  if (graph) return [trained('clicks'), trained('listnet'), trained('listnet', { scorer: 'graph' })];
  const all = [trained('clicks'), trained('triplet'), trained('listnet')];
  if (isRegularised) all.push(trained('clicks', { isRegularised: false }));
  for (const task of ['triplet', 'listnet'] as const)
    for (const weight of weights?.[task] ?? []) all.push(trained(task, { weight }));
  return all;
}

/** Some hundred steps at least, fewer passes over many lists. */
function lengthOf(log: SimulatedLog | RankLensLog): Length {
  if (log.kind === 'ranklens') {
    if (log.users < 0.05) return { batch: 8, epochs: 16 };
    return log.users < 1 ? { batch: 32, epochs: 10 } : { batch: 64, epochs: 5 };
  }
  const { lists } = log;
  if (lists < 640) return { batch: 16, epochs: 16 };
  if (lists === 640) return { batch: 32, epochs: 16 };
  return lists < 5000 ? { batch: 64, epochs: 8 } : { batch: 128, epochs: 6 };
}
