/**
 * Multinomial logit, pairwise halo and a table of frequencies on the fixed splits of the choice data: `npx tsx bench/choice-peers.ts --python <interpreter with PyTorch>`.
 * How to read it: bench/README.md.
 */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { choiceFiles } from '../examples/choice/formats.ts';
import { splitsOf } from '../examples/choice/splits.ts';
import { measureFiles, sharedOptions, writeChoices } from './choice/measured-files.ts';

const { values: options } = parseArgs({
  options: { ...sharedOptions, python: { type: 'string', default: process.env.SLATEWISE_PYTHON ?? '' } },
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

const script = fileURLToPath(new URL('./peers/choice_peers.py', import.meta.url));

await measureFiles({
  benchmark: 'choice-peers',
  names: Object.keys(choiceFiles),
  options,
  measure: async (name, choices, scratch) => {
    const [log, splits] = [`${scratch}.jsonl`, `${scratch}.json`];
    await writeChoices(log, choices);
    const named = splitsOf(name, choices);
    await writeFile(splits, JSON.stringify(named));
    // A halo needs a weight for every pair: where nothing but the mode is known of an alternative, that is all there is to learn.
    const halo = named.by === 'user' ? [] : ['--halo'];
    // A set is the same set again only where nothing is known of its alternatives on the day.
    const fixed = choices.occasions.every(({ alternatives }) =>
      alternatives.every(({ fields }) => Object.keys(fields).length === 0),
    );
    const table = fixed ? ['--table'] : [];
    const { stdout } = await promisify(execFile)(options.python, [script, log, splits, ...halo, ...table], {
      maxBuffer: 1 << 26,
    });
    const result = JSON.parse(stdout) as PeerResult;
    for (const [system, { mean, deviation }] of Object.entries(result.systems)) {
      process.stdout.write(`${name}, ${system}: ${mean.nll.toFixed(4)} ± ${deviation.nll.toFixed(4)}\n`);
    }
    return result;
  },
});
