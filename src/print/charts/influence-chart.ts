import { checkInfluence } from '../../scoring/check-influence.ts';
import type { Influence } from '../../scoring/influence.ts';
import { checkOptionsArgument } from '../../slate/check-argument.ts';
import { type Html, html } from '../html-template.ts';
import { formatInfluence, type InfluenceScale, influenceOn, largestInfluence, shortened } from '../influence-scale.ts';
import { CHART_COLORS } from './chart-colors.ts';
import { heatMap } from './heat-map.ts';
import { words } from './marks.ts';
import { type Picture, pictureFile } from './picture.ts';

/** How the heat map of influence is drawn. */
export interface InfluenceChartOptions {
  /** Of the items, by place; those of empty places are not read. */
  readonly names: readonly string[];
  /** What else is told of the items, by place, such as `140 yen`. */
  readonly notes?: readonly string[];
  /** What the picture shows; a general sentence unless told otherwise. */
  readonly title?: string;
  /** `points` unless told otherwise. */
  readonly scale?: InfluenceScale;
  /** Influence of the deepest colour, to give several charts one scale; the largest found unless told otherwise, a point or a tenth of a logit at least. */
  readonly largest?: number;
}

/** Pixels. */
const HEAD = 40;
const LEAST_WIDTH = 570;
/** Letters that fit. */
const LONGEST = { row: 22, column: 11 };

const UNITS: Readonly<Record<InfluenceScale, string>> = { points: 'percentage points', logit: 'logits' };

/**
 * Influence as a heat map, an SVG that explains itself and follows the reader's light or dark: a row for each item that is there, a column for each whose click probability it changes; the number is in
 * the cell, blue raises, red lowers, as deep as it is large. The diagonal has each item's own click probability. Empty places have neither row nor column.
 */
export function influenceChart(influence: Influence, options: InfluenceChartOptions): Html {
  checkOptionsArgument(options, 'influenceChart', ['names']);
  checkInfluence(influence, options.names, 'influenceChart');
  return pictureFile(influencePicture(influence, options));
}

/** The same as a part of a page; `name` of its file. */
export function influencePicture(
  influence: Pick<Influence, 'togetherK' | 'influenceKK' | 'logitInfluenceKK'>,
  options: InfluenceChartOptions & { readonly name?: string },
): Picture {
  const {
    names,
    notes = [],
    scale = 'points',
    title = "What each item of the slate does to the others' clicks",
  } = options;
  const places = [...influence.togetherK.keys()].filter((place) => !Number.isNaN(influence.togetherK[place]));
  const matrixKK = influenceOn(scale, influence);
  const found = places.flatMap((j) => places.filter((i) => i !== j).map((i) => matrixKK[j][i]));
  const largest = options.largest ?? largestInfluence(found, scale);
  const soft = { color: CHART_COLORS.soft, size: 12 };
  return heatMap({
    ...{ name: options.name ?? 'influence', title, head: HEAD, leastWidth: LEAST_WIDTH },
    labels: places.map((place) => `${place + 1} ${names[place]}`),
    note: `Each row is an item that is shown, each column the item whose click probability it changes, in ${UNITS[scale]}. The diagonal has the item's own click probability.`,
    ends: { low: formatInfluence(-largest, scale), high: formatInfluence(largest, scale) },
    columnHead(column, { x, top }) {
      const place = places[column];
      return html`${words(`place ${place + 1}`, { x, y: top - 26 }, { ...soft, anchor: 'middle' })}
      ${words(shortened(names[place], LONGEST.column), { x, y: top - 9 }, { anchor: 'middle' })}`;
    },
    rowHead(row, { x, y }) {
      const j = places[row];
      const note = [`place ${j + 1}`, ...(notes[j] === undefined || notes[j] === '' ? [] : [notes[j]])].join(', ');
      return html`${words(shortened(names[j], LONGEST.row), { x, y: y + 18 }, { anchor: 'end' })}
      ${words(shortened(note, LONGEST.row + 4), { x, y: y + 34 }, { ...soft, anchor: 'end' })}`;
    },
    cell(row, column) {
      const [j, i] = [places[row], places[column]];
      if (i === j) return { text: `${(100 * influence.togetherK[i]).toFixed(1)} %`, strength: 0, isOwn: true };
      const value = matrixKK[j][i];
      return { text: formatInfluence(value, scale), strength: value / largest, isOwn: false };
    },
  });
}
