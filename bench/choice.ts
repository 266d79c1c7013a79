/**
 * `attention-choice` on the fixed splits of the choice data: `npx tsx bench/choice.ts [--names SFwork,SFshop] [--splits 10]`. How to read it: bench/README.md.
 *
 * Each split becomes a log of its own, its training choices first and its test choices last, so that the replay's memory sees no test choice before its time.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { choiceFolder, loadChoices } from '../examples/choice/load.ts';
import type { ChoiceData } from '../examples/choice/occasions.ts';
import { type ChoiceSplit, splitsOf } from '../examples/choice/splits.ts';
import { choiceEvents } from '../examples/choice/to-events.ts';
import { prepare, resolveRecipe, settingsDefaults, silentReporter, writeSimulation } from '../src/index.ts';
import { createRng } from '../src/random/rng.ts';
import { fitRecipe } from '../src/runs/fit-recipe.ts';
import { predict } from '../src/scoring/predict.ts';
import { createScoringPool } from '../src/scoring/slate-scorer.ts';
import { commitNow, resultName, thisMachine } from './machine.ts';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: choiceFolder() },
    names: { type: 'string', default: 'SFwork,SFshop,Electricity' },
    splits: { type: 'string', default: '10' },
    out: { type: 'string', default: fileURLToPath(new URL('./results', import.meta.url)) },
    'no-file': { type: 'boolean', default: false },
  },
});

/** Exactly one alternative is chosen, and alternatives are known by their id alone in two of the files. Chosen on validation. */
const recipe = {
  model: { head: 'choice', width: 32, feedForward: 64, position: false },
  losses: [{ name: 'choice', weight: 1, none: false }],
  epochs: 40,
  patience: 8,
};

const started = new Date();
const results: Record<string, { nll: number[]; mean: number; deviation: number }> = {};
const folder = await mkdtemp(join(tmpdir(), 'choice-'));
try {
  for (const name of options.names.split(',')) {
    const choices = await loadChoices(options.data, name);
    if (choices === undefined) {
      process.stderr.write(`${name}: skipped, its file is not in ${options.data}\n`);
      continue;
    }
    const nll: number[] = [];
    for (const split of splitsOf(name, choices.occasions).splits.slice(0, Number(options.splits))) {
      nll.push(await likelihood(join(folder, `${name}-${nll.length}`), choices, split));
      process.stderr.write(`${name}, split ${nll.length}: ${nll[nll.length - 1].toFixed(4)}\n`);
    }
    const mean = nll.reduce((sum, value) => sum + value, 0) / nll.length;
    const squares = nll.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    results[name] = { nll, mean, deviation: Math.sqrt(squares / Math.max(1, nll.length - 1)) };
    process.stdout.write(`${name}, attention-choice: ${mean.toFixed(4)} ± ${results[name].deviation.toFixed(4)}\n`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
if (!options['no-file'] && Object.keys(results).length > 0) {
  const machine = thisMachine();
  const file = join(options.out, `choice-${resultName(started, machine)}.json`);
  const header = { started: started.toISOString(), machine, commit: commitNow(), recipe };
  await mkdir(options.out, { recursive: true });
  await writeFile(file, `${JSON.stringify({ ...header, results }, null, 2)}\n`);
  process.stderr.write(`written to ${file}\n`);
}

/** Mean of -log P(chosen) over the test choices: the epoch is chosen on validation, then the model is trained anew on both, as its peers are. */
async function likelihood(at: string, choices: ChoiceData, split: ChoiceSplit): Promise<number> {
  const [first, second, last] = [split.train, split.validation, split.test].map((part) => arranged(part, choices));
  const order = [...first, ...second, ...last];
  const ordered = { ...choices, occasions: order.map((index) => choices.occasions[index]) };
  const log = `${at}.jsonl`;
  await writeSimulation(
    Array.from(choiceEvents(ordered), (event) => ({ event })),
    { log },
  );
  const settings = {
    ...settingsDefaults,
    split: {
      ...settingsDefaults.split,
      by: 'time' as const,
      train: split.train.length / order.length,
      validation: split.validation.length / order.length,
    },
    encoders: { ...settingsDefaults.encoders, itemIdMinCount: 1 },
    recipes: { 'attention-choice': recipe },
  };
  const config = resolveRecipe('attention-choice', settings);
  const prepared = await prepare(log, { settings, configs: [config], cacheFolder: at, reporter: silentReporter });
  const { slates, train, validation, test } = prepared.encoded;
  const options = { config, seed: 1, workers: 2, reporter: silentReporter };
  const { keptEpoch } = (await fitRecipe(prepared, { slates, train, validation }, options)).result;
  const both = Int32Array.from([...train, ...validation]);
  const refitted = { ...options, stopAfter: keptEpoch, keep: 'last' as const };
  const { model } = await fitRecipe(prepared, { slates, train: both, validation }, refitted);
  const pool = await createScoringPool(model, 2);
  const { logits, offsets } = await predict(pool, model.tables, { slates, indices: test }).finally(() => pool.close());
  let sum = 0;
  for (const [n, index] of test.entries()) {
    for (let slot = slates.offsets[index]; slot < slates.offsets[index + 1]; slot++) {
      const logit = logits[offsets[n] + slot - slates.offsets[index]];
      if (slates.labelS[slot] === 1) sum += Math.log1p(Math.exp(-logit));
    }
  }
  return sum / test.length;
}

/** A household's answers follow each other; rows of nobody known are shuffled, for the file is sorted and the replay's memory would learn how. */
function arranged(part: readonly number[], { occasions }: ChoiceData): readonly number[] {
  return occasions.some(({ user }) => user !== '')
    ? part
    : createRng(1)
        .split('order')
        .shuffle([...part]);
}
