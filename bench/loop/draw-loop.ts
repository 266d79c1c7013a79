/** The picture of the loop: clicks per list against the day. */
import { writeFile } from 'node:fs/promises';
import { LINE_COLORS, LINE_DASHES } from '../../src/print/charts/chart-colors.ts';
import { type ChartLine, lineChart } from '../../src/print/charts/line-chart.ts';
import { type PictureKey, pictureFile } from '../../src/print/charts/picture.ts';
import { EXPLORING, type PlayedShop, TRUTH } from './setup.ts';

/** Those that explore are thin: they lie beside the others. */
const [WIDTH, THIN] = [2.4, 1.1];

export async function drawLoop(played: readonly PlayedShop[], file: string): Promise<void> {
  const plain = [TRUTH, 'list scorer', 'pointwise', 'item rate'];
  const lines: ChartLine[] = [];
  const keys: PictureKey[] = [];
  for (const [at, name] of plain.entries())
    for (const { name: found, days } of played) {
      const explores = found === `${name}${EXPLORING}`;
      if (found !== name && !explores) continue;
      const look = { color: LINE_COLORS[at], dash: LINE_DASHES[at] };
      const points = days.map(({ day, expected }) => [day, expected] as const);
      lines.push({ ...look, points, width: explores ? THIN : WIDTH });
      if (!explores) keys.push({ label: name, ...look, mark: 'line' });
    }
  const [{ setup }] = played;
  const most = Math.max(...played.flatMap(({ days }) => days.map(({ expected }) => expected)));
  const shift = setup.market.shiftDay;
  const picture = pictureFile({
    title: 'Clicks per list, day by day',
    note: `Day 1 shows random lists; every night trains anew. ${shift === undefined ? '' : `All tastes shift on day ${shift}. `}Thin lines explore one list in ten. By the truth of a simulated market.`,
    keys,
    ...{ width: 560, height: 300 },
    marks: lineChart({
      ...{ width: 560, height: 300, lines },
      x: { name: 'day', min: 1, max: setup.days, isCount: true },
      y: { name: 'clicks per list', min: 0, max: Math.ceil(most * 2) / 2 },
    }),
  });
  await writeFile(file, `${picture.markup}\n`);
}
