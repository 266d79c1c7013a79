import type { Reliability } from '../../measure/reliability.ts';
import { formatCount } from '../format-numbers.ts';
import { html } from '../html-template.ts';
import { CHART_COLORS } from './chart-colors.ts';
import { lineChart } from './line-chart.ts';
import { lineLook } from './line-look.ts';
import type { Picture } from './picture.ts';

const SIZE = { width: 320, height: 300 } as const;

/** Of one system: what was said against what was clicked. `most`: where both axes end, to give several charts one scale. */
export function reliabilityPicture(
  { name, bins }: Reliability,
  { most, order }: { readonly most: number; readonly order: number },
): Picture {
  const { color } = lineLook(order);
  const intervals = bins.flatMap(({ said, low, high }) => [
    [said, low] as const,
    [said, high] as const,
    [said, Number.NaN] as const,
  ]);
  const points = bins.map(({ said, clicked }) => [said, clicked] as const);
  const axis = { min: 0, max: most, isShare: true, interval: most / 5 };
  return {
    name: `reliability-${name}`,
    title: name,
    note: 'said and clicked',
    ...SIZE,
    marks: lineChart({
      ...SIZE,
      x: { ...axis, name: 'click probability, as said' },
      y: { ...axis, name: 'clicked' },
      lines: [
        {
          points: [
            [0, 0],
            [most, most],
          ],
          color: CHART_COLORS.open,
          width: 1,
        },
        { points: intervals, color, width: 1.6 },
        { points, color, width: 1.6, dots: [...points.keys()] },
      ],
    }),
    table: html`<table><caption>${name}: items by their click probability, ten groups of equal size</caption>
      <thead><tr><th scope="col">said</th><th scope="col">clicked</th><th scope="col">95 % interval</th><th scope="col">items</th></tr></thead>
      <tbody>${bins.map(
        ({ said, clicked, low, high, items }) =>
          html`<tr><th scope="row">${percent(said)}</th><td>${percent(clicked)}</td><td>${percent(low)} to ${percent(high)}</td><td>${formatCount(items)}</td></tr>`,
      )}</tbody></table>`,
  };
}

/** The end of the axes: the highest number of any, rounded up to five steps that read well. */
export function reliabilityEnd(all: readonly Reliability[]): number {
  const highest = Math.max(0.005, ...all.flatMap(({ bins }) => bins.flatMap(({ said, high }) => [said, high])));
  const unit = 10 ** Math.floor(Math.log10(highest / 5));
  const step = [1, 2, 2.5, 5, 10].find((steps) => 5 * steps * unit >= highest) ?? 10;
  return Math.min(1, 5 * step * unit);
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
