/**
 * A retraining in a process of its own, in the working folder, that kills itself at one spot (`SPOTS`), or at none.
 *
 *     retrain-child.ts <spot>
 */
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import type { Reporter } from '../src/jobs/reporter.ts';
import { settingsDefaults } from '../src/jobs/settings.ts';
import { choiceInJournal } from '../src/retrain/choice/in-journal.ts';
import type { ModelChoice } from '../src/retrain/choice/model-choice.ts';
import { retrain } from '../src/retrain/retrain.ts';
import type { RetrainOptions } from '../src/retrain/retrain-options.ts';
import { readableJournal } from '../src/serve/journal/read-journal.ts';
import { smallConfig } from './encoded-drinks.ts';
import type { Spot } from './retrain-spots.ts';

const spot = process.argv[2] as Spot | 'none';
const kill = (at: Spot): void => {
  if (at === spot) process.kill(process.pid, 'SIGKILL');
};

/** Every module sees these in place of Node's own. */
const { rename, rm, readFile } = fs;
fs.rename = async (from, to) => {
  if (String(to).endsWith('state.json')) {
    const { done } = JSON.parse(await readFile(from, 'utf8')) as { readonly done: readonly string[] };
    // What was checked is written beside its place, and not there yet.
    if (done.at(-1) === 'check') kill('check');
  }
  return rename(from, to);
};
fs.rm = async (path, options) => {
  // An old model is out of its place, and others are to go.
  if (/removed.retrained-/.test(String(path))) kill('tidy');
  return rm(path, options);
};
syncBuiltinESMExports();

const base = smallConfig('pointwise-bce', { epochs: 6 });
const config = { ...base, optimizer: { ...base.optimizer, learningRate: 0.01 } };

/** It tells of an epoch once its checkpoint is written. */
const reporter: Reporter = {
  note: (message) => {
    if (message.startsWith('comparing with')) kill('judge');
  },
  progress({ task, detail = '' }) {
    if (detail.startsWith('epoch 3')) kill(task.endsWith('seed 1') ? 'train' : 'train the second');
  },
  done(task) {
    if (task === 'import') kill('after the import');
  },
};

const readable = readableJournal('journal');
const journal: RetrainOptions['journal'] = {
  ...{ name: 'journal', startOf: readable.startOf },
  async *entriesAfter(sequence) {
    let met = 0;
    for await (const entries of readable.entriesAfter(sequence)) {
      yield entries;
      met += entries.length;
      if (sequence === 0 && met > 800) kill('import');
    }
  },
};

const inJournal = choiceInJournal('journal', 'models');
const choice: ModelChoice = {
  ...inJournal,
  async activate(name) {
    kill('before the activation');
    await inJournal.activate(name);
    kill('after the activation');
  },
};

const verdict = await retrain({
  ...{ models: 'models', journal, choice, settings: settingsDefaults, config, seeds: [1, 2], days: 1, margin: 1 },
  ...{ keep: 2, leftOut: [], workers: 1, reporter },
});
process.stdout.write(`${JSON.stringify(verdict)}\n`);
