import type { PartnerCell, PartnerEffects } from '../../measure/effects-report.ts';
import { type Html, html, trustedMarkup } from '../html-template.ts';
import { formatInfluence, shortened } from '../influence-scale.ts';
import { wrapLines } from '../text/wrap-lines.ts';
import { CELL, colorKey, heatCell } from './heat-cells.ts';
import { INFLUENCE_STYLE } from './influence-colors.ts';

/** Pixels. */
const NAMES = 190;
const HEAD = 34;
const MARGIN = 16;
const LEAST_WIDTH = 640;
const LINE = 18;
const LONGEST = { row: 24, column: 11 };
/** Rows and columns that a slide can hold. */
const MOST_PARTNERS = 12;

/** What each partner's presence does to each other one's clicks, as a heat map that explains itself: the partners with most showings. Framed cells are confirmed. */
export function partnerChart({ partners, cells, all }: PartnerEffects, { by }: { readonly by: string }): Html {
  const names = partners.slice(0, MOST_PARTNERS).map(({ partner }) => partner);
  const cellOf = new Map(cells.map((cell) => [JSON.stringify([cell.from, cell.to]), cell]));
  const found = names.flatMap((from) => names.flatMap((to) => cellOf.get(JSON.stringify([from, to])) ?? []));
  const largest = Math.max(...found.map(({ estimate }) => 100 * Math.abs(estimate)), Number.MIN_VALUE);
  const width = Math.max(LEAST_WIDTH, NAMES + CELL.width * names.length + 2 * MARGIN);
  const title = `Who lifts and who eats whom, by ${by}`;
  const which = names.length < all ? ` The ${names.length} with most showings, of ${all}.` : '';
  const explained = wrapLines(
    `Each row is a ${by} that stands on the list, each column the ${by} whose click probability that changes, in percentage points. Framed: confirmed; the others may be chance. The diagonal: another item of the same. Without a number: hardly ever shown with, or hardly ever without.${which}`,
    Math.floor((width - 2 * MARGIN) / 6.2),
  ).split('\n');
  const top = MARGIN + 26 + explained.length * LINE + HEAD;
  const left = MARGIN + NAMES;
  const bottom = top + CELL.height * names.length;
  const columns = names.map(
    (name, column) =>
      html`<text x="${left + (column + 0.5) * CELL.width}" y="${top - 9}" text-anchor="middle">${shortened(name, LONGEST.column)}</text>`,
  );
  const rows = names.map((from, row) => {
    const y = top + row * CELL.height;
    const drawn = names.map((to, column) =>
      drawnCell(cellOf.get(JSON.stringify([from, to])), { x: left + column * CELL.width, y, largest }),
    );
    return html`<text x="${left - 10}" y="${y + CELL.height / 2 + 5}" text-anchor="end">${shortened(from, LONGEST.row)}</text>${drawn}`;
  });
  const height = bottom + 58;
  const ends = { low: formatInfluence(-largest, 'points'), high: formatInfluence(largest, 'points') };
  return html`<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${title}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" data-chart="influence">
    <style>${trustedMarkup(INFLUENCE_STYLE)}</style>
    <rect class="paper" width="${width}" height="${height}" />
    <text x="${MARGIN}" y="${MARGIN + 16}" class="title">${shortened(title, Math.floor((width - 2 * MARGIN) / 8.4))}</text>
    ${explained.map((line, at) => html`<text x="${MARGIN}" y="${MARGIN + 38 + at * LINE}" class="soft">${line}</text>`)}
    ${columns}${rows}
    ${colorKey({ x: left, y: bottom + 18, ends })}
  </svg>`;
}

function drawnCell(
  cell: PartnerCell | undefined,
  { x, y, largest }: { readonly x: number; readonly y: number; readonly largest: number },
): Html {
  if (!cell) return heatCell({ x, y, text: '', strength: 0, isOwn: false });
  const value = 100 * cell.estimate;
  return heatCell({
    ...{ x, y, text: formatInfluence(value, 'points'), strength: value / largest },
    ...{ isOwn: false, isFramed: cell.confirmed },
  });
}
