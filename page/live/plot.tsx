/** A live line chart. Its library comes when the first chart is shown. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type uPlot from 'uplot';

export interface PlotLine {
  readonly label: string;
  readonly values: readonly (number | null)[];
  /** Of its colour: `line-1`, ... */
  readonly color: string;
  readonly isDashed?: boolean;
}

export interface PlotProps {
  readonly title: string;
  /** Epoch milliseconds. */
  readonly times: readonly number[];
  readonly lines: readonly PlotLine[];
  readonly format: (value: number) => string;
  /** The top of the axis at least. */
  readonly least: number;
}

const HIGH = 220;
const HOUR = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
/** The time of day of seconds since 1970: the charts show an hour. */
const timeOf = (seconds: number): string => HOUR.format(1000 * seconds);
const colorOf = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** Values that no line joins to another are drawn as points. */
const lonely = (chart: uPlot, line: number): number[] => {
  const values = chart.data[line] ?? [];
  const isThere = (at: number): boolean => typeof values[at] === 'number';
  return [...values.keys()].filter((at) => isThere(at) && !isThere(at - 1) && !isThere(at + 1));
};

export function Plot({ title, times, lines, format, least }: PlotProps): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | undefined>(undefined);
  const data = [times.map((time) => time / 1000), ...lines.map(({ values }) => [...values])] as uPlot.AlignedData;
  const latest = useRef(data);
  latest.current = data;
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    let isGone = false;
    const stop = new AbortController();
    const watch = new ResizeObserver(() => chart.current?.setSize({ width: element.clientWidth, height: HIGH }));
    void Promise.all([import('uplot'), import('uplot/dist/uPlot.min.css')]).then(([{ default: Chart }]) => {
      if (isGone) return;
      const draw = (): void => {
        chart.current?.destroy();
        const axis = { stroke: colorOf('soft'), grid: { stroke: colorOf('rule') }, ticks: { stroke: colorOf('rule') } };
        chart.current = new Chart(
          {
            width: element.clientWidth,
            height: HIGH,
            axes: [
              { ...axis, values: (_, ticks) => ticks.map(timeOf) },
              { ...axis, size: 64, values: (_, ticks) => ticks.map(format) },
            ],
            scales: { y: { range: (_, __, most) => [0, Math.max((most ?? 0) * 1.1, least)] } },
            series: [
              { label: 'time', value: (_: uPlot, time: number | null) => (time === null ? '–' : timeOf(time)) },
              ...lines.map(({ label, color, isDashed }) => ({
                ...{
                  label,
                  stroke: colorOf(color),
                  width: 2,
                  points: { show: false, size: 6, fill: colorOf(color), filter: lonely },
                },
                value: (_: uPlot, value: number | null) => (value === null ? '–' : format(value)),
                ...(isDashed ? { dash: [6, 4] } : {}),
              })),
            ],
          },
          latest.current,
          element,
        );
      };
      draw();
      watch.observe(element);
      matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw, { signal: stop.signal });
    });
    return () => {
      isGone = true;
      stop.abort();
      watch.disconnect();
      chart.current?.destroy();
      chart.current = undefined;
    };
  }, []);
  useEffect(() => chart.current?.setData(data));
  const last = lines.map(({ label, values }) => {
    const value = values.findLast((each) => each !== null);
    return `${label} ${value === undefined || value === null ? 'unknown' : format(value)}`;
  });
  return <div class="plot" ref={place} role="img" aria-label={`${title}. Last: ${last.join(', ')}`} />;
}
