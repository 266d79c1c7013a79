import type { PartnerEffects } from '../../measure/effects-report.ts';
import type { Html } from '../html-template.ts';
import { formatInfluence, largestInfluence, shortened } from '../influence-scale.ts';
import { CELL } from './heat-cells.ts';
import { heatMap } from './heat-map.ts';
import { words } from './marks.ts';
import { type Picture, pictureFile } from './picture.ts';

/** Pixels. */
const HEAD = 24;
const LEAST_WIDTH = 610;
const LONGEST = { row: 24, column: 11 };
/** Of what is not confirmed: an eye takes strong colours for findings. */
const PALE = 0.3;
/** Rows and columns that a slide can hold. */
const MOST_PARTNERS = 12;

/** What each partner's presence does to each other one's clicks, as a heat map that explains itself: the partners with most showings. Framed cells are confirmed. */
export function partnerChart(effects: PartnerEffects, { by }: { readonly by: string }): Html {
  return pictureFile(partnerPicture(effects, { by }));
}

/** The same as a part of a page. */
export function partnerPicture({ partners, cells, all }: PartnerEffects, { by }: { readonly by: string }): Picture {
  const names = partners.slice(0, MOST_PARTNERS).map(({ partner }) => partner);
  const cellOf = new Map(cells.map((cell) => [JSON.stringify([cell.from, cell.to]), cell]));
  const found = names.flatMap((from) => names.flatMap((to) => cellOf.get(JSON.stringify([from, to])) ?? []));
  const largest = largestInfluence(
    found.map(({ estimate }) => 100 * estimate),
    'points',
  );
  const which = names.length < all ? ` The ${names.length} with most showings, of ${all}.` : '';
  return heatMap({
    ...{ name: `partners-${by}`, title: `Who lifts and who eats whom, by ${by}`, labels: names },
    ...{ head: HEAD, leastWidth: LEAST_WIDTH },
    note: `Each row is a ${by} that stands on the list, each column the ${by} whose click probability that changes, in percentage points. Framed: confirmed; pale: it may be chance. The diagonal: another item of the same. Without a number: hardly ever shown with, or hardly ever without.${which}`,
    ends: { low: formatInfluence(-largest, 'points'), high: formatInfluence(largest, 'points') },
    columnHead: (column, { x, top }) =>
      words(shortened(names[column], LONGEST.column), { x, y: top - 9 }, { anchor: 'middle' }),
    rowHead: (row, { x, y }) =>
      words(shortened(names[row], LONGEST.row), { x, y: y + CELL.height / 2 + 5 }, { anchor: 'end' }),
    cell(row, column) {
      const cell = cellOf.get(JSON.stringify([names[row], names[column]]));
      if (!cell) return { text: '', strength: 0, isOwn: false };
      const value = 100 * cell.estimate;
      const text = formatInfluence(value, 'points');
      const strength = (cell.confirmed ? 1 : PALE) * (value / largest);
      return { text, strength, isOwn: false, isFramed: cell.confirmed };
    },
  });
}
