import { expect, it } from 'vitest';
import { type SimulationFacts, simulateServer } from './simulated-server.ts';

it('loses nothing, doubles nothing and knows the same, whatever fails and wherever it ends, in 200 worlds', async () => {
  const sums: Partial<Record<keyof SimulationFacts, number>> = {};
  for (let seed = 1; seed <= 200; seed++) {
    const facts = await simulateServer(seed);
    for (const [name, count] of Object.entries(facts) as [keyof SimulationFacts, number][])
      sums[name] = (sums[name] ?? 0) + count;
  }
  for (const [name, count] of Object.entries(sums)) expect(count, name).toBeGreaterThan(50);
}, 300_000);
