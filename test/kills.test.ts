import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRng } from '../src/random/rng.ts';
import { killRounds } from './kill-rounds.ts';
import { modelsFolder } from './served-models.ts';

describe('a server that is killed', () => {
  it('has every event that it acknowledged, once, and answers as one that never was', async () => {
    const models = await modelsFolder('a', 'b');
    const journal = join(await mkdtemp(join(tmpdir(), 'kills-')), 'journal');
    const killed = await killRounds({ models, journal, rounds: 4, rng: createRng(1), durability: 'disk' });
    const { acknowledged, entries, answers } = killed;
    expect(acknowledged.size).toBeGreaterThan(20);
    const sequences = new Map<string | undefined, number[]>();
    for (const entry of entries)
      if (entry.kind === 'event') sequences.set(entry.id, [...(sequences.get(entry.id) ?? []), entry.sequence]);
    for (const [id, sequence] of acknowledged) expect(sequences.get(id), id).toEqual([sequence]);
    expect(entries.map(({ sequence }) => sequence)).toEqual(entries.map((_, at) => at + 1));
    expect(answers.killed).toEqual(answers.unharmed);
  }, 120_000);
});
