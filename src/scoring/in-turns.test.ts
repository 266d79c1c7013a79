import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { encodedDrinks } from '../../test/encoded-drinks.ts';
import { randomStoredModel } from '../../test/random-model.ts';
import { ROWS } from '../memory/pieces.ts';
import { segmentsInMemory, type UserSegments } from '../memory/user-segments.ts';
import { loadModel, saveModel } from './model-folder.ts';

const COUNT = 20_000;

/** Each user is two writes: whose bytes they are, and the bytes. */
const WRITES = 2;

/** Tells each write. */
function watchedSegments(onWrite: () => void): UserSegments {
  const { size, make } = segmentsInMemory();
  return {
    size,
    make(bytes) {
      const segment = make(bytes);
      return {
        ...segment,
        write(at, piece) {
          onWrite();
          segment.write(at, piece);
        },
      };
    },
  };
}

it('a folder of many users is loaded in many turns of the event loop, each with a piece of them', async () => {
  const stored = randomStoredModel(await encodedDrinks(200), { listLength: 3 });
  const snapshot = stored.memory.snapshot();
  const [[, user]] = snapshot.users;
  const users = Array.from({ length: COUNT }, (_, n) => [`user ${n}`, user] as const);
  const folder = join(await mkdtemp(join(tmpdir(), 'model-')), 'a');
  const memory = { settings: stored.memory.settings, snapshot: () => ({ ...snapshot, users }) };
  await saveModel(folder, { ...stored, memory });

  let [written, turns, isLoading] = [0, 0, true];
  const writtenInTurn: number[] = [];
  function watch(): void {
    writtenInTurn.push(written);
    written = 0;
    turns++;
    if (isLoading) setImmediate(watch);
  }
  setImmediate(watch);
  const segments = watchedSegments(() => written++);
  const loaded = await loadModel(folder, { storage: { segments } });
  isLoading = false;

  expect(loaded.memory.sizes().users).toBe(COUNT);
  // Their form is asked, then whether they agree with the rest, then they are put in.
  expect(turns).toBeGreaterThan((3 * COUNT) / ROWS);
  expect(Math.max(...writtenInTurn)).toBe(WRITES * ROWS);
});
