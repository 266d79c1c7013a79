import { FALSE_SHARES, RECALLS, type ScoreCurves } from '../../measure/score-curves.ts';
import { type Html, html } from '../html-template.ts';
import { CHART_COLORS } from './chart-colors.ts';
import { type ChartAxis, lineChart } from './line-chart.ts';
import { lineLook } from './line-look.ts';
import type { Picture, PictureKey } from './picture.ts';

const SIZE = { width: 440, height: 380 } as const;

const WHOLE = { min: 0, max: 1, isShare: true, interval: 0.2 } as const;

/** Where the table reads the curves. */
const READ_AT = [0.05, 0.1, 0.2, 0.3, 0.5, 0.8];

/** `measured` ends the note: whose means, on which lists. */
export function rocPicture(curves: readonly ScoreCurves[], measured = 'Means over seeds.'): Picture {
  return curvePicture(curves, {
    name: 'roc',
    title: 'ROC: clicks found, and what is taken for a click by mistake',
    note: `From the highest click probability down: the share of the clicked items found, against the share of the others taken with them. The nearer to the upper left corner the better; the thin line is chance. ${measured}`,
    x: { name: 'others taken', ...WHOLE },
    y: { name: 'clicks found', ...WHOLE },
    at: FALSE_SHARES,
    of: ({ found }) => found,
    chance: [
      [0, 0],
      [1, 1],
    ],
  });
}

/** `clickRate`: of these lists, what chance reaches. */
export function precisionPicture(
  curves: readonly ScoreCurves[],
  { clickRate, measured = 'Means over seeds.' }: { readonly clickRate: number; readonly measured?: string },
): Picture {
  return curvePicture(curves, {
    name: 'precision-recall',
    title: 'Precision and recall: how many of those found were clicked',
    note: `From the highest click probability down: the share of the items found that were clicked, against the share of all clicks found. The higher the better; the thin line is chance. ${measured}`,
    x: { name: 'clicks found (recall)', ...WHOLE },
    y: { name: 'of those found, clicked (precision)', ...WHOLE },
    at: RECALLS,
    of: ({ precision }) => precision,
    chance: [
      [0, clickRate],
      [1, clickRate],
    ],
  });
}

interface CurveWords {
  readonly name: string;
  readonly title: string;
  readonly note: string;
  readonly x: ChartAxis;
  readonly y: ChartAxis;
  readonly at: readonly number[];
  of(curves: ScoreCurves): readonly number[];
  readonly chance: readonly (readonly [number, number])[];
}

function curvePicture(
  curves: readonly ScoreCurves[],
  { name, title, note, x, y, at, of, chance }: CurveWords,
): Picture {
  const drawn = curves.map((curve, order) => ({ curve, look: lineLook(order) }));
  const lines = drawn.map(({ curve, look }) => ({
    points: at.map((share, step) => [share, of(curve)[step]] as const),
    ...look,
    width: 2.2,
  }));
  const thin = { points: chance, color: CHART_COLORS.open, width: 1 };
  return {
    ...{ name, title, note, ...SIZE },
    keys: drawn.map(({ curve, look }): PictureKey => ({ label: curve.name, mark: 'line', ...look })),
    marks: lineChart({ ...SIZE, x, y, lines: [thin, ...lines] }),
    table: curveTable(curves, { caption: title, x, at, of }),
  };
}

function curveTable(
  curves: readonly ScoreCurves[],
  { caption, x, at, of }: Pick<CurveWords, 'x' | 'at' | 'of'> & { readonly caption: string },
): Html {
  const heads = READ_AT.map((share) => html`<th scope="col">${x.name} ${percent(share)}</th>`);
  const rows = curves.map((curve) => {
    const cells = READ_AT.map((share) => html`<td>${percent(read({ at, values: of(curve) }, share), 1)}</td>`);
    return html`<tr><th scope="row">${curve.name}</th>${cells}</tr>`;
  });
  return html`<table><caption>${caption}</caption><thead><tr><td></td>${heads}</tr></thead><tbody>${rows}</tbody></table>`;
}

const percent = (share: number, digits = 0): string => `${(100 * share).toFixed(digits)} %`;

/** Between two points of the grid on the line that joins them. */
function read(
  { at, values }: { readonly at: readonly number[]; readonly values: readonly number[] },
  x: number,
): number {
  const next = at.findIndex((share) => share >= x);
  if (next <= 0) return values[Math.max(0, next)];
  const share = (x - at[next - 1]) / (at[next] - at[next - 1]);
  return values[next - 1] + share * (values[next] - values[next - 1]);
}
