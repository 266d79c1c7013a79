/**
 * `attention-choice` on the fixed splits of the choice data: `npx tsx bench/choice.ts [--names SFwork,SFshop] [--splits 10]`. How to read it: bench/README.md.
 *
 * The figure of every file is predicted from what was on offer and nothing else, as its peers predict. Electricity has a second one, in sequence.
 */
import { parseArgs } from 'node:util';
import { splitsOf } from '../examples/choice/splits.ts';
import { testLikelihood } from './choice/likelihood.ts';
import { measureFiles, sharedOptions } from './choice/measured-files.ts';
import { type ChoiceRow, prepareSplit } from './choice/prepare-split.ts';

const { values: options } = parseArgs({
  options: {
    ...sharedOptions,
    names: { type: 'string', default: 'SFwork,SFshop,Electricity,Hotel' },
    splits: { type: 'string', default: '10' },
    workers: { type: 'string', default: '2' },
  },
});

/** These numbers and those below were chosen on validation: docs/tuning.md. */
const recipe = {
  model: { head: 'choice', width: 32, feedForward: 64, position: false },
  losses: [{ name: 'choice', weight: 1, none: false }],
  epochs: 40,
  patience: 8,
};

/** Contracts and sets of them are few: a small model, trained to the end, for a late epoch can be the best. */
const contracts = {
  ...recipe,
  model: { ...recipe.model, width: 16, dropout: 0 },
  optimizer: { weightDecay: 1 },
  patience: 40,
};

// A mode is known by its name alone; a contract by its six numbers.
const modes: ChoiceRow = { known: 'alternatives', ids: true, recipe };
/** Four of five go away without a room. */
const rooms: ChoiceRow = {
  known: 'alternatives',
  ids: true,
  recipe: { ...recipe, model: { ...recipe.model, head: 'choice-or-none' }, losses: [{ name: 'choice', weight: 1 }] },
};
const rows: Readonly<Record<string, Readonly<Record<string, ChoiceRow>>>> = {
  SFwork: { 'attention-choice': modes },
  SFshop: { 'attention-choice': modes },
  Electricity: {
    'attention-choice': { known: 'alternatives', ids: false, recipe: contracts },
    'attention-choice, in sequence': { known: 'earlier answers', ids: true, recipe },
  },
  Hotel: { 'attention-choice': rooms },
};

await measureFiles({
  benchmark: 'choice',
  names: options.names.split(','),
  options,
  about: { rows },
  measure: async (name, choices, scratch) => {
    const splits = splitsOf(name, choices).splits.slice(0, Number(options.splits));
    const systems: Record<string, { nll: number[]; mean: number; deviation: number }> = {};
    for (const [system, row] of Object.entries(rows[name] ?? { 'attention-choice': modes })) {
      const nll: number[] = [];
      for (const split of splits) {
        const prepared = await prepareSplit(`${scratch}-${row.known}-${nll.length}`, { choices, split, row });
        nll.push(await testLikelihood(prepared, Number(options.workers)));
        process.stderr.write(`${name}, ${system}, split ${nll.length}: ${nll[nll.length - 1].toFixed(4)}\n`);
      }
      const mean = nll.reduce((sum, value) => sum + value, 0) / nll.length;
      const squares = nll.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      systems[system] = { nll, mean, deviation: Math.sqrt(squares / Math.max(1, nll.length - 1)) };
      process.stdout.write(`${name}, ${system}: ${mean.toFixed(4)} ± ${systems[system].deviation.toFixed(4)}\n`);
    }
    return systems;
  },
});
