/**
 * What a second loss does to training and to validation, from a finished comparison: `npx tsx bench/losses.ts runs/ranklens/report.json`. docs/losses.md reads it.
 *
 * Prints one row a recipe, means over seeds: log loss of clicks on the training sample and on validation at the kept epoch, the least that each reached, how far
 * validation had risen above its least at the last epoch, the gradient that reaches an unclicked item, and the test part's differences to the baseline with their intervals.
 */
import { readFile } from 'node:fs/promises';
import type { ComparisonReport } from '../src/measure/comparison-report.ts';
import { titleOf } from '../src/measure/report-metrics.ts';
import { formatDifferenceInterval, formatPoints } from '../src/print/format-numbers.ts';
import type { EpochRecord, PartLoss } from '../src/train/epoch-record.ts';

interface Curve {
  readonly recipe: string;
  readonly epochs: readonly EpochRecord[];
  readonly keptEpoch: number;
}

const [path] = process.argv.slice(2);
if (path === undefined) throw new Error('give the report.json of a comparison');
const report = JSON.parse(await readFile(path, 'utf8')) as ComparisonReport & { readonly curves: readonly Curve[] };

/** Log loss of clicks; reports from before it was recorded have it of recipes with a click loss only. */
const onTrain = ({ train }: EpochRecord): number => (train as Partial<PartLoss>).logLoss ?? train.terms.bce;
const onValidation = ({ metrics }: EpochRecord): number => metrics.logLoss;
const least = (epochs: readonly EpochRecord[], loss: (epoch: EpochRecord) => number): number =>
  Math.min(...epochs.map(loss));

const differences = ['rocAuc', 'logLoss', 'ndcgAt10'] as const;
const columns = [
  'recipe',
  'kept epoch',
  ...['train, kept', 'least', 'validation, kept', 'least', 'rise after'],
  ...['gradient on negatives, epoch 1', 'kept', 'last'],
  ...differences.map((id) => `${titleOf(id)} to ${report.baseline}, points`),
];
const rows = [...new Set(report.curves.map(({ recipe }) => recipe))].map((recipe) => {
  const curves = report.curves.filter((curve) => curve.recipe === recipe);
  const mean = (value: (curve: Curve) => number): number =>
    curves.reduce((sum, curve) => sum + value(curve), 0) / curves.length;
  const kept = ({ epochs, keptEpoch }: Curve): EpochRecord => epochs[keptEpoch - 1];
  const last = ({ epochs }: Curve): EpochRecord => epochs[epochs.length - 1];
  const losses = [
    mean((curve) => onTrain(kept(curve))),
    mean(({ epochs }) => least(epochs, onTrain)),
    mean((curve) => onValidation(kept(curve))),
    mean(({ epochs }) => least(epochs, onValidation)),
    mean((curve) => onValidation(last(curve)) - least(curve.epochs, onValidation)),
  ];
  const slopes = [
    mean(({ epochs }) => epochs[0].gradientOnNegatives),
    mean((curve) => kept(curve).gradientOnNegatives),
    mean((curve) => last(curve).gradientOnNegatives),
  ];
  const numbers = [...losses.map((value) => value.toFixed(4)), ...slopes.map((value) => value.toFixed(3))];
  const system = report.systems.find(({ name }) => name === recipe);
  return [
    recipe,
    mean(({ keptEpoch }) => keptEpoch).toFixed(1),
    ...numbers.map((text) => (text === 'NaN' ? '' : text)),
    ...differences.map((id) => {
      const difference = system?.metrics[id].toBaseline;
      return difference ? `${formatPoints(difference.points)} ${formatDifferenceInterval(difference)}` : '';
    }),
  ];
});
for (const row of [columns, columns.map(() => '---'), ...rows]) process.stdout.write(`| ${row.join(' | ')} |\n`);
