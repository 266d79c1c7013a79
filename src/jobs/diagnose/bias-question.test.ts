import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { simulateDrinks } from '../../simulator/drinks.ts';
import type { SimulatedRow } from '../../simulator/simulate.ts';
import { writeSimulation } from '../../simulator/write-simulation.ts';
import { prepare } from '../prepare.ts';
import { silentReporter } from '../reporter.ts';
import { resolveRecipe, settingsDefaults } from '../settings.ts';
import { drawnByWeight, lookForBias } from './bias-question.ts';
import type { ShownSlots } from './columns.ts';
import { planDiagnosis } from './plan.ts';

/** Every list says beforehand what will be clicked on it, and how late in the log it is. */
function withLeak(rows: readonly SimulatedRow[]): SimulatedRow[] {
  const clicked = new Set(
    rows.flatMap((row) =>
      'event' in row && row.event.event === 'interaction' ? [`${row.event.ranking} ${row.event.item}`] : [],
    ),
  );
  return rows.map((row, at) => {
    if (!('event' in row) || row.event.event !== 'ranking') return row;
    const { event } = row;
    const items = event.items.map((item) => ({
      ...item,
      fields: { seen: Number(clicked.has(`${event.id} ${item.id}`)) },
    }));
    return { event: { ...event, fields: { late: at / rows.length }, items } };
  });
}

describe('a look for bias', () => {
  it('finds the field that gives the label away and the one that has moved, by the names that settings have for them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bias-'));
    const log = join(folder, 'log.jsonl');
    await writeSimulation(withLeak([...simulateDrinks({ impressions: 400, seed: 3 })]), { log });
    const config = resolveRecipe('attention-bce');
    const prepared = await prepare(log, {
      ...{ settings: settingsDefaults, cacheFolder: folder, reporter: silentReporter, configs: [config] },
    });
    const plan = planDiagnosis({ lists: prepared.encoded.train.length, shownItems: 500, epochs: 14 });
    const { probes, drift, doubtful, signal } = lookForBias({ prepared, config, plan, seeds: [1] });
    expect(probes[0]).toEqual({ column: 'seen', field: 'rankedItem.seen', validationAuc: 1 });
    expect(signal.column).toMatch(/^seen/);
    expect(drift.fields[0].field).toBe('ranking.late');
    expect(doubtful).toEqual(['rankedItem.seen', 'ranking.late']);
  });
});

describe('lists drawn by weight', () => {
  it('come as often as their items weigh on average', () => {
    const slots = { lists: Int32Array.from([10, 20, 30]), offsets: Int32Array.from([0, 2, 3, 5]) } as ShownSlots;
    const drawn = drawnByWeight(slots, Float64Array.from([1, 1, 2, 0, 2]), { count: 400, seed: 1 });
    expect([10, 20, 30].map((list) => drawn.filter((each) => each === list).length)).toEqual([100, 200, 100]);
  });
});
