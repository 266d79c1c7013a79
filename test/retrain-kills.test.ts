/** A retraining that is killed at every step ends as one that never was; whatever is killed, a server answers from one whole model. */
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openDataset } from '../src/datasets/folder/dataset.ts';
import { importLog } from '../src/datasets/import/import-log.ts';
import { profileDataset } from '../src/datasets/profile/profile-dataset.ts';
import { saveProfile } from '../src/datasets/profile/profile-file.ts';
import type { RetrainVerdict } from '../src/retrain/verdict.ts';
import { createHost } from '../src/serve/host/create-host.ts';
import { inMemorySource } from '../src/sources/in-memory.ts';
import { SPOTS, type Spot } from './retrain-spots.ts';
import { serve } from './serve-process.ts';
import { modelsFolder } from './served-models.ts';
import { drinksOverDays, writeJournal } from './written-journal.ts';

const CHILD = resolve(import.meta.dirname, 'retrain-child.ts');
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx/esm')).href;
const FILES = ['model.json', 'weights.bin', 'memory.jsonl.gz', 'profile.json', 'validation.json'];
/** Of earlier retrainings; the last of them stays. */
const OLD = [1, 2, 3].map((day) => `retrained-2020010${day}-0000-00000000000${day}`);
const ask = { requests: [{ user: 'u1', items: ['small', 'medium', 'large'] }] };

/** Its verdict; the signal's name where it was killed. */
async function retrainIn(cwd: string, spot: Spot | 'none'): Promise<RetrainVerdict | string | null> {
  const child = spawn(process.execPath, ['--import', TSX, '-C', 'slatewise-source', CHILD, spot], { cwd });
  let printed = '';
  let said = '';
  child.stdout.on('data', (text) => {
    printed += text;
  });
  child.stderr.on('data', (text) => {
    said += text;
  });
  const [code, signal] = await new Promise<[number | null, string | null]>((done) => {
    child.on('close', (...ended) => done(ended));
  });
  if (signal !== null) return signal;
  expect(code, said).toBe(0);
  return JSON.parse(printed) as RetrainVerdict;
}

const bytesOf = (folder: string, model: string): Promise<readonly Buffer[]> =>
  Promise.all(FILES.map((file) => readFile(join(folder, 'models', model, file))));

describe('kill -9', () => {
  it('at every step of a retraining changes no bit of the model, and a server starts after each', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'retrain-kills-'));
    const [killed, unharmed] = ['killed', 'unharmed'].map((name) => join(folder, name));
    await cp(await modelsFolder('random'), join(killed, 'models'), { recursive: true });
    const events = drinksOverDays({ lists: 600, perDay: 200, seed: 5 });
    await writeJournal(join(killed, 'journal'), events);
    // The days are held against days, and there are old models to tidy up.
    await importLog(inMemorySource(events), join(folder, 'data'));
    await saveProfile(join(killed, 'models', 'random'), await profileDataset(await openDataset(join(folder, 'data'))));
    for (const old of OLD) await cp(join(killed, 'models', 'random'), join(killed, 'models', old), { recursive: true });
    await cp(killed, unharmed, { recursive: true });
    const [{ model }, answers] = await Promise.all([retrainIn(unharmed, 'none') as Promise<RetrainVerdict>, rounds()]);

    async function rounds(): Promise<readonly string[]> {
      const active: string[] = [];
      for (const spot of SPOTS) {
        expect(await retrainIn(killed, spot), spot).toBe('SIGKILL');
        const options = { models: join(killed, 'models'), journal: join(killed, 'journal'), warn: () => undefined };
        await using host = await createHost(options);
        expect((await host.model().score(ask.requests))[0].items.length).toBe(3);
        active.push(host.active);
      }
      return active;
    }
    const isAfter = (spot: Spot): boolean => SPOTS.indexOf(spot) >= SPOTS.indexOf('after the activation');
    expect(answers).toEqual(SPOTS.map((spot) => (isAfter(spot) ? model : 'random')));
    const last = (await retrainIn(killed, 'none')) as RetrainVerdict;
    expect(last).toMatchObject({ outcome: 'activated', before: 'random', model });
    expect(last.checks.length).toBeGreaterThan(4);
    for (const place of [killed, unharmed]) {
      expect((await readdir(join(place, 'models'))).sort()).toEqual(['.retrain', 'random', OLD[2], model].sort());
      expect((await readdir(join(place, 'models', '.retrain'))).sort()).toEqual(['slatewise.json', 'verdict.json']);
    }
    const name = model ?? '';
    for (const [at, bytes] of (await bytesOf(killed, name)).entries())
      expect(bytes.equals((await bytesOf(unharmed, name))[at]), FILES[at]).toBe(true);
  }, 600_000);

  it('of a server while it activates leaves one whole model to answer', async () => {
    const models = await modelsFolder('a', 'b');
    const journal = join(await mkdtemp(join(tmpdir(), 'activation-kills-')), 'journal');
    for (const delay of [1, 15, 60]) {
      const server = await serve(models, '--journal', journal, '--log-level', 'silent');
      const { active } = (await (await fetch(`${server.url}/v1/models`)).json()) as { readonly active: string };
      expect(['a', 'b']).toContain(active);
      const answer = await fetch(`${server.url}/v1/rank`, {
        ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(ask) },
      });
      expect(await answer.json()).toMatchObject({ model: active, lists: [{ items: { length: 3 } }] });
      const other = active === 'a' ? 'b' : 'a';
      const asked = fetch(`${server.url}/v1/models/${other}/activate`, { method: 'POST' }).catch(() => undefined);
      await new Promise((done) => setTimeout(done, delay));
      await server.end('SIGKILL');
      await asked;
    }
  }, 120_000);
});
