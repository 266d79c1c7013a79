import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { ended } from '../../../test/command-ending.ts';
import { recordedRuns } from '../../../test/recorded-runs.ts';

const losses = [{ name: 'bce', weight: 1 }];
let root: string;
beforeEach(async () => {
  root = await recordedRuns({
    'runs/attention-bce-seed-1': { recipe: 'attention-bce', config: { epochs: 4, losses, model: { width: 8 } } },
    'runs/attention-listnet-seed-2': {
      recipe: 'attention-listnet',
      seed: 2,
      config: { epochs: 4, losses: [...losses, { name: 'listNet', weight: 0.03 }], model: { width: 16 } },
      values: { 'validation/logLoss': 0.25, 'validation/rocAuc': 0.75, 'validation/other': Number.NaN },
      interrupted: true,
    },
  });
});

describe('slatewise runs', () => {
  it('lists runs with their metrics, and what they share once', async () => {
    const { code, printed, said } = await ended(`runs ${root}`);
    expect([code, said]).toEqual([0, '']);
    expect(printed).toMatch(
      /attention-bce-seed-1 +attention-bce +1 +finished +1 of 1 +0\.5000 +0\.7000 +\d{4}-\d\d-\d\d \d\d:\d\d +0 s/,
    );
    expect(printed).toMatch(/attention-listnet-seed-2 +attention-listnet +2 +interrupted +1 of 1 +0\.2500 +0\.7500/);
    expect(printed).toContain(`All are in ${root}/runs/. All learn from data/sim.`);
  });

  it('prints JSON: what run.json says, and where', async () => {
    const runs = JSON.parse((await ended(`runs ${root} --json`)).printed);
    expect(runs).toMatchObject([
      { folder: join(root, 'runs/attention-bce-seed-1'), holds: 'run', state: 'finished', epochs: 1, keptEpoch: 1 },
      { recipe: 'attention-listnet', seed: 2, state: 'interrupted', metrics: { 'validation/other': null } },
    ]);
    expect(JSON.parse((await ended(`runs ${root} ${root}/runs --json`)).printed)).toHaveLength(2);
  });

  it('takes those that are asked for, and says so where there are none', async () => {
    const namesOf = async (options: string): Promise<unknown> =>
      JSON.parse((await ended(`runs ${root} --json ${options}`)).printed).map((run: { run: string }) => run.run);
    expect(await namesOf('--recipe attention-bce,prm')).toEqual(['runs/attention-bce-seed-1']);
    expect(await namesOf('--state interrupted')).toEqual(['runs/attention-listnet-seed-2']);
    expect(await namesOf('--data data/')).toHaveLength(2);
    expect(await namesOf('--data elsewhere')).toEqual([]);
    expect((await ended(`runs ${root} --data elsewhere`)).printed).toBe(`no runs among the 2 in ${root}\n`);
  });

  it('sets two side by side: what differs, and by how much', async () => {
    const { printed, code } = await ended(`runs ${root} --compare`);
    expect(code).toBe(0);
    expect(printed).toMatch(/seed +1 +2\n/);
    expect(printed).toMatch(/losses\.listNet\.weight +– +0\.03\n/);
    expect(printed).toMatch(/model\.width +8 +16\n/);
    expect(printed).not.toMatch(/^epochs|losses\.bce/m);
    expect(printed).toMatch(/validation\/logLoss +0\.5000 +0\.2500 +-0\.2500\n/);
    expect(printed).toMatch(/validation\/rocAuc +0\.7000 +0\.7500 +\+0\.0500\n/);
    const { config, metrics } = JSON.parse((await ended(`runs ${root} --compare --json`)).printed);
    expect(config).toContainEqual({ name: 'model.width', values: [8, 16] });
    expect(metrics).toContainEqual({ name: 'validation/logLoss', values: [0.5, 0.25], difference: -0.25 });
    const one = await ended(`runs ${root} --compare --state finished`);
    expect(one.code).toBe(1);
    expect(one.said).toBe(`error: --compare: expected two runs, found 1 of 2 in ${root}; name two run folders\n`);
  });

  it('removes only with --yes, and only what is asked for', async () => {
    const dry = await ended(`runs ${root} --state interrupted --clean`);
    expect(dry.printed).toMatch(/attention-listnet-seed-2 +interrupted +[\d,]+\n/);
    expect(dry.printed).toMatch(
      /Nothing is removed yet\. The same command with --yes removes 1 run, [\d,]+ bytes\.\n$/,
    );
    expect(await readdir(join(root, 'runs'))).toHaveLength(2);
    const { printed } = await ended(`runs ${root} --state interrupted --clean --yes --json`);
    const { removed, runs } = JSON.parse(printed);
    expect(removed).toBe(true);
    expect(runs).toMatchObject([
      { state: 'interrupted', entries: expect.arrayContaining(['run.json', 'metrics.jsonl']) },
    ]);
    expect(await readdir(join(root, 'runs'))).toEqual(['attention-bce-seed-1']);
  });

  it.each([
    ['--yes', '--yes: expected with --clean, found without it'],
    ['--compare --clean', '--compare: expected without --clean, found both'],
    ['--state done', 'Expected one of running, finished, interrupted, failed, found "done"'],
  ])('refuses %s', async (options, sentence) => {
    const { code, said } = await ended(`runs ${root} ${options}`);
    expect(code).toBe(2);
    expect(said).toContain(sentence);
  });

  it('refuses a folder that is not there', async () => {
    const { code, said } = await ended(`runs ${root}/none`);
    expect([code, said]).toEqual([
      1,
      `error: ${root}/none: expected a folder with runs, found no such folder; check the path\n`,
    ]);
  });
});
