import { expect, it } from 'vitest';
import type { Pace } from '../snapshots/pace.ts';
import type { Snapshots, SnapshotWriting } from '../snapshots/snapshots.ts';
import { createRecentEvents } from './recent-events.ts';
import { createSnapshotWriter, type SnapshotWriter } from './snapshot-writer.ts';

interface Written extends SnapshotWriting {
  readonly sequence: number;
  readonly end: () => void;
}

/** Snapshots are done when the test says so; a pace tells whether it was hurried. */
function world(): {
  readonly writer: SnapshotWriter;
  readonly written: Written[];
  readonly hurried: string[];
  at: { sequence: number };
} {
  const written: Written[] = [];
  const hurried: string[] = [];
  const at = { sequence: 0 };
  let paces = 0;
  const snapshots: Pick<Snapshots, 'write' | 'oldest'> = {
    oldest: undefined,
    write: (sequence, _, options) => new Promise((end) => void written.push({ sequence, ...options, end })),
  };
  const restingPace = (): Pace => {
    const name = `resting ${++paces}`;
    return { pause: async () => undefined, hurry: () => void hurried.push(name) };
  };
  const writer = createSnapshotWriter({
    journal: {
      sync: async () => undefined,
      needsOnlyAfter: async () => undefined,
      get sequence() {
        return at.sequence;
      },
    },
    snapshots: snapshots as Snapshots,
    followers: { all: () => [] },
    recent: createRecentEvents(10),
    ...{ every: 10, last: 0, restingPace },
    warn: (message) => {
      throw new Error(message);
    },
  });
  return { writer, written, hurried, at };
}

const turn = (): Promise<void> => new Promise(setImmediate);

it('writes one by itself after so many entries, with rests, and no second one beside it', async () => {
  const { writer, written, hurried, at } = world();
  for (at.sequence = 1; at.sequence <= 20; at.sequence++) writer.entered(at.sequence);
  await turn();
  await turn();
  expect(written).toHaveLength(1);
  expect(written[0].pace).not.toBeUndefined();
  expect(hurried).toEqual([]);
  written[0].end();
});

it('hurries the one that is being written once somebody waits for it', async () => {
  const { writer, written, hurried, at } = world();
  at.sequence = 10;
  writer.entered(10);
  await turn();
  await turn();
  const asked = writer.write();
  expect(hurried).toEqual(['resting 1']);
  written[0].end();
  await asked;
  expect(written).toHaveLength(1);
});

it('writes one of now in the place of all others, after the one that is being written', async () => {
  const { writer, written, hurried, at } = world();
  at.sequence = 10;
  writer.entered(10);
  await turn();
  await turn();
  at.sequence = 12;
  const replaced = writer.replaceAll();
  await turn();
  expect(written).toHaveLength(1);
  written[0].end();
  await turn();
  await turn();
  expect(hurried).toEqual(['resting 1']);
  expect(written[1]).toMatchObject({ sequence: 12, kept: 1 });
  written[1].end();
  await replaced;
});
