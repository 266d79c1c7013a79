/** The picture of the loop: clicks per list against the day, on average over the markets. */
import { writeFile } from 'node:fs/promises';
import { LINE_COLORS, LINE_DASHES } from '../../src/print/charts/chart-colors.ts';
import { type ChartLine, lineChart } from '../../src/print/charts/line-chart.ts';
import { type PictureKey, pictureFile } from '../../src/print/charts/picture.ts';
import { meanOf } from './recovery.ts';
import { EXPLORING, type PlayedShop, TRUTH } from './setup.ts';

/** Those that explore, and those that no shift meets, are thin: they lie beside the others. */
const [WIDTH, THIN] = [2.4, 1];
const FAINT = 0.6;

export async function drawLoop(played: readonly PlayedShop[], file: string): Promise<void> {
  const [{ setup }] = played;
  const { shiftDay } = setup.market;
  const markets = new Set(played.map((each) => each.setup.market.seed)).size;
  const lines: ChartLine[] = [];
  const keys: PictureKey[] = [];
  for (const [at, name] of [TRUTH, 'list scorer', 'pointwise', 'item rate'].entries()) {
    const look = { color: LINE_COLORS[at], dash: LINE_DASHES[at] };
    const line = (of: string, which: 'shifted' | 'twin', more: Partial<ChartLine>): void => {
      const points = meanDays(played, of, which);
      lines.push({ ...look, ...more, points: which === 'twin' ? points.slice(shiftDay - 2) : points });
    };
    line(name, 'shifted', { width: WIDTH });
    if (name !== TRUTH) line(`${name}${EXPLORING}`, 'shifted', { width: THIN });
    if (name !== TRUTH) line(name, 'twin', { width: THIN, dash: '1 3', opacity: FAINT });
    keys.push({ label: name, ...look, mark: 'line' });
  }
  const most = Math.max(...lines.flatMap(({ points }) => points.map(([, clicks]) => clicks)));
  const picture = pictureFile({
    title: 'Clicks per list, day by day',
    note: `Day 1 shows random lists; every night trains anew. All tastes turn round on day ${shiftDay}: dotted lines go on without that. Thin lines explore one list in ten. By the truth of ${markets} simulated markets, on average.`,
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

function meanDays(
  played: readonly PlayedShop[],
  name: string,
  which: 'shifted' | 'twin',
): readonly (readonly [day: number, clicks: number])[] {
  const shops = played.filter((each) => each.name === name);
  return shops[0][which].expected.map((_, at) => [at + 1, meanOf(shops.map((shop) => shop[which].expected[at]))]);
}
