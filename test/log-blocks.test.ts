/** A log of JSON lines that threads read piece by piece becomes the data set that its records become, line by line. */
import { existsSync } from 'node:fs';
import { appendFile, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { DATASET_FILES } from '../src/datasets/folder/write-dataset.ts';
import { importLog } from '../src/datasets/import/import-log.ts';
import { simulate } from '../src/simulator/simulate.ts';
import { simulationDefaults } from '../src/simulator/simulation-options.ts';
import { eventToJson } from '../src/slate/event-to-json.ts';
import { withBlocks } from '../src/sources/blocks/event-block.ts';
import type { EventSource } from '../src/sources/event-source.ts';
import { jsonLinesSource } from '../src/sources/json-lines/event-log.ts';
import { readLogBlocks } from '../src/sources/json-lines/log-blocks.ts';

let folder = '';
let log = '';
let expected: Awaited<ReturnType<typeof contentsOf>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'log-blocks-'));
  log = join(folder, 'log.jsonl');
  await writeFile(log, lines().join(''));
  // A copy of a source has records only.
  expected = await imported({ ...jsonLinesSource(log) });
});

/** A log with whatever may stand in one. */
function lines(): readonly string[] {
  const found: string[] = [];
  let at = 0;
  for (const row of simulate({ ...simulationDefaults, impressions: 400, seed: 3 })) {
    if (!('event' in row)) continue;
    const line = JSON.stringify(eventToJson(row.event));
    found.push(at % 3 === 0 ? `${line}\r\n` : `${line}\n`);
    if (at % 97 === 0) found.push(line.replace('{', `{"odd ${at % 5}":1,`).replace(/"id":"/, '"id":"größe '), '\n');
    if (at % 50 === 0) found.push('\n');
    if (at % 61 === 0) found.push('{"event":"ranking"}\n', '{"event":\n');
    // A list a second time; a click of a list that there is not.
    if (at % 83 === 0) found.push(`${line}\n`);
    if (at % 89 === 0)
      found.push('{"event":"interaction","ranking":"none","user":"u","item":"i","type":"click","timestamp":9}\n');
    at++;
  }
  return found;
}

const contentsOf = (data: string): Promise<readonly (readonly [string, string])[]> =>
  Promise.all(
    [...DATASET_FILES, 'rejected.jsonl'].map(
      async (name) => [name, await readFile(join(data, name), 'latin1')] as const,
    ),
  );

let count = 0;
async function imported(source: EventSource, workers = 1): Promise<typeof expected> {
  const data = join(folder, `data-${count++}`);
  await importLog(source, data, { workers });
  return contentsOf(data);
}

const inPieces = (pieceSize: number): EventSource =>
  withBlocks({ ...jsonLinesSource(log) }, (codes, options) => readLogBlocks(log, codes, { ...options, pieceSize }));

it.each([
  [1, 100],
  [1, 5000],
  [2, 5000],
  [3, 900],
])('%i threads, pieces of %i bytes', { timeout: 60_000 }, async (workers, pieceSize) => {
  expect(expected.find(([name]) => name === 'rejected.jsonl')?.[1]).not.toBe('');
  expect(await imported(inPieces(pieceSize), workers)).toEqual(expected);
});

it('is stopped in the middle', { timeout: 60_000 }, async () => {
  const controller = new AbortController();
  let read = 0;
  const stopping = withBlocks({ ...jsonLinesSource(log) }, async function* (codes, options) {
    for await (const block of readLogBlocks(log, codes, { ...options, pieceSize: 900 })) {
      if (++read === 20) controller.abort(new Error('stopped'));
      yield block;
    }
  });
  const out = join(folder, 'stopped');
  await expect(importLog(stopping, out, { workers: 2, signal: controller.signal })).rejects.toThrow('stopped');
  expect(read).toBe(20);
  expect(existsSync(out)).toBe(false);
});

it('tells what is wrong after the lines before it', { timeout: 60_000 }, async () => {
  const damaged = join(folder, 'changed.jsonl');
  await writeFile(damaged, await readFile(log));
  const source = jsonLinesSource(damaged);
  const pieces = withBlocks({ ...source }, async function* (codes, options) {
    let isFirst = true;
    for await (const block of readLogBlocks(damaged, codes, { ...options, pieceSize: 900 })) {
      if (isFirst) await appendFile(damaged, '\n');
      isFirst = false;
      yield block;
    }
  });
  await expect(importLog(pieces, join(folder, 'changed'))).rejects.toThrow('expected a file that stays as it is');
});
