/** A picture of a report: drawn into the page, or a file by itself that explains itself. */
import { type Html, html, trustedMarkup } from '../html-template.ts';
import { wrapLines } from '../text/wrap-lines.ts';
import { CHART_COLORS, CHART_STYLE } from './chart-colors.ts';
import { dot, segment, words } from './marks.ts';

export interface Picture {
  /** Of its file, without `.svg`. */
  readonly name: string;
  readonly title: string;
  /** What it shows, and how it is read. */
  readonly note?: string;
  /** Which mark stands for what. */
  readonly keys?: readonly PictureKey[];
  /** Of the marks, in pixels. */
  readonly width: number;
  readonly height: number;
  readonly marks: Html;
  /** The same as numbers: the rows of a table. */
  readonly table: Html;
}

export interface PictureKey {
  readonly label: string;
  readonly color: string;
  readonly mark: 'line' | 'dot';
  readonly dash?: string;
}

/** Pixels. */
const MARGIN = 16;
const LINE = 18;
const TITLE = 22;
const LEAST_WIDTH = 480;

/** The marks alone: the page has title, note and keys as text. */
export function pictureMarks({ title, width, height, marks }: Picture): Html {
  return html`<svg class="picture" role="img" aria-label="${title}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${marks}</svg>`;
}

/** A whole SVG with title, note and keys, light or dark as its reader is. */
export function pictureFile({
  title,
  note = '',
  keys = [],
  width,
  height,
  marks,
}: Omit<Picture, 'name' | 'table'>): Html {
  const whole = Math.max(LEAST_WIDTH, width + 2 * MARGIN);
  const noted = note === '' ? [] : wrapLines(note, Math.floor((whole - 2 * MARGIN) / 6.2)).split('\n');
  const keyed = keyRows(keys, whole - 2 * MARGIN);
  const titled = wrapLines(title, Math.floor((whole - 2 * MARGIN) / 9.4)).split('\n');
  const head = MARGIN + TITLE * titled.length;
  const top = head + 4 + (noted.length + keyed.length) * LINE + (noted.length + keyed.length > 0 ? 8 : 0);
  const all = top + height + MARGIN;
  return html`<svg xmlns="http://www.w3.org/2000/svg" class="picture" role="img" aria-label="${title}" viewBox="0 0 ${whole} ${all}" width="${whole}" height="${all}">
    <style>${trustedMarkup(CHART_STYLE)}</style>
    <rect width="${whole}" height="${all}" fill="${CHART_COLORS.paper}" />
    ${titled.map((line, at) => words(line, { x: MARGIN, y: MARGIN + 16 + at * TITLE }, { size: 17, isBold: true }))}
    ${noted.map((line, at) => words(line, { x: MARGIN, y: head + 16 + at * LINE }, { size: 12, color: CHART_COLORS.soft }))}
    ${keyed.flatMap((row, at) => row.map(({ key, x }) => keyMark(key, { x: MARGIN + x, y: head + 16 + (noted.length + at) * LINE })))}
    <g transform="translate(${Math.max(MARGIN, (whole - width) / 2)} ${top})">${marks}</g>
  </svg>`;
}

/** Pixels that a mark of a key takes, and a letter beside it. */
const [MARK, LETTER, GAP] = [28, 6.6, 18];

function keyRows(
  keys: readonly PictureKey[],
  width: number,
): readonly (readonly { readonly key: PictureKey; readonly x: number }[])[] {
  const rows: { key: PictureKey; x: number }[][] = [];
  let x = Number.POSITIVE_INFINITY;
  for (const key of keys) {
    const wide = MARK + LETTER * key.label.length;
    if (x + wide > width) {
      rows.push([]);
      x = 0;
    }
    rows[rows.length - 1].push({ key, x });
    x += wide + GAP;
  }
  return rows;
}

function keyMark({ label, ...key }: PictureKey, { x, y }: { readonly x: number; readonly y: number }): Html {
  return html`${keySign(key, { x, y: y - 4 })}${words(label, { x: x + MARK, y }, { size: 12 })}`;
}

/** Before the word it stands for. */
export function keySign(
  { color, mark, dash = '' }: Omit<PictureKey, 'label'>,
  { x, y }: { readonly x: number; readonly y: number },
): Html {
  if (mark === 'dot') return dot({ x: x + 11, y }, color, 4.5);
  return segment({ x, y }, { x: x + 22, y }, { color, width: 2.4, dash });
}
