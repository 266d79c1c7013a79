/**
 * Kills a server's process at random moments while it takes events, writes snapshots and changes models; at the end every event that it acknowledged must be there once, and its
 * answers must be those of a server that was never killed.
 *
 *     npx tsx bench/serve/kills.ts [rounds: 200] [seed: 1] [folder for the result]
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createRng } from '../../src/random/rng.ts';
import { killRounds } from '../../test/kill-rounds.ts';
import { modelsFolder } from '../../test/served-models.ts';
import { thisMachine } from '../machine.ts';
import { tellResult } from './tell-result.ts';

const [rounds = 200, seed = 1] = process.argv.slice(2, 4).map(Number);
const run = { started: new Date(), machine: thisMachine(), out: process.argv[4] };
const models = await modelsFolder('a', 'b');
const result = [];
for (const durability of ['disk', 'process'] as const) {
  const journal = join(models, `journal-${durability}`);
  const killed = await killRounds({
    ...{ models, journal, rounds: Math.ceil(rounds / 2), rng: createRng(seed), durability },
    onRound: (round, taken) => process.stderr.write(`${durability}: ${round + 1} kills, ${taken} acknowledged\n`),
  });
  const { acknowledged, entries, answers, warnings } = killed;
  const times = new Map<string | undefined, number>();
  for (const entry of entries) if (entry.kind === 'event') times.set(entry.id, (times.get(entry.id) ?? 0) + 1);
  result.push({
    durability,
    kills: Math.ceil(rounds / 2),
    acknowledged: acknowledged.size,
    lost: [...acknowledged].filter(([id, at]) => {
      const entry = entries[at - 1];
      return entry?.kind !== 'event' || entry.id !== id;
    }).length,
    doubled: [...acknowledged.keys()].filter((id) => (times.get(id) ?? 0) > 1).length,
    entries: entries.length,
    tornEnds: warnings.filter((warning) => warning.includes('cut off')).length,
    answersAreTheSame: JSON.stringify(answers.killed) === JSON.stringify(answers.unharmed),
  });
}
await tellResult('serve-kills', { rounds, seed, result }, run);
await rm(models, { recursive: true });
process.exitCode = result.every(({ lost, doubled, answersAreTheSame }) => lost + doubled === 0 && answersAreTheSame)
  ? 0
  : 1;
