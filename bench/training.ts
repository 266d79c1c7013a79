/**
 * Training throughput of the attention scorer beside PyTorch, in one run: `npx tsx bench/training.ts --python <interpreter with PyTorch>`.
 * How to read it: bench/README.md.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { commitNow, resultName, thisMachine } from './machine.ts';
import { runContest } from './training/contest.ts';
import { reportText, type ShapeReport, summarise } from './training/report.ts';
import { shapes } from './training/shape.ts';
import { startTorchPeer, type TorchPeer } from './training/torch-peer.ts';

const { values: options } = parseArgs({
  options: {
    python: { type: 'string', default: process.env.SLATEWISE_PYTHON ?? '' },
    shapes: { type: 'string', default: Object.keys(shapes).join(',') },
    rounds: { type: 'string', default: '9' },
    seconds: { type: 'string', default: '1' },
    patience: { type: 'string', default: '600' },
    'micro-batches': { type: 'string', default: '64,128,256' },
    out: { type: 'string', default: fileURLToPath(new URL('./results', import.meta.url)) },
    'no-file': { type: 'boolean', default: false },
  },
});

const workers = availableParallelism() > 1 ? [1, 2] : [1];
const peers: TorchPeer[] = [];
if (options.python === '') {
  process.stderr.write('no PyTorch: give its interpreter by --python or SLATEWISE_PYTHON to compare\n');
} else {
  for (const threads of workers) peers.push(await startTorchPeer(options.python, threads));
}

const started = new Date();
const machine = thisMachine();
const reports: Record<string, ShapeReport> = {};
for (const name of options.shapes.split(',')) {
  const shape = shapes[name];
  if (!shape) throw new Error(`--shapes: expected some of ${Object.keys(shapes).join(', ')}, found "${name}"`);
  const result = await runContest({
    shape,
    peers,
    workers,
    microBatches: options['micro-batches'].split(',').map(Number),
    rounds: Number(options.rounds),
    seconds: Number(options.seconds),
    patience: Number(options.patience),
    onMeasured: ({ engine, setting, workers: count }, rate) =>
      process.stderr.write(`${name} ${engine}, ${setting}, ${count}: ${Math.round(rate)}\n`),
  });
  reports[name] = summarise(shape, result);
  process.stdout.write(`${reportText(name, reports[name])}\n`);
}
for (const peer of peers) peer.close();

const versions = {
  commit: commitNow(),
  node: process.version,
  onnxruntime: (createRequire(import.meta.url)('onnxruntime-node/package.json') as { version: string }).version,
  pytorch: peers[0]?.version,
};
if (!options['no-file']) {
  const file = `${resultName(started, machine)}.json`;
  await mkdir(options.out, { recursive: true });
  await writeFile(
    join(options.out, file),
    `${JSON.stringify({ started: started.toISOString(), machine, versions, rounds: Number(options.rounds), seconds: Number(options.seconds), shapes: reports }, null, 2)}\n`,
  );
  process.stderr.write(`written to ${join(options.out, file)}\n`);
}
