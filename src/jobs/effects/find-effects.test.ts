import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { smallConfig } from '../../../test/encoded-drinks.ts';
import type { EffectsReport } from '../../measure/effects-report.ts';
import { simulateDrinks } from '../../simulator/drinks.ts';
import { writeSimulation } from '../../simulator/write-simulation.ts';
import { type Prepared, prepare } from '../prepare.ts';
import { silentReporter } from '../reporter.ts';
import { findRuns } from '../runs/find-runs.ts';
import { settingsDefaults } from '../settings.ts';
import { type FindEffectsOptions, findEffects } from './find-effects.ts';

const list = smallConfig('attention-bce', { epochs: 6 });
const pointwise = smallConfig('pointwise-bce', { epochs: 6 });
let root: string;
let prepared: Prepared;
let report: EffectsReport;

async function effects(name: string, changes: Partial<FindEffectsOptions> = {}): Promise<EffectsReport> {
  const found = await findEffects(prepared, {
    ...{
      list,
      pointwise,
      by: ['size'],
      proposals: 10,
      seeds: [1],
      workers: 1,
      classical: { price: 'price', quality: 'ml' },
    },
    ...{ folder: join(root, name), reporter: silentReporter },
    ...changes,
  });
  if (!found) throw new Error('interrupted by nobody');
  return found;
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'effects-'));
  await writeSimulation(simulateDrinks({ impressions: 2400, seed: 5 }), { log: join(root, 'log.jsonl') });
  const options = {
    settings: settingsDefaults,
    configs: [list, pointwise],
    cacheFolder: root,
    reporter: silentReporter,
  };
  prepared = await prepare(join(root, 'log.jsonl'), options);
  report = await effects('first');
}, 240_000);

describe('effects on the menu of drinks', () => {
  it('finds the decoy and who eats whom, with their sizes', () => {
    const confirmed = report.families[0].pairs.filter((pair) => pair.confirmed);
    const sizes = new Map(confirmed.map(({ from, to, estimate }) => [`${from} on ${to}`, estimate]));
    // Truth: .65 beside both others and .65 beside the Medium alone, .30 without it.
    expect(sizes.get('medium on large')).toBeGreaterThan(0.2);
    expect(sizes.get('large on medium')).toBeLessThan(-0.1);
    for (const { low, high, estimate, influence } of confirmed) {
      expect(low <= estimate && estimate <= high && low * high > 0).toBe(true);
      expect(Math.sign(influence)).toBe(Math.sign(estimate));
    }
  });

  it('tells the same of the sizes as of the drinks, and what each size does to the others', () => {
    const { by, pairs, partners } = report.families[1];
    expect(by).toBe('size');
    const [drinks] = report.families;
    const one = pairs.find(({ from, to }) => from === 'M' && to === 'L');
    const other = drinks.pairs.find(({ from, to }) => from === 'medium' && to === 'large');
    expect(one?.estimate).toBeCloseTo(other?.estimate ?? Number.NaN, 12);
    expect(partners?.partners.map(({ partner }) => partner).sort()).toEqual(['L', 'M', 'S']);
    expect(partners?.all).toBe(3);
    const cell = partners?.cells.find(({ from, to }) => from === 'M' && to === 'L');
    expect(cell).toMatchObject({ estimate: one?.estimate, confirmed: one?.confirmed });
    // A size is never shown twice.
    expect(partners?.cells.some(({ from, to }) => from === to)).toBe(false);
    const test = prepared.encoded.slates.outcomes(prepared.encoded.test);
    expect(partners?.partners.reduce((sum, { clicks }) => sum + clicks, 0)).toBe(
      test.labelS.reduce((sum, label) => sum + label, 0),
    );
  });

  it('asks the classical questions by the fields it is told, or finds', () => {
    expect(report.classical?.fields).toMatchObject({ price: 'price', quality: 'ml' });
    expect(report.classical?.effects.map(({ name }) => name)).toEqual([
      ...['attraction', 'dominated', 'compromise', 'similarity'],
    ]);
  });

  it('is the same again, bitwise, and trains nothing twice: not in its own folder, not from another', async () => {
    const notes: string[] = [];
    const reporter = { ...silentReporter, note: (text: string) => void notes.push(text) };
    expect(await effects('first', { reporter })).toEqual(report);
    const known = await findRuns(join(root, 'first'));
    expect(await effects('second', { reporter, known })).toEqual(report);
    expect(notes.filter((note) => /^run \d/.test(note))).toEqual([]);
    expect(await readdir(root)).not.toContain('second');
  });

  it('names the option of a field that the items do not have, before any training', async () => {
    await expect(effects('none', { by: ['brand'] })).rejects.toThrow(/^by brand: expected one of/);
    await expect(effects('none', { classical: { quality: 'stars' } })).rejects.toThrow(
      /^quality stars: expected one of/,
    );
    await expect(effects('none', { classical: { price: 'size' } })).rejects.toThrow(
      'price size: expected a number, found none in the test lists; name another field',
    );
  });
});
