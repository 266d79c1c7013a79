import { LineChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { type Html, trustedMarkup } from '../html-template.ts';
import { CHART_COLORS } from './chart-colors.ts';
import { plainSvg } from './plain-svg.ts';

use([LineChart, GridComponent, SVGRenderer]);

/** One line; a point without a number interrupts it. */
export interface ChartLine {
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly color: string;
  /** Pixels; 2.4 unless told otherwise. */
  readonly width?: number;
  readonly opacity?: number;
  readonly dash?: string;
  /** Indices of points that have a dot. */
  readonly dots?: readonly number[];
}

export interface ChartAxis {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Of whole numbers. */
  readonly isCount?: boolean;
  /** Numbers are shares, and read in per cent. */
  readonly isShare?: boolean;
  /** Between its numbers; chosen unless told. */
  readonly interval?: number;
  /** The numbers at its ends are left out, where it ends between two of them. */
  readonly hidesEnds?: boolean;
}

export interface LineChartOptions {
  readonly width: number;
  readonly height: number;
  readonly x: ChartAxis;
  readonly y: ChartAxis;
  readonly lines: readonly ChartLine[];
}

/** Lines over two axes with numbers, as the marks of a picture. */
export function lineChart({ width, height, x, y, lines }: LineChartOptions): Html {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({
      animation: false,
      grid: { left: 46, right: 14, top: 26, bottom: 36 },
      xAxis: axisOf(x, { nameLocation: 'middle', nameGap: 22 }),
      yAxis: axisOf(y, {
        splitNumber: 4,
        nameTextStyle: { color: CHART_COLORS.soft, fontSize: 11, align: 'left', padding: [0, 0, 0, -40] },
        nameGap: 10,
      }),
      series: lines.map(seriesOf),
    });
    return trustedMarkup(plainSvg(chart.renderToSVGString()));
  } finally {
    chart.dispose();
  }
}

function seriesOf({ points, color, width = 2.4, opacity = 1, dash = '', dots = [] }: ChartLine): object {
  const dotted = new Set(dots);
  return {
    type: 'line',
    silent: true,
    showSymbol: dotted.size > 0,
    showAllSymbol: true,
    symbol: 'none',
    itemStyle: { color },
    lineStyle: { color, width, opacity, type: dash === '' ? 'solid' : dash.split(' ').map(Number) },
    data: points.map(([x, y], at) => {
      const value = Number.isFinite(y) ? [x, y] : [x, null];
      return dotted.has(at) ? { value, symbol: 'circle', symbolSize: 8 } : value;
    }),
  };
}

function axisOf({ name, min, max, isCount, isShare, interval, hidesEnds }: ChartAxis, place: object): object {
  const label = { color: CHART_COLORS.soft, fontSize: 11 };
  const shown = hidesEnds ? { showMinLabel: false, showMaxLabel: false } : {};
  const formatter = (value: number): string => (isShare ? `${shortNumber(100 * value)} %` : shortNumber(value));
  return {
    type: 'value',
    ...{ name, min, max },
    ...(isCount ? { minInterval: 1 } : {}),
    ...(interval === undefined ? {} : { interval }),
    axisLabel: { ...label, ...shown, formatter },
    nameTextStyle: label,
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: CHART_COLORS.grid } },
    ...place,
  };
}

const shortNumber = (value: number): string => String(Number(value.toPrecision(4)));
