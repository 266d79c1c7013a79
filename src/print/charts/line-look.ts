import { LINE_COLORS, LINE_DASHES } from './chart-colors.ts';

/** Colour and dash of the line at this place of a picture. */
export const lineLook = (order: number): { readonly color: string; readonly dash: string } => ({
  color: LINE_COLORS[order % LINE_COLORS.length],
  dash: LINE_DASHES[order % LINE_DASHES.length],
});
