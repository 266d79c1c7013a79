/**
 * What a list costs as logs grow: import, features and one epoch, each by the command that users run, with the encoded lists in files. Simulated lists of 10, a user for every ten, an item for
 * every fifty. Needs a build (`npm run build`) and room on the disk: some 5 kB a list.
 *
 *     npx tsx bench/scale.ts --folder <folder> [--lists 100000,1000000] [--recipe pointwise-bce] [--workers 2]
 */
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CHUNK } from '../src/datasets/slate-source/slates-on-disk.ts';
import { LINE_COLORS, LINE_DASHES } from '../src/print/charts/chart-colors.ts';
import { lineChart } from '../src/print/charts/line-chart.ts';
import { pictureFile } from '../src/print/charts/picture.ts';
import { commitNow, resultName, thisMachine } from './machine.ts';
import { type Cost, measuredCommand } from './scale/measured-command.ts';

const { values } = parseArgs({
  options: {
    folder: { type: 'string' },
    lists: { type: 'string', default: '100000,1000000' },
    recipe: { type: 'string', default: 'pointwise-bce' },
    workers: { type: 'string', default: '2' },
  },
});
if (values.folder === undefined) throw new Error('scale: expected --folder, found none; name one with much room');
const { folder, recipe, workers } = values;
const STAGES = ['import', 'features', 'epoch'] as const;

interface Size {
  readonly lists: number;
  readonly logBytes: number;
  readonly stages: Readonly<Record<(typeof STAGES)[number], Cost>>;
}

const started = new Date();
const machine = thisMachine();
await mkdir(folder, { recursive: true });
const sizes: Size[] = [];
for (const lists of values.lists.split(',').map(Number)) {
  const size = await measured(lists);
  sizes.push(size);
  for (const name of STAGES) console.log(lineOf(name, size));
}
const name = `scale-${resultName(started, machine)}`;
const about = { started, machine, node: process.version, commit: commitNow(), recipe, workers: Number(workers) };
await writeFile(`bench/results/${name}.json`, `${JSON.stringify({ ...about, sizes }, undefined, 2)}\n`);
if (sizes.length > 1) await writeFile(`bench/results/${name}.svg`, drawn());
console.log(`bench/results/${name}.json`);

async function measured(lists: number): Promise<Size> {
  const own = join(folder, String(lists));
  await rm(own, { recursive: true, force: true });
  await mkdir(own);
  const [log, data, config, scratch] = ['log.jsonl', 'data', 'config.json', 'lists'].map((each) => join(own, each));
  const world = ['--users', String(Math.ceil(lists / 10)), '--items', String(Math.max(20, Math.ceil(lists / 50)))];
  await measuredCommand(['simulate', '--impressions', String(lists), ...world, '--seed', '5', '--out', log]);
  const logBytes = (await stat(log)).size;
  const [imported] = await measuredCommand(['import', log, '--out', data]);
  await rm(log);
  await writeFile(config, JSON.stringify({ recipes: { [recipe]: { epochs: 1 } } }));
  const train = ['train', data, '--recipe', recipe, '--config', config, '--workers', workers];
  const [features, epoch] = await measuredCommand(
    [...train, '--out-of-core', scratch, '--out', join(own, 'model')],
    () => hasFile(scratch, `lists-${Math.ceil(lists / CHUNK) - 1}.bin`),
  );
  await rm(own, { recursive: true });
  return { lists, logBytes, stages: { import: imported, features, epoch } };
}

/** Whether a training has written a file of lists. */
async function hasFile(scratch: string, file: string): Promise<boolean> {
  const found = await readdir(scratch, { recursive: true }).catch((): string[] => []);
  return found.some((path) => path.endsWith(`/${file}`));
}

function lineOf(stage: (typeof STAGES)[number], { lists, stages }: Size): string {
  const { seconds, cpuSeconds, mostMiB } = stages[stage];
  const each = (total: number): string => ((1e6 * total) / lists).toFixed(0);
  return `${lists} lists, ${stage}: ${seconds.toFixed(1)} s, ${each(seconds)} µs a list, ${each(cpuSeconds)} µs of a core; at most ${mostMiB.toFixed(0)} MiB`;
}

/** Microseconds of a core that each stage takes for a list, over the logarithm of the lists: they tell the same of a machine that has other work too. */
function drawn(): string {
  const x = sizes.map(({ lists }) => Math.log10(lists));
  const costOf = (stage: (typeof STAGES)[number]) =>
    sizes.map((size) => (1e6 * size.stages[stage].cpuSeconds) / size.lists);
  const most = Math.max(...STAGES.flatMap(costOf));
  const look = (at: number) => ({ color: LINE_COLORS[at], dash: LINE_DASHES[at] });
  const marks = lineChart({
    ...{ width: 560, height: 280 },
    x: { name: 'lists, as a power of ten', min: Math.floor(x[0]), max: Math.ceil(x[x.length - 1]), interval: 1 },
    y: { name: 'microseconds of a core a list', min: 0, max: 50 * Math.ceil(most / 50), isCount: true },
    lines: STAGES.map((stage, at) => ({
      ...{ ...look(at), dots: [...x.keys()] },
      points: costOf(stage).map((cost, size) => [x[size], cost] as const),
    })),
  });
  const picture = pictureFile({
    title: 'What a list costs as logs grow',
    note: `Lists of 10, ${machine.cores} cores, load ${machine.loadAtStart.toFixed(1)} at the start; recipe ${recipe}.`,
    keys: STAGES.map((stage, at) => ({ label: stage, ...look(at), mark: 'line' })),
    ...{ width: 560, height: 280, marks },
  });
  return `${picture.markup}\n`;
}
