import { mkdtemp, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { EVENT_FILE } from '../../files/folder-kinds.ts';
import type { EpochLine } from './epoch-line.ts';
import { eventFile } from './event-file.ts';
import fixture from './fixtures/tensorboard.json' with { type: 'json' };

const isoOf = (seconds: number): string => new Date(1000 * seconds).toISOString();
const started = isoOf(fixture.started);
const lines = fixture.epochs.map(
  ({ epoch, time, values }): EpochLine => ({
    ...{ epoch, time: isoOf(time), seconds: 1 },
    values: values as Readonly<Record<string, number>>,
  }),
);
const written = Buffer.from(fixture.bytes, 'base64');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'events-'));
});
const bytesIn = (): Promise<Buffer> => readFile(join(folder, EVENT_FILE));

it("holds what TensorBoard's own writer writes, byte for byte, and its reader reads", async () => {
  const file = eventFile(folder);
  await file.begin({ started, lines: [] });
  for (const line of lines) await file.add(line);
  expect((await bytesIn()).equals(written)).toBe(true);
  for (const { epoch, values } of lines)
    for (const [name, value] of Object.entries(values)) {
      const read = (fixture.read as unknown as Readonly<Record<string, readonly (readonly number[])[]>>)[name];
      expect(read.find(([step]) => step === epoch)?.[2]).toBe(Math.fround(value));
    }
});

it('goes on after an interruption in the same file: who follows it is not disturbed', async () => {
  const file = eventFile(folder);
  await file.begin({ started, lines: lines.slice(0, 1) });
  await file.add(lines[1]);
  const { ino } = await stat(join(folder, EVENT_FILE));
  const again = eventFile(folder);
  await again.begin({ started, lines: lines.slice(0, 1) });
  expect(written.indexOf(await bytesIn())).toBe(0);
  for (const line of lines.slice(1)) await again.add(line);
  expect((await bytesIn()).equals(written)).toBe(true);
  expect((await stat(join(folder, EVENT_FILE))).ino).toBe(ino);
});

it('leaves out what is no number, or too large for one of 32 bits', async () => {
  const file = eventFile(folder);
  await file.begin({ started, lines: lines.slice(0, 1) });
  const whole = await bytesIn();
  const values = { 'validation/f1': Number.NaN, ...lines[0].values, 'train/term/odd': 1e300 };
  await file.begin({ started, lines: [{ ...lines[0], values }] });
  expect((await bytesIn()).equals(whole)).toBe(true);
});
