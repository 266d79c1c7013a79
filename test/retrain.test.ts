/** A journal to the model that answers, as cron runs it. */
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { silentReporter } from '../src/jobs/reporter.ts';
import { settingsDefaults } from '../src/jobs/settings.ts';
import { choiceInJournal } from '../src/retrain/choice/in-journal.ts';
import { choiceOverHttp } from '../src/retrain/choice/over-http.ts';
import { retrain, workIn } from '../src/retrain/retrain.ts';
import type { RetrainOptions } from '../src/retrain/retrain-options.ts';
import { loadModel } from '../src/scoring/model-folder.ts';
import { createHost } from '../src/serve/host/create-host.ts';
import { startServer } from '../src/serve/http/start-server.ts';
import { lockFolder } from '../src/serve/journal/folder-lock.ts';
import { readableJournal } from '../src/serve/journal/read-journal.ts';
import { smallConfig } from './encoded-drinks.ts';
import { modelsFolder } from './served-models.ts';
import { drinksOverDays, writeJournal } from './written-journal.ts';

const events = drinksOverDays({ lists: 1200, perDay: 300, seed: 5 });
const base = smallConfig('pointwise-bce', { epochs: 10 });
const config = { ...base, optimizer: { ...base.optimizer, learningRate: 0.01 } };
const activeIn = async (journal: string): Promise<unknown> =>
  JSON.parse(await readFile(join(journal, 'active.json'), 'utf8'));
const LATER = 1700;
let journal = '';
let models = '';

const asked = (changes: Partial<RetrainOptions> = {}): RetrainOptions => ({
  ...{ models, journal: { name: journal, ...readableJournal(journal) }, choice: choiceInJournal(journal, models) },
  ...{ settings: settingsDefaults, config, seeds: [1, 2, 3], days: 1, margin: 0.05, keep: 2, leftOut: [] },
  ...{ workers: 1, reporter: silentReporter },
  ...changes,
});

beforeAll(async () => {
  journal = join(await mkdtemp(join(tmpdir(), 'retrain-')), 'journal');
  models = await modelsFolder('random');
  await writeJournal(journal, events.slice(0, LATER));
}, 60_000);

describe('retrain', () => {
  it('lets a model answer that is better on lists that it did not learn from', async () => {
    const verdict = await retrain(asked());
    expect(verdict).toMatchObject({
      ...{ slatewise: 'verdict', outcome: 'activated', before: 'random', seeds: [1, 2, 3] },
      judgement: { isNotWorse: true, covers: 'users and seeds' },
    });
    expect(verdict?.text).toMatch(
      /^retrained-\d{8}-\d{4}-\d{12} answers now: it is not worse than random\. On \d+ lists/,
    );
    expect(await activeIn(journal)).toEqual({ active: verdict?.model });
    const { card } = await loadModel(join(models, verdict?.model ?? ''));
    expect(card.journal?.sequence).toBe(LATER);
    // The lists that judged it were not learned from.
    expect(card.learnedUntil).toBeLessThan(card.knownUntil);
    expect(JSON.parse(await readFile(join(workIn(models), 'verdict.json'), 'utf8'))).toEqual(verdict);
    // Nothing of the work stays.
    expect((await readdir(workIn(models))).sort()).toEqual(['slatewise.json', 'verdict.json']);
    await using host = await createHost({ models, journal, warn: () => undefined });
    expect(host.active).toBe(verdict?.model);
  }, 120_000);

  it('trains nothing where the journal has nothing new', async () => {
    expect(await retrain(asked())).toMatchObject({
      outcome: 'kept',
      judgement: null,
      text: expect.stringContaining('the journal has nothing that it does not know'),
    });
  });

  it('keeps the model that answers where the new one is worse', async () => {
    await writeJournal(journal, events.slice(LATER));
    const { active } = (await activeIn(journal)) as { readonly active: string };
    const lazy = { ...config, epochs: 1, optimizer: { ...config.optimizer, learningRate: 1e-7 } };
    const verdict = await retrain(asked({ config: lazy, settings: { ...settingsDefaults, calibration: 'none' } }));
    expect(verdict).toMatchObject({ outcome: 'kept', before: active, model: null, judgement: { isNotWorse: false } });
    expect(await activeIn(journal)).toEqual({ active });
    expect((await readdir(models)).sort()).toEqual(['.retrain', 'random', active].sort());
  }, 120_000);

  it('tells a server that runs, and takes the recipe of its model', async () => {
    const host = await createHost({ models, journal, warn: () => undefined });
    const server = await startServer(host, { port: 0 });
    try {
      await expect(retrain(asked())).rejects.toMatchObject({
        code: 'journal-in-use',
        message: expect.stringContaining('(on the command line --server)'),
      });
      const before = host.active;
      const choice = choiceOverHttp({ url: server.url });
      const verdict = await retrain(asked({ choice, config: undefined, margin: 1 }));
      expect(verdict).toMatchObject({ outcome: 'activated', before, recipe: 'pointwise-bce' });
      expect(host.active).toBe(verdict?.model);
      expect(host.active).not.toBe(before);
    } finally {
      await server.stop();
      await host.close();
    }
  }, 120_000);

  it('is refused while another is at it', async () => {
    const unlock = await lockFolder(workIn(models));
    await expect(retrain(asked())).rejects.toMatchObject({
      code: 'retrain-under-way',
      message: expect.stringMatching(/expected no other retraining of these models, found process \d+/),
    });
    await unlock();
  });
});
