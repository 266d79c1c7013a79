/** A table of docs/article.md, and a difference in it. */
import { type Difference, type Figure, figures, verdictOf } from './differences.ts';
import { signed } from './map-picture.ts';

/** In Markdown. */
export const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** Bold where it is beyond chance. */
export function shown(difference: Difference | undefined, figure: Figure): string {
  if (!difference) return '';
  const { points, low, high } = difference;
  const told = `${signed(points)} [${signed(low)}, ${signed(high)}]`;
  return verdictOf(difference, figure) === 'open' ? told : `**${told}**`;
}

export const figureOf = (id: string): Figure => {
  const figure = figures.find((each) => each.id === id);
  if (!figure) throw new Error(`tables: expected a figure of the map, found "${id}"`);
  return figure;
};
