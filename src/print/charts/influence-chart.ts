import { HeatmapChart } from 'echarts/charts';
import { GridComponent, VisualMapComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { Influence } from '../../scoring/influence.ts';
import { type Html, trustedMarkup } from '../html-template.ts';
import { formatInfluence, type InfluenceScale, influenceOn, rankedNames } from '../influence-scale.ts';
import { CHART_COLORS } from './loss-chart.ts';
import { plainSvg } from './plain-svg.ts';

use([HeatmapChart, GridComponent, VisualMapComponent, SVGRenderer]);

export interface InfluenceChartOptions {
  /** Of the items, by place; those of empty places are not read. */
  readonly names: readonly string[];
  /** `points` unless told otherwise. */
  readonly scale?: InfluenceScale;
  /** Influence of the deepest colour, to give several charts one scale; the largest found unless told otherwise. */
  readonly largest?: number;
}

/** From harm over nothing to help; both ends can be told apart by those who confuse red and green (ColorBrewer, RdBu). */
const DIVERGING = ['#b2182b', '#f4a582', '#f7f7f7', '#92c5de', '#2166ac'];
const ON_LIGHT = '#1f2430';
const ON_DEEP = '#ffffff';

const CELL = { width: 62, height: 34 };
const NAMES = 150;
const LONGEST_NAME = 16;

/**
 * Influence as a heat map (SVG): rows are the items that do something, columns those to whom it is done, by rank; the number is in the cell, the colour is centred at 0. The
 * diagonal and empty places have no cell.
 */
export function influenceChart(influence: Influence, options: InfluenceChartOptions): Html {
  const { names, scale = 'points' } = options;
  const items = rankedNames(names, influence, LONGEST_NAME);
  const matrixKK = influenceOn(scale, influence);
  const cells = items.flatMap(({ place: j }, row) =>
    items.flatMap(({ place: i }, column) => (i === j ? [] : [{ row, column, value: matrixKK[j][i] }])),
  );
  const largest = options.largest ?? Math.max(...cells.map(({ value }) => Math.abs(value)), Number.MIN_VALUE);
  const size = { width: NAMES + CELL.width * items.length + 12, height: CELL.height * items.length + 66 };
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    chart.setOption({
      animation: false,
      grid: { left: NAMES, right: 12, top: 56, bottom: 10 },
      xAxis: axis(
        items.map(({ place }) => `on ${place + 1}`),
        { position: 'top', name: 'does to the item of rank', nameLocation: 'middle', nameGap: 30 },
      ),
      yAxis: axis(
        items.map(({ name }) => name),
        { inverse: true },
      ),
      visualMap: { show: false, min: -largest, max: largest, inRange: { color: DIVERGING } },
      series: [
        {
          type: 'heatmap',
          silent: true,
          itemStyle: { borderColor: CHART_COLORS.grid, borderWidth: 1 },
          data: cells.map(({ row, column, value }) => ({
            value: [column, row, value],
            label: {
              show: true,
              fontSize: 12,
              formatter: formatInfluence(value, scale),
              color: Math.abs(value) > 0.7 * largest ? ON_DEEP : ON_LIGHT,
            },
          })),
        },
      ],
    });
    return trustedMarkup(plainSvg(chart.renderToSVGString(), size));
  } finally {
    chart.dispose();
  }
}

function axis(names: readonly string[], options: object): object {
  const text = { color: CHART_COLORS.axis, fontSize: 12 };
  return {
    type: 'category',
    data: names,
    axisLabel: { ...text, interval: 0 },
    nameTextStyle: text,
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { show: false },
    ...options,
  };
}
