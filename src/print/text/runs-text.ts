import { styleText } from 'node:util';
import { formatCount, formatDuration, formatMetric } from '../format-numbers.ts';
import { type Paint, plainTable } from './plain-table.ts';

/** A run as a row. */
export interface RunRow {
  readonly folder: string;
  readonly recipe: string;
  readonly seed: number;
  readonly data: string;
  readonly state: string;
  readonly started: string;
  readonly seconds: number;
  readonly epochs: number;
  readonly keptEpoch: number;
  readonly metrics: Readonly<Record<string, number | null>>;
}

export interface RunsTextOptions {
  readonly color?: boolean;
}

const paintOf = ({ color = false }: RunsTextOptions): Paint =>
  color ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text;

/** Shown where a run has them. */
const METRICS: Readonly<Record<string, string>> = {
  'validation/logLoss': 'log loss',
  'validation/rocAuc': 'ROC AUC',
  'validation/ndcgAt10': 'NDCG@10',
  'heldOut/greedyValue': 'slate value',
};

/** A row for each run; what all learn from is said once. Metrics are of the kept epoch, on validation. */
export function runsText(rows: readonly RunRow[], options: RunsTextOptions = {}): string {
  const paint = paintOf(options);
  const metrics = Object.keys(METRICS).filter((name) => rows.some((row) => Object.hasOwn(row.metrics, name)));
  const data = [...new Set(rows.map((row) => row.data))];
  const table = plainTable(
    [
      ...['run', 'recipe', 'seed', 'state', 'epoch'],
      ...metrics.map((name) => METRICS[name]),
      ...['began', 'took', ...(data.length > 1 ? ['data'] : [])],
    ],
    paint,
  );
  const common = commonFolder(rows.map((row) => row.folder));
  for (const row of rows)
    table.push([
      ...[row.folder.slice(common.length), row.recipe, row.seed, row.state, epochText(row)],
      ...metrics.map((name) => formatMetric(row.metrics[name] ?? null)),
      ...[
        row.started.slice(0, 16).replace('T', ' '),
        formatDuration(row.seconds),
        ...(data.length > 1 ? [row.data] : []),
      ],
    ]);
  const notes = [
    common === '' ? '' : `All are in ${common}.`,
    data.length === 1 ? `All learn from ${data[0]}.` : '',
    'Metrics are of the kept epoch, on validation; times are UTC.',
  ];
  return `${trimmed(table.toString())}\n${notes.filter((note) => note !== '').join(' ')}`;
}

/** The epoch that is kept, of those that ended. */
export const epochText = ({ keptEpoch, epochs }: Pick<RunRow, 'keptEpoch' | 'epochs'>): string =>
  epochs === 0 ? 'none yet' : `${keptEpoch} of ${epochs}`;

/** What all paths begin with, to the last separator that leaves something of each. */
function commonFolder([first, ...rest]: readonly string[]): string {
  const isCommon = (length: number): boolean => rest.every((path) => path.startsWith(first.slice(0, length)));
  const ends = [...first.matchAll(/[\\/](?=[^\\/])/g)].map(({ index }) => index + 1).filter(isCommon);
  return first.slice(0, ends.at(-1) ?? 0);
}

/** Two runs side by side. */
export interface TwoRuns {
  readonly folders: readonly [string, string];
  readonly config: readonly { readonly name: string; readonly values: readonly [unknown, unknown] }[];
  readonly metrics: readonly {
    readonly name: string;
    readonly values: readonly [number, number];
    readonly difference: number;
  }[];
}

/** What differs in their configs, and the values of their kept epochs. */
export function twoRunsText({ folders, config, metrics }: TwoRuns, options: RunsTextOptions = {}): string {
  const paint = paintOf(options);
  const settings = plainTable(['differs', ...folders], paint);
  for (const { name, values } of config)
    settings.push([name, ...values.map((value) => (value === undefined ? '–' : plain(value)))]);
  const numbers = plainTable(['kept epoch', ...folders, 'difference'], paint);
  for (const { name, values, difference } of metrics)
    numbers.push([
      name,
      ...values.map((value) => formatMetric(value)),
      `${difference > 0 ? '+' : ''}${formatMetric(difference)}`,
    ]);
  return [
    config.length === 0 ? 'Data, seed, config and program are the same.' : trimmed(settings.toString()),
    metrics.length === 0 ? 'They have no value in common.' : trimmed(numbers.toString()),
    'Another seed moves these numbers too: slatewise compare trains several, and gives intervals.',
  ].join('\n\n');
}

const plain = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** What would be removed, or was. */
export interface RemovedRun {
  readonly folder: string;
  readonly state: string;
  readonly bytes: number;
  readonly stays?: string;
}

/** A row for each run that goes, the sum, and why others stay. */
export function removalText(removals: readonly RemovedRun[], done: boolean, options: RunsTextOptions = {}): string {
  const going = removals.filter(({ stays }) => stays === undefined);
  const staying = removals.filter(({ stays }) => stays !== undefined);
  const table = plainTable(['run', 'state', 'bytes'], paintOf(options));
  for (const { folder, state, bytes } of going) table.push([folder, state, formatCount(bytes)]);
  const bytes = formatCount(going.reduce((sum, each) => sum + each.bytes, 0));
  const count = `${going.length} ${going.length === 1 ? 'run' : 'runs'}, ${bytes} bytes`;
  return [
    ...(going.length > 0 ? [trimmed(table.toString())] : []),
    ...staying.map(({ folder, stays }) => `${folder} stays: ${stays}.`),
    going.length === 0
      ? 'Nothing is removed.'
      : done
        ? `Removed: ${count}.`
        : `Nothing is removed yet. The same command with --yes removes ${count}.`,
  ].join('\n');
}

const trimmed = (text: string): string => text.replace(/( +|──)$/gm, '');
