/**
 * Multinomial logit and pairwise halo on the fixed splits of the choice data: `npx tsx bench/choice-peers.ts --python <interpreter with PyTorch>`.
 * How to read it: bench/README.md.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { choiceFiles } from '../examples/choice/formats.ts';
import { choiceFolder, loadChoices } from '../examples/choice/load.ts';
import { splitsOf } from '../examples/choice/splits.ts';
import { choiceEvents } from '../examples/choice/to-events.ts';
import { writeSimulation } from '../src/index.ts';
import { commitNow, resultName, thisMachine } from './machine.ts';

const { values: options } = parseArgs({
  options: {
    python: { type: 'string', default: process.env.SLATEWISE_PYTHON ?? '' },
    data: { type: 'string', default: choiceFolder() },
    out: { type: 'string', default: fileURLToPath(new URL('./results', import.meta.url)) },
    'no-file': { type: 'boolean', default: false },
  },
});
if (options.python === '') throw new Error('give an interpreter with PyTorch by --python or SLATEWISE_PYTHON');

/** What the peer prints; the file keeps all of it. */
interface PeerResult {
  readonly systems: Readonly<Record<string, { readonly mean: Figures; readonly deviation: Figures }>>;
}
interface Figures {
  readonly nll: number;
  readonly accuracy: number;
}

const started = new Date();
const machine = thisMachine();
const script = fileURLToPath(new URL('./peers/choice_peers.py', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'choice-peers-'));
const results: Record<string, PeerResult> = {};
try {
  for (const name of Object.keys(choiceFiles)) {
    const choices = await loadChoices(options.data, name);
    if (choices === undefined) {
      process.stderr.write(`${name}: skipped, its file is not in ${options.data}\n`);
      continue;
    }
    const [log, splits] = [join(folder, `${name}.jsonl`), join(folder, `${name}.json`)];
    await writeSimulation(
      Array.from(choiceEvents(choices), (event) => ({ event })),
      { log },
    );
    const named = splitsOf(name, choices.occasions);
    await writeFile(splits, JSON.stringify(named));
    // A halo needs a weight for every pair: where nothing but the mode is known of an alternative, that is all there is to learn.
    const halo = named.by === 'row' ? ['--halo'] : [];
    const { stdout } = await promisify(execFile)(options.python, [script, log, splits, ...halo], {
      maxBuffer: 1 << 26,
    });
    results[name] = JSON.parse(stdout) as PeerResult;
    for (const [system, { mean, deviation }] of Object.entries(results[name].systems)) {
      process.stdout.write(`${name}, ${system}: ${mean.nll.toFixed(4)} ± ${deviation.nll.toFixed(4)}\n`);
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
if (!options['no-file'] && Object.keys(results).length > 0) {
  const file = join(options.out, `choice-peers-${resultName(started, machine)}.json`);
  await mkdir(options.out, { recursive: true });
  const header = { started: started.toISOString(), machine, commit: commitNow() };
  await writeFile(file, `${JSON.stringify({ ...header, results }, null, 2)}\n`);
  process.stderr.write(`written to ${file}\n`);
}
