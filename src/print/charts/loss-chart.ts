import { LineChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { type CurveSeries, curveSeries, type LearningCurve } from '../../measure/learning-curve.ts';
import { type Html, trustedMarkup } from '../html-template.ts';
import { plainSvg } from './plain-svg.ts';

use([LineChart, GridComponent, SVGRenderer]);

/** The colours of the charts in light; the page's style replaces each of them in dark (it selects on these very values). */
export const CHART_COLORS = { train: '#2f6db5', validation: '#d2601a', axis: '#6b7280', grid: '#e6e8ec' } as const;

const WIDTH = 300;
const HEIGHT = 210;

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
  const low = Math.min(...values);
  const high = Math.max(...values);
  const margin = 0.06 * (high - low || Math.abs(high) || 1);
  const lastEpoch = Math.max(2, ...curves.flatMap(({ epochs }) => epochs.map(({ epoch }) => epoch)));
  return { min: low - margin, max: high + margin, lastEpoch };
}

/**
 * One loss of one recipe as an SVG: train and validation, a thin line a seed, a strong one for the mean, dashed from where the first seed
 * ended, a dot on the validation line at the epoch each seed kept. The page's legend explains it.
 */
export function lossChart(runs: readonly LearningCurve[], term: string, range: ChartRange): Html {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
  try {
    const series = runs.map((run) => ({ run, points: trained(curveSeries(run, term)) }));
    chart.setOption({
      animation: false,
      grid: { left: 44, right: 12, top: 10, bottom: 34 },
      xAxis: axis({ min: 1, max: range.lastEpoch, minInterval: 1, name: 'epoch', nameLocation: 'middle', nameGap: 20 }),
      yAxis: axis({ min: range.min, max: range.max, splitNumber: 4 }),
      series: (['train', 'validation'] as const).flatMap((part) => [
        ...series.map(({ run, points }) => {
          const kept = part === 'validation' ? points.epochs.indexOf(run.keptEpoch) : -1;
          return line(part, points.epochs, points[part], { width: 1, opacity: runs.length > 1 ? 0.4 : 0, kept });
        }),
        ...meanLines(
          part,
          series.map(({ points }) => points),
        ),
      ]),
    });
    return trustedMarkup(plainSvg(chart.renderToSVGString(), { width: WIDTH, height: HEIGHT }));
  } finally {
    chart.dispose();
  }
}

function trained({ epochs, train, validation }: CurveSeries): CurveSeries {
  const first = epochs[0] === 0 ? 1 : 0;
  return { epochs: epochs.slice(first), train: train.slice(first), validation: validation.slice(first) };
}

type PartName = 'train' | 'validation';

/** Solid as far as all runs go, dashed as far as any does. */
function meanLines(part: PartName, runs: readonly CurveSeries[]): readonly object[] {
  const reached = Math.min(...runs.map(({ epochs }) => epochs.length));
  const means = meanCurve(runs.map((run) => run[part]));
  const epochs = runs.reduce<readonly number[]>(
    (longest, run) => (run.epochs.length > longest.length ? run.epochs : longest),
    [],
  );
  const look = { width: 2.4, opacity: 1, kept: -1 };
  const solid = line(part, epochs.slice(0, reached), means.slice(0, reached), look);
  if (reached === epochs.length) return [solid];
  const from = Math.max(0, reached - 1);
  return [solid, line(part, epochs.slice(from), means.slice(from), { ...look, dashed: true })];
}

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

function line(
  part: PartName,
  epochs: readonly number[],
  losses: readonly number[],
  look: { readonly width: number; readonly opacity: number; readonly kept: number; readonly dashed?: boolean },
): object {
  const color = CHART_COLORS[part];
  return {
    type: 'line',
    silent: true,
    showSymbol: look.kept >= 0,
    symbol: 'none',
    itemStyle: { color },
    lineStyle: { color, width: look.width, opacity: look.opacity, type: look.dashed ? 'dashed' : 'solid' },
    data: epochs.map((epoch, e) => {
      const value = [epoch, losses[e]];
      return e === look.kept ? { value, symbol: 'circle', symbolSize: 8 } : value;
    }),
  };
}

function axis(options: object): object {
  const label = { color: CHART_COLORS.axis, fontSize: 11 };
  return {
    type: 'value',
    axisLabel: { ...label, showMinLabel: false, showMaxLabel: false, formatter: (value: number) => shortNumber(value) },
    nameTextStyle: label,
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: CHART_COLORS.grid } },
    ...options,
  };
}

const shortNumber = (value: number): string => String(Number(value.toPrecision(4)));
