/**
 * How often `worth` says yes, by size of the log and of the effect: the table and the picture of docs/worth.md, from what bench/worth.ts stored.
 *
 *     npx tsx bench/worth-power.ts bench/results/worth-*.json
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { CompanyWorth } from '../src/measure/company-worth.ts';
import { LINE_COLORS, LINE_DASHES } from '../src/print/charts/chart-colors.ts';
import { type ChartLine, lineChart } from '../src/print/charts/line-chart.ts';
import { pictureFile } from '../src/print/charts/picture.ts';

interface WorthRow {
  readonly effects: string;
  readonly impressions: number;
  readonly worths: readonly CompanyWorth[];
}

const PICTURE = fileURLToPath(new URL('../docs/images/worth-power.svg', import.meta.url));
const LOOKS: Readonly<Record<string, Pick<ChartLine, 'color' | 'dash'>>> = Object.fromEntries(
  ['strong', 'mild', 'none'].map((effects, at) => [effects, { color: LINE_COLORS[at], dash: LINE_DASHES[at] }]),
);

const paths = process.argv.slice(2);
if (paths.length === 0) throw new Error('give the result files of bench/worth.ts');
const read = await Promise.all(paths.map(async (path) => JSON.parse(await readFile(path, 'utf8'))));
const rows: WorthRow[] = read.flatMap(({ rows }) => rows);
rows.sort((a, b) => a.effects.localeCompare(b.effects) || a.impressions - b.impressions);

const yesOf = ({ worths }: WorthRow): number => worths.filter(({ verdict }) => verdict === 'yes').length;
console.log('| effects | lists | logs | yes | no | open | mean gain of clicks | mean gain of log loss, points |');
console.log('|---|---|---|---|---|---|---|---|');
for (const row of rows) {
  const { effects, impressions, worths } = row;
  const count = (verdict: string): number => worths.filter((worth) => worth.verdict === verdict).length;
  const meanOf = (of: (worth: CompanyWorth) => number): number =>
    worths.reduce((sum, worth) => sum + of(worth), 0) / worths.length;
  const gain = (100 * meanOf(({ clicks }) => clicks.estimate)).toFixed(1);
  const loss = (100 * meanOf(({ logLoss }) => logLoss.estimate)).toFixed(2);
  console.log(
    `| ${effects} | ${impressions} | ${worths.length} | ${yesOf(row)} | ${count('no')} | ${count('open')} | ${gain} % | ${loss} |`,
  );
}

const shown = Object.keys(LOOKS).filter((effects) => rows.some((row) => row.effects === effects));
const lines = shown.map((effects): ChartLine => {
  const own = rows.filter((row) => row.effects === effects);
  const points = own.map((row) => [row.impressions, yesOf(row) / row.worths.length] as const);
  return { ...LOOKS[effects], points, dots: points.map((_, at) => at) };
});
const largest = Math.max(...rows.map(({ impressions }) => impressions));
const picture = pictureFile({
  title: 'How often worth says yes',
  note: 'Share of simulated logs, by their number of lists. Without effects of company every yes would be an error.',
  keys: shown.map((effects) => ({
    label: `${effects === 'none' ? 'no' : effects} effects`,
    ...LOOKS[effects],
    mark: 'line',
  })),
  ...{ width: 560, height: 260 },
  marks: lineChart({
    ...{ width: 560, height: 260, lines },
    x: { name: 'lists in the log', min: 0, max: 1.1 * largest, isCount: true, hidesEnds: true },
    y: { name: 'share of logs', min: 0, max: 1, isShare: true, interval: 0.25 },
  }),
});
await writeFile(PICTURE, `${picture.markup}\n`);
