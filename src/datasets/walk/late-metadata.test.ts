import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import type { Bags } from '../../encoding/columns/encoded-slates.ts';
import { settingsDefaults } from '../../jobs/settings.ts';
import { simulate } from '../../simulator/simulate.ts';
import { simulationDefaults } from '../../simulator/simulation-options.ts';
import { writeSimulation } from '../../simulator/write-simulation.ts';
import { openDataset } from '../folder/dataset.ts';
import { importLog } from '../import/import-log.ts';
import { type EncodedDataset, encodeDataset } from './encode-dataset.ts';

interface Described {
  readonly event: string;
  readonly item?: string;
  readonly user?: string;
  readonly timestamp: number;
  readonly fields: unknown;
}

let folder: string;
let lines: readonly string[];
let events: readonly Described[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'late-metadata-'));
  const log = join(folder, 'log.jsonl');
  const world = { ...simulationDefaults, impressions: 150, users: 20, items: 30, seed: 2 };
  await writeSimulation(simulate(world), { log });
  lines = (await readFile(log, 'utf8')).trim().split('\n');
  events = lines.map((line) => JSON.parse(line));
});

/** Every item and user described as the next one is, at this time. */
function shifted(kind: 'item' | 'user', timestamp: number): readonly string[] {
  const described = events.filter(({ event }) => event === kind);
  return described.map((each, at) =>
    JSON.stringify({ ...each, timestamp, fields: described[(at + 1) % described.length].fields }),
  );
}

async function encoded(
  name: string,
  more: readonly string[],
  { by }: { readonly by: 'time' | 'user' },
): Promise<EncodedDataset> {
  await writeFile(join(folder, `${name}.jsonl`), [...lines, ...more].join('\n'));
  await importLog(join(folder, `${name}.jsonl`), join(folder, name));
  const split = { ...settingsDefaults.split, by };
  return encodeDataset(await openDataset(join(folder, name)), { ...settingsDefaults, split });
}

/** What a model sees of every list, whatever the numbers of the rows. */
function seen({ slates, listB }: EncodedDataset): unknown {
  const { items, itemRowS, slotDenseSF, contextDenseBF, contextBags, itemRateS } = slates.columns;
  const width = items.denseRF.length / items.count;
  const tokens = ({ offsets, ids }: Bags, at: number): number[] => [...ids.subarray(offsets[at], offsets[at + 1])];
  const itemsS = Array.from(itemRowS, (row) => [
    items.itemR[row],
    ...items.denseRF.subarray(row * width, (row + 1) * width),
    ...items.bags.map((bags) => tokens(bags, row)),
  ]);
  const contextB = Array.from(listB, (_, at) => contextBags.map((bags) => tokens(bags, at)));
  return { listB, itemsS, slotDenseSF, contextDenseBF, contextB, itemRateS };
}

it.each(['time', 'user'] as const)(
  'metadata a day after the last list move no feature of a split by %s',
  async (by) => {
    const last = Math.max(...events.map(({ timestamp }) => timestamp)) + 86_400_000;
    const late = [...shifted('item', last), ...shifted('user', last)];
    const plain = await encoded(`plain-${by}`, [], { by });
    const told = await encoded(`late-${by}`, late, { by });
    expect(late.length).toBeGreaterThan(30);
    expect(seen(told)).toEqual(seen(plain));
    // They are known in the end.
    const [before, after] = [plain, told].map(({ memory }) => [...memory.items.entries()]);
    expect(after[0][2]).not.toEqual(before[0][2]);
  },
);
