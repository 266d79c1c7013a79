import { styleText } from 'node:util';
import type { MeanOfCompanies } from '../../scoring/average-company.ts';
import { checkInfluence } from '../../scoring/check-influence.ts';
import type { Influence } from '../../scoring/influence.ts';
import { checkOptionsArgument } from '../../slate/check-argument.ts';
import { formatInfluence, type InfluenceScale, influenceOn, rankedNames } from '../influence-scale.ts';
import { type Paint, plainTable } from './plain-table.ts';
import { wrapLines } from './wrap-lines.ts';

/** How influence is printed. */
export interface InfluenceTextOptions {
  /** Of the items, by place; those of empty places are not read. */
  readonly names: readonly string[];
  /** `points` unless told otherwise. */
  readonly scale?: InfluenceScale;
  /** ANSI bold; off for files and pipes. */
  readonly color?: boolean;
}

const WIDTH = 118;
const LONGEST_NAME = 24;
/** Places beside each other: what a terminal of 120 columns holds. */
const COLUMNS = 9;

/** Influence for a terminal: each item in average company and in this one, and what each does to the others, by their place; in one table for every nine places. */
export function influenceText(influence: Influence, options: InfluenceTextOptions): string {
  checkOptionsArgument(options, 'influenceText', ['names']);
  const { names, scale = 'points', color } = options;
  checkInfluence(influence, names, 'influenceText');
  const paint: Paint = color ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text;
  const items = rankedNames(names, influence, LONGEST_NAME);
  const matrixKK = influenceOn(scale, influence);
  const blocks = Array.from({ length: Math.ceil(items.length / COLUMNS) }, (_, block) => {
    const columns = items.slice(block * COLUMNS, (block + 1) * COLUMNS);
    const shares = block === 0 ? ['average', 'shown'] : [];
    const table = plainTable(['item', ...shares, ...columns.map(({ place }) => `on ${place + 1}`)], paint);
    for (const { place: j, name } of items) {
      table.push([
        name,
        ...(block === 0 ? [formatMean(influence.averageK[j]), formatShare(influence.togetherK[j])] : []),
        ...columns.map(({ place: i }) => (i === j ? '·' : formatInfluence(matrixKK[j][i], scale))),
      ]);
    }
    return table.toString();
  });
  const unit = scale === 'points' ? 'percentage points' : 'logits';
  const legend =
    'Shown: click probability in this slate, in %. Average: the same at its place on other lists that were really shown, mean ± half of its 95 % interval over them; – where the model keeps none. On 1, on 2, ...: ' +
    `what the item of the row does to the click probability of the item at that place, in ${unit} (with all items, less without the item of the row).`;
  return `${blocks.join('\n')}\n${wrapLines(legend, WIDTH)}`.replace(/( +|──)$/gm, '');
}

const formatMean = ({ mean, low, high }: MeanOfCompanies): string =>
  Number.isNaN(mean) ? '–' : `${formatShare(mean)} ±${formatShare((high - low) / 2)}`;

const formatShare = (probability: number): string => (100 * probability).toFixed(1);
