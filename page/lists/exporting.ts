/** The list for elsewhere: a table, a request, the command that answers the same, a picture. */
import type { WhatIfAnswer } from '../../src/serve/client/page-types.ts';
import { percent, shortened } from '../shared/format.ts';
import type { ListState } from './list-state.ts';

/** A text that begins so may be read as a formula by a program of tables. */
const FORMULA = /^[=+\-@\t\r]/;

/** Quoted where it must be. */
const cell = (value: string | number): string => {
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** A row an item: its place, probability now, before and alone. */
export function toCsv(answer: WhatIfAnswer, before: WhatIfAnswer | undefined): string {
  const rows = answer.items.map(({ item, probability, alone }, k) => [
    ...[k + 1, item, probability],
    ...[before?.items.find((each) => each.item === item)?.probability ?? '', alone],
  ]);
  return [['place', 'item', 'probability', 'before', 'alone'], ...rows]
    .map((row) => row.map(cell).join(','))
    .join('\n');
}

const listOf = (fields: Readonly<Record<string, unknown>>): readonly unknown[] =>
  Object.entries(fields).map(([name, value]) => ({ name, value }));

/** A file of requests: first what items are taken to be, then the list. `slatewise explain` answers it with the same numbers. */
export function toRequests({ user, time, context, items, listed, asIf }: ListState, now: number): string {
  const timestamp = time ?? now;
  const changed = Object.entries(asIf)
    .filter(([id]) => items.includes(id))
    .map(([item, fields]) => ({ event: 'item', item, timestamp, fields: listOf(fields) }));
  const ranking = {
    ...{ event: 'ranking', id: 'what-if', timestamp },
    ...(user === '' ? {} : { user }),
    ...(Object.keys(context).length === 0 ? {} : { fields: listOf(context) }),
    items: items.map((id) => ({ id, ...(listed[id] ? { fields: listOf(listed[id]) } : {}) })),
  };
  return [...changed, ranking].map((event) => `${JSON.stringify(event)}\n`).join('');
}

/** As a shell takes it: plain words stay, others are quoted. */
const shellWord = (text: string): string => (/^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** The command that answers the file that is exported. `folder`: of the models as the server was given it; `isOnly`: it is the model itself. */
export function toCommand(
  model: string,
  { folder, isOnly }: { readonly folder: string | undefined; readonly isOnly: boolean },
): string {
  const path = folder === undefined ? `models/${model}` : isOnly ? folder : `${folder}/${model}`;
  return `npx slatewise explain ${shellWord(path)} what-if.jsonl --json`;
}

export interface DrawnRow {
  readonly name: string;
  readonly probability: number;
  readonly before: number | undefined;
  readonly alone: number;
}

const [WIDE, ROW, TOP, MARGIN] = [860, 58, 96, 28];

/** The list as a picture, drawn in the colours of the page as it is now. */
export async function toPng(rows: readonly DrawnRow[], title: string): Promise<Blob> {
  const canvas = document.createElement('canvas');
  const high = TOP + rows.length * ROW + MARGIN;
  canvas.width = 2 * WIDE;
  canvas.height = 2 * high;
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('the picture: expected a browser that draws, found one that does not');
  const style = getComputedStyle(document.documentElement);
  const color = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const write = (
    text: string,
    x: number,
    y: number,
    { size = 15, weight = 400, ink = 'ink', align = 'left' as CanvasTextAlign } = {},
  ): void => {
    pen.font = `${weight} ${size}px system-ui, sans-serif`;
    pen.fillStyle = color(ink);
    pen.textAlign = align;
    pen.fillText(text, x, y);
  };
  pen.scale(2, 2);
  pen.fillStyle = color('card');
  pen.fillRect(0, 0, WIDE, high);
  write(title, MARGIN, 40, { size: 20, weight: 650 });
  write('bar: click probability now; dark mark: before; orange mark: alone', MARGIN, 64, { size: 13, ink: 'soft' });
  const [left, wide] = [MARGIN + 250, WIDE - 2 * MARGIN - 250 - 80];
  for (const [k, { name, probability, before, alone }] of rows.entries()) {
    const y = TOP + k * ROW;
    write(`${k + 1}`, MARGIN, y + 28, { ink: 'soft', weight: 600 });
    write(shortened(name, 28), MARGIN + 26, y + 28, { weight: 600 });
    pen.fillStyle = color('field');
    pen.fillRect(left, y + 14, wide, 18);
    pen.fillStyle = color('bar');
    pen.fillRect(left, y + 14, wide * probability, 18);
    for (const [share, ink] of [
      [before, 'ink'],
      [alone, 'alone'],
    ] as const) {
      if (share === undefined) continue;
      pen.fillStyle = color(ink);
      pen.fillRect(left + wide * share - 1.5, y + 14, 3, 18);
    }
    write(percent(probability), WIDE - MARGIN, y + 29, { weight: 650, align: 'right' });
  }
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the picture: expected bytes, found none'))),
      'image/png',
    );
  });
}

/** Lets the browser save it. */
export function save(name: string, content: Blob | string): void {
  const blob = typeof content === 'string' ? new Blob([content], { type: 'text/plain;charset=utf-8' }) : content;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
