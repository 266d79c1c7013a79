/**
 * What a second loss does to training and to validation, from a finished comparison: `npx tsx bench/losses.ts runs/ranklens/report.json`. docs/losses.md reads it.
 *
 * Prints one row a recipe, means over seeds: cross-entropy of clicks on the training sample and on validation at the kept epoch, the least that each reached,
 * how far validation rose after its least, the gradient that reaches an unclicked item, and the test part's differences to attention-bce with their intervals.
 */
import { readFile } from 'node:fs/promises';
import type { ComparisonReport } from '../src/evaluate/comparison-report.ts';
import type { EpochRecord } from '../src/train/epoch-record.ts';

interface Curve {
  readonly recipe: string;
  readonly epochs: readonly EpochRecord[];
  readonly keptEpoch: number;
}

const [path] = process.argv.slice(2);
if (path === undefined) throw new Error('give the report.json of a comparison');
const report = JSON.parse(await readFile(path, 'utf8')) as ComparisonReport & { readonly curves: readonly Curve[] };

const columns = [
  'recipe',
  'kept epoch',
  'train BCE, kept',
  'validation BCE, kept',
  'train BCE, last',
  'validation rise',
  'gradient on negatives, epoch 1',
  'kept',
  'last',
];
const rows = [...new Set(report.curves.map(({ recipe }) => recipe))].map((recipe) => {
  const curves = report.curves.filter((curve) => curve.recipe === recipe);
  const mean = (value: (curve: Curve) => number): number =>
    curves.reduce((sum, curve) => sum + value(curve), 0) / curves.length;
  const kept = ({ epochs, keptEpoch }: Curve): EpochRecord => epochs[keptEpoch - 1];
  const last = ({ epochs }: Curve): EpochRecord => epochs[epochs.length - 1];
  const losses = [
    mean((curve) => kept(curve).train.terms.bce),
    mean((curve) => kept(curve).metrics.logLoss),
    mean((curve) => last(curve).train.terms.bce),
    mean((curve) => last(curve).metrics.logLoss - kept(curve).metrics.logLoss),
  ];
  const slopes = [
    mean(({ epochs }) => epochs[0].gradientOnNegatives),
    mean((curve) => kept(curve).gradientOnNegatives),
    mean((curve) => last(curve).gradientOnNegatives),
  ];
  const numbers = [...losses.map((value) => value.toFixed(4)), ...slopes.map((value) => value.toFixed(3))];
  return [
    recipe,
    mean(({ keptEpoch }) => keptEpoch).toFixed(1),
    ...numbers.map((text) => (text === 'NaN' ? '' : text)),
  ];
});
for (const row of [columns, columns.map(() => '---'), ...rows]) process.stdout.write(`| ${row.join(' | ')} |\n`);
