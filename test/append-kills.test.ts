/** An import that is killed at any moment, and run again, loses no row and doubles none. */
import { spawn } from 'node:child_process';
import { mkdtemp, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { openDataset } from '../src/datasets/folder/dataset.ts';
import { importLog } from '../src/datasets/import/import-log.ts';
import { createRng } from '../src/random/rng.ts';
import { knownEvents, shownEvents, shownRows, writeJsonLines } from './shown-tables.ts';

const CHILD = resolve(import.meta.dirname, 'append-child.ts');
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx/esm')).href;
const SHARES = 5;
const KILLS = 20;

interface Ended {
  readonly wasKilled: boolean;
  readonly begun: number;
}

/** Runs the child; with a delay it is killed that many milliseconds after it has begun `share`. */
async function run(
  folder: string,
  out: string,
  {
    kill,
    more,
  }: { readonly kill?: { readonly share: number; readonly after: number }; readonly more: readonly string[] },
): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', TSX, CHILD, folder, out, String(SHARES), ...more], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<NodeJS.Signals | null>((done, fail) =>
    child.on('close', (code, signal) =>
      code === 0 || signal === 'SIGKILL' ? done(signal) : fail(new Error(`code ${code}`)),
    ),
  );
  // It may fail before anybody waits.
  ended.catch(() => undefined);
  let begun = 0;
  for await (const line of createInterface(child.stdout)) {
    begun = Number(line.split(' ')[1]);
    if (begun === kill?.share) setTimeout(() => child.kill('SIGKILL'), kill.after);
  }
  return { wasKilled: (await ended) === 'SIGKILL', begun };
}

const PIECE = '4000';

it.each([
  { name: 'that reads by itself', times: KILLS, more: [], latest: 80 },
  { name: 'whose threads read', times: 6, more: [PIECE], latest: 1500 },
])('an import $name is in the end what one import would be, over $times kills', { timeout: 300_000 }, async (asked) => {
  const folder = await mkdtemp(join(tmpdir(), 'kills-'));
  const events = shownEvents(shownRows(300), knownEvents()) as readonly { readonly timestamp: number }[];
  const times = events.map(({ timestamp }) => timestamp);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  for (let share = 1; share <= SHARES; share++) {
    const until = first + (share / SHARES) * (last - first);
    await writeJsonLines(
      join(folder, `log-${share}.jsonl`),
      events.filter(({ timestamp }) => timestamp <= until),
    );
  }
  const whole = join(folder, 'whole');
  await importLog(join(folder, `log-${SHARES}.jsonl`), whole);
  const expected = await rowsIn(whole);

  const rng = createRng('kills');
  let kills = 0;
  for (let place = 0; kills < asked.times; place++) {
    const out = join(folder, 'out', String(place));
    // Some are killed while the first folder is made, some while a part is.
    for (let isDone = false; !isDone; ) {
      const kill = { share: 1 + rng.integer(SHARES), after: rng.integer(asked.latest) };
      const { wasKilled } = await run(folder, out, { ...(kills < asked.times ? { kill } : {}), more: asked.more });
      if (wasKilled) kills++;
      else isDone = true;
    }
    expect(await rowsIn(out)).toEqual(expected);
    // Nothing that was half made is left where an import has come to its end after it.
    expect(await readdir(join(folder, 'out'))).toContain(String(place));
    expect((await readdir(join(out, 'parts'))).every((name) => /^\d+$/.test(name))).toBe(true);
  }
  expect((await readdir(join(folder, 'out'))).every((name) => /^\d+$/.test(name))).toBe(true);
});

async function rowsIn(folder: string): Promise<readonly unknown[]> {
  const dataset = await openDataset(folder);
  const rows: unknown[] = [];
  for await (const row of dataset.rows()) rows.push(row);
  return rows;
}
