/** A model that was trained from a server's journal, served from it: every event counts once. */
import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { importLog } from '../src/datasets/import/import-log.ts';
import { prepare } from '../src/jobs/prepare.ts';
import { trainModel } from '../src/jobs/recipes/train-model.ts';
import { silentReporter } from '../src/jobs/reporter.ts';
import { settingsDefaults } from '../src/jobs/settings.ts';
import { loadModel, saveModel } from '../src/scoring/model-folder.ts';
import { createHost } from '../src/serve/host/create-host.ts';
import type { Host } from '../src/serve/host.ts';
import { journalSource } from '../src/serve/journal/journal-source.ts';
import { simulateDrinks } from '../src/simulator/drinks.ts';
import { writeSimulation } from '../src/simulator/write-simulation.ts';
import type { LogEvent } from '../src/slate/events.ts';
import { jsonLinesSource } from '../src/sources/json-lines/event-log.ts';
import { smallConfig } from './encoded-drinks.ts';
import { modelsFolder } from './served-models.ts';

const settings = { ...settingsDefaults, joinWindow: 30 * 60_000, labelTypes: ['click'] };
const ITEMS = ['small', 'medium', 'large'];
const DAY = 24 * 60 * 60_000;
const config = smallConfig('attention-bce', { epochs: 2 });
let folder = '';
let models = '';
/** Of a market of its own, in the order of time. */
let events: readonly LogEvent[] = [];
/** How many of them were sent before the model was trained, and the journal's last entry then. */
const LEARNED = 400;
let learned = 0;

/** Sends events at the moments at which they happened. Returns the last entry's sequence. */
async function send(journal: string, sent: readonly LogEvent[]): Promise<number> {
  let now = 0;
  await using host = await createHost({
    ...{ models, active: 'before', journal, durability: 'process', now: () => now, warn: () => undefined },
  });
  for (const event of sent) {
    now = event.time;
    await host.observe([{ event }]);
  }
  return host.sequence;
}

const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trained-from-journal-'));
  models = await modelsFolder('before');
  await writeSimulation(simulateDrinks({ impressions: 350, seed: 5 }), { log: at('log.jsonl') });
  const read: LogEvent[] = [];
  for await (const record of jsonLinesSource(at('log.jsonl')).records()) if ('event' in record) read.push(record.event);
  read.sort((a, b) => a.time - b.time);
  // A memory knows a list again for a day: what is older would count twice.
  events = read.map((event, k) => ({ ...event, time: event.time + (k < LEARNED / 2 ? 0 : 3 * DAY) }));
  learned = await send(at('journal'), events.slice(0, LEARNED));
  await cp(at('journal'), at('copy'), { recursive: true });

  const { joinWindow, labelTypes } = settings;
  await importLog(journalSource(at('journal'), settings), at('data'), { joinWindow, labelTypes });
  const given = { settings, configs: [config], cacheFolder: folder, reporter: silentReporter };
  const prepared = await prepare(at('data'), given);
  const training = { config, seed: 1, workers: 1, reporter: silentReporter };
  await trainModel(prepared, { ...training, folder: join(models, 'trained') });

  const trained = await loadModel(join(models, 'trained'));
  const { journal: _, ...card } = trained.card;
  await saveModel(join(models, 'untold'), { ...trained, card });
  await saveModel(join(models, 'empty'), { ...trained, card, memory: trained.memory.emptied() });
  await send(at('journal'), events.slice(LEARNED));
}, 60_000);

interface Told {
  readonly sequence: number;
  readonly answers: unknown;
  readonly warnings: readonly string[];
}

/** What the models answer on a journal, and again after a restart. */
async function told(journal: string, active: string): Promise<Told> {
  const warnings: string[] = [];
  const open = (): Promise<Host> =>
    createHost({ models, active, journal, warn: (warning) => void warnings.push(warning) });
  const host = await open();
  const time = events[events.length - 1].time + 60_000;
  const asked = ['u1', 'u2', 'u3', 'nobody'].map((user) => ({ id: user, user, time, items: ITEMS }));
  const answers = await host.model().score(asked);
  const { sequence } = host;
  await host.close();
  await using again = await open();
  expect(await again.model().score(asked)).toEqual(answers);
  return { sequence, answers, warnings };
}

describe('a model that was trained from the journal', () => {
  it('says in its card up to which entry it knows it', async () => {
    const { card } = await loadModel(join(models, 'trained'));
    expect(card.journal).toEqual({ sequence: learned, began: events[0].time, print: expect.any(String) });
  });

  it('meets only later entries, and answers as one that met all of them once', async () => {
    const trained = await told(at('journal'), 'trained');
    expect(trained).toMatchObject({ warnings: [] });
    expect(trained.sequence).toBeGreaterThan(learned + 50);
    expect(trained.answers).toEqual((await told(at('journal'), 'empty')).answers);
  });

  it('would count twice if its card did not say so, which is told', async () => {
    const untold = await told(at('journal'), 'untold');
    expect(untold.answers).not.toEqual((await told(at('journal'), 'trained')).answers);
    expect(untold.warnings[0]).toMatch(/^untold: expected a log from before .*; what is in both counts twice/);
  });

  it('begins anew on an old copy of the journal that went on otherwise', async () => {
    await send(at('copy'), events.slice(LEARNED + 20));
    const trained = await told(at('copy'), 'trained');
    expect(trained.answers).toEqual((await told(at('copy'), 'empty')).answers);
    expect(trained.warnings).toEqual([]);

    const fewer = at('fewer');
    await send(fewer, events.slice(0, LEARNED - 50));
    const forked = await told(fewer, 'trained');
    expect(forked.answers).toEqual((await told(fewer, 'empty')).answers);
    expect(forked.warnings[0]).toMatch(
      /^trained: expected the journal that it was trained from, up to entry \d+, found that one with other entries/,
    );
    await send(fewer, events.slice(LEARNED));
    expect((await told(fewer, 'trained')).answers).toEqual((await told(fewer, 'empty')).answers);
  });

  it('keeps what it knows on another journal, and meets all of its entries', async () => {
    const other = at('other');
    await send(other, events.slice(LEARNED));
    const trained = await told(other, 'trained');
    expect(trained.warnings).toEqual([]);
    expect(trained.answers).toEqual((await told(other, 'untold')).answers);
    expect(trained.answers).not.toEqual((await told(other, 'empty')).answers);
  });

  it('knows its journal again once a person was erased from it', async () => {
    const erased = at('erased');
    await cp(at('journal'), erased, { recursive: true });
    const host = await createHost({ models, active: 'trained', journal: erased, warn: () => undefined });
    await host.erase('u1');
    await host.close();
    expect((await told(erased, 'trained')).warnings).toEqual([]);
  });
});
