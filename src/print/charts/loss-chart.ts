import { CLICK_LOSS, type CurveSeries, curveSeries, type LearningCurve } from '../../measure/learning-curve.ts';
import { formatEpoch } from '../format-numbers.ts';
import { html } from '../html-template.ts';
import { LINE_COLORS } from './chart-colors.ts';
import { type ChartLine, lineChart } from './line-chart.ts';
import type { Picture, PictureKey } from './picture.ts';

const COLORS = { train: LINE_COLORS[0], validation: LINE_COLORS[1] } as const;

export const LOSS_KEYS: readonly PictureKey[] = [
  { label: 'train', color: COLORS.train, mark: 'line' },
  { label: 'validation', color: COLORS.validation, mark: 'line' },
  { label: 'epoch kept', color: COLORS.validation, mark: 'dot' },
];

const SIZE = { width: 320, height: 230 } as const;

/** What a chart shows: losses from `min` to `max`, epochs from 1 to `lastEpoch`. */
export interface ChartRange {
  readonly min: number;
  readonly max: number;
  readonly lastEpoch: number;
}

/** The losses of several runs, to give charts one scale. Epoch 0, the untrained model, is left out of scale and picture. */
export function lossRange(curves: readonly LearningCurve[], term: string): ChartRange {
  const values = curves.flatMap((curve) => {
    const { train, validation } = trained(curveSeries(curve, term));
    return [...train, ...validation];
  });
  const finite = values.filter(Number.isFinite);
  const low = finite.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = finite.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const margin = 0.06 * (high - low || Math.abs(high) || 1);
  const lastEpoch = Math.max(2, ...curves.flatMap(({ epochs }) => epochs.map(({ epoch }) => epoch)));
  return { min: low - margin, max: high + margin, lastEpoch };
}

/**
 * One loss of one recipe: train and validation, a thin line a seed, a strong one for the mean, dashed from where the first seed
 * ended, a dot on the validation line at the epoch each seed kept.
 */
export function lossPicture(runs: readonly LearningCurve[], term: string, range: ChartRange): Picture {
  const [{ recipe }] = runs;
  const series = runs.map((run) => ({ run, points: trained(curveSeries(run, term)) }));
  const lines = (['train', 'validation'] as const).flatMap((part) => [
    ...series.map(({ run, points }): ChartLine => {
      const kept = part === 'validation' ? points.epochs.indexOf(run.keptEpoch) : -1;
      const look = { color: COLORS[part], width: 1, opacity: runs.length > 1 ? 0.4 : 0 };
      return { points: pointsOf(points.epochs, points[part]), ...look, dots: kept < 0 ? [] : [kept] };
    }),
    ...meanLines(
      part,
      series.map(({ points }) => points),
    ),
  ]);
  const name = term === CLICK_LOSS ? 'log loss' : term;
  const { min, max, lastEpoch } = range;
  return {
    name: `curve-${recipe}-${term}`,
    title: recipe,
    note: name,
    keys: LOSS_KEYS,
    ...SIZE,
    marks: lineChart({
      ...SIZE,
      ...{ x: { name: 'epoch', min: 1, max: lastEpoch, isCount: true }, y: { name, min, max, hidesEnds: true }, lines },
    }),
    table: lossTable(
      `${recipe}, ${name}: means over ${runs.length} ${runs.length === 1 ? 'seed' : 'seeds'}; kept: epoch ${listOf(runs)}`,
      series.map(({ points }) => points),
    ),
  };
}

const listOf = (runs: readonly LearningCurve[]): string =>
  runs.map(({ keptEpoch }) => formatEpoch(keptEpoch)).join(', ');

function lossTable(caption: string, runs: readonly CurveSeries[]): Picture['table'] {
  const [train, validation] = (['train', 'validation'] as const).map((part) => meanCurve(runs.map((run) => run[part])));
  const first = runs[0].epochs[0] ?? 1;
  const rows = train.map(
    (loss, at) =>
      html`<tr><th scope="row">${first + at}</th><td>${loss.toFixed(4)}</td><td>${validation[at].toFixed(4)}</td></tr>`,
  );
  return html`<table><caption>${caption}</caption><thead><tr><th scope="col">epoch</th><th scope="col">train</th><th scope="col">validation</th></tr></thead><tbody>${rows}</tbody></table>`;
}

function trained({ epochs, train, validation }: CurveSeries): CurveSeries {
  const first = epochs[0] === 0 ? 1 : 0;
  return { epochs: epochs.slice(first), train: train.slice(first), validation: validation.slice(first) };
}

type PartName = 'train' | 'validation';

/** Solid as far as all runs go, dashed as far as any does. */
function meanLines(part: PartName, runs: readonly CurveSeries[]): readonly ChartLine[] {
  const reached = Math.min(...runs.map(({ epochs }) => epochs.length));
  const means = meanCurve(runs.map((run) => run[part]));
  const epochs = runs.reduce<readonly number[]>(
    (longest, run) => (run.epochs.length > longest.length ? run.epochs : longest),
    [],
  );
  const color = COLORS[part];
  const solid = { points: pointsOf(epochs.slice(0, reached), means), color };
  if (reached === epochs.length) return [solid];
  const from = Math.max(0, reached - 1);
  return [solid, { points: pointsOf(epochs.slice(from), means.slice(from)), color, dash: '5 4' }];
}

const pointsOf = (epochs: readonly number[], losses: readonly number[]): ChartLine['points'] =>
  epochs.map((epoch, e) => [epoch, losses[e]] as const);

/** The mean over the runs by epoch; where some have ended, it changes as the others do on average, so that it does not jump when one ends. */
export function meanCurve(runs: readonly (readonly number[])[]): readonly number[] {
  const longest = Math.max(0, ...runs.map(({ length }) => length));
  const means: number[] = [];
  for (let e = 0; e < longest; e++) {
    const running = runs.filter(({ length }) => length > e);
    const mean = (at: number): number => running.reduce((sum, run) => sum + run[at], 0) / running.length;
    means.push(e === 0 || running.length === runs.length ? mean(e) : means[e - 1] + mean(e) - mean(e - 1));
  }
  return means;
}
