import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The built command line, in a folder of the test's own. */
function slatewise(cwd: string, ...args: string[]): Promise<Ended> {
  return new Promise((done) => {
    execFile(
      process.execPath,
      [resolve(root, 'dist/cli/main.js'), ...args],
      { cwd, maxBuffer: 1 << 26 },
      (error, out, err) => done({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, out, err }),
    );
  });
}

const ranking = (id: string, time: number, items: readonly string[]): string =>
  JSON.stringify({
    event: 'ranking',
    id,
    timestamp: time,
    user: 'u1',
    fields: [],
    items: items.map((item) => ({ id: item, fields: [] })),
  });
const click = (list: string, time: number, item: string): string =>
  JSON.stringify({ event: 'interaction', ranking: list, timestamp: time, user: 'u1', type: 'click', item });

let folder = '';
const file = async (name: string, content: string | Uint8Array): Promise<string> => {
  await writeFile(join(folder, name), content);
  return name;
};

/** One sentence, no stack trace. */
function expectSentence({ err }: Ended, ...parts: readonly (string | RegExp)[]): void {
  for (const part of parts) expect(err).toMatch(part);
  expect(err).not.toMatch(/\n\s+at /);
}

beforeAll(async () => {
  execFileSync(process.execPath, [resolve(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
    cwd: root,
  });
  folder = await mkdtemp(join(tmpdir(), 'slatewise-cli-'));
});

describe('broken input gets one sentence and its exit code', () => {
  it('names a missing file', async () => {
    const ended = await slatewise(folder, 'validate', 'nowhere.jsonl');
    expect(ended.code).toBe(1);
    expectSentence(ended, 'nowhere.jsonl', 'no such file');
  });

  it('says what a pointer is trained by, and what only a pointer takes', async () => {
    const alone = await slatewise(folder, 'train', 'nowhere.jsonl', '--recipe', 'exact-k-pointer', '--out', 'p');
    expect(alone.code).toBe(1);
    expectSentence(alone, 'found no --scorer');
    const other = await slatewise(folder, 'train', 'nowhere.jsonl', '--size', '4', '--out', 'p');
    expect(other.code).toBe(1);
    expectSentence(other, '--size: expected with --recipe exact-k-pointer');
    const tight = ['--scorer', 's', '--size', '9', '--candidates', '8', '--out', 'p'];
    const few = await slatewise(folder, 'train', 'nowhere.jsonl', '--recipe', 'exact-k-pointer', ...tight);
    expectSentence(few, 'found 8 for 9');
  });

  it('names an empty file', async () => {
    const ended = await slatewise(folder, 'import', await file('empty.jsonl', ''), '--out', 'data');
    expect(ended.code).toBe(1);
    expectSentence(ended, 'empty.jsonl', 'empty file');
  });

  it('says where a truncated gzip ends', async () => {
    const lines = Array.from({ length: 2000 }, (_, n) => ranking(`r${n}`, n, [`a${n * 7919}`, `b${n * 104729}`]));
    const whole = gzipSync(lines.join('\n'));
    const ended = await slatewise(
      folder,
      'import',
      await file('cut.jsonl.gz', whole.subarray(0, whole.length / 2)),
      '--out',
      'data',
    );
    expect(ended.code).toBe(1);
    expectSentence(ended, 'cut.jsonl.gz', /after line \d+/);
  });

  it('keeps every rejected line with its reason, and ends with 3 beyond --allow-rejects', async () => {
    const log = [
      ranking('r1', 1000, ['a', 'b']),
      'garbage',
      '{"event":"item","item":"a","timestamp":1,"fields":[{"name":"price","value":NaN}]}',
      ranking('r2', 2000, ['a', 'a']),
      click('r1', 1500, 'a'),
      click('unknown', 1500, 'a'),
    ];
    const path = await file('broken.jsonl', log.join('\n'));
    const ended = await slatewise(folder, 'validate', path, '--json');
    expect(ended.code).toBe(3);
    expect(JSON.parse(ended.out)).toMatchObject({
      lists: 1,
      clicks: 1,
      rejected: 4,
      rejectedByReason: { 'not-json': 2, 'item-twice-in-slate': 1, 'unknown-list': 1 },
    });
    const kept = (await readFile(join(folder, 'rejected.jsonl'), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(kept.map(({ line }) => line).sort()).toEqual([2, 3, 4, 6]);
    expect((await slatewise(folder, 'validate', path, '--allow-rejects', '4')).code).toBe(0);
  });

  it('answers an unknown recipe with the known ones, as a usage error', async () => {
    const ended = await slatewise(folder, 'compare', 'x.jsonl', '--recipes', 'magic');
    expect(ended.code).toBe(2);
    expectSentence(ended, 'attention-listnet', 'magic');
  });

  it('names a missing model folder and a missing data set', async () => {
    const request = await file('request.jsonl', ranking('q', 1, ['a']));
    const noModel = await slatewise(folder, 'score', 'models/none', request);
    expect(noModel.code).toBe(1);
    expectSentence(noModel, 'models/none', 'slatewise train');
    const noData = await slatewise(folder, 'compare', 'data/none');
    expect(noData.code).toBe(1);
    expectSentence(noData, 'data/none');
  });

  it('answers an unknown option and an unknown command as usage errors', async () => {
    expect((await slatewise(folder, 'validate', 'x', '--frobnicate')).code).toBe(2);
    expect((await slatewise(folder, 'frobnicate')).code).toBe(2);
  });

  it('shows an example for every verb', async () => {
    for (const verb of ['demo', 'simulate', 'import', 'validate', 'train', 'compare', 'evaluate', 'score']) {
      const { code, out } = await slatewise(folder, verb, '--help');
      expect(code).toBe(0);
      expect(out).toContain(`slatewise ${verb}`);
      expect(out).toMatch(/Examples?:/);
    }
  });
});

describe('the main job', () => {
  it('simulates, trains, scores and evaluates, and what it prints agrees with itself', async () => {
    const config = await file(
      'small.json',
      JSON.stringify({
        recipes: {
          'attention-listnet': { epochs: 2, model: { width: 16, feedForward: 32, heads: 2 } },
          'pointwise-bce': { epochs: 2, model: { width: 16, feedForward: 32, heads: 2 } },
        },
      }),
    );
    const simulated = await slatewise(
      folder,
      'simulate',
      '--impressions',
      '600',
      '--users',
      '50',
      '--items',
      '60',
      '--out',
      'sim.jsonl.gz',
      '--truth',
      'truth.jsonl',
      '--json',
    );
    expect(simulated.code).toBe(0);
    expect(JSON.parse(simulated.out)).toMatchObject({ lists: 600, shownItems: 6000 });

    const trained = await slatewise(
      folder,
      'train',
      'sim.jsonl.gz',
      '--recipe',
      'attention-listnet',
      '--out',
      'models/a',
      '--config',
      config,
      '--json',
    );
    expect(trained.err).not.toContain('error');
    expect(trained.code).toBe(0);

    await file(
      'requests.jsonl',
      [ranking('q1', 1.8e12, ['i3', 'i1', 'i2']), ranking('q2', 1.8e12, ['i5', 'unknown'])].join('\n'),
    );
    const scored = await slatewise(folder, 'score', 'models/a', 'requests.jsonl');
    expect(scored.code).toBe(0);
    const rows = scored.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows.map((row) => [row.list, row.item])).toEqual([
      ['q1', 'i3'],
      ['q1', 'i1'],
      ['q1', 'i2'],
      ['q1', undefined],
      ['q2', 'i5'],
      ['q2', 'unknown'],
      ['q2', undefined],
    ]);
    const [first, second, third, slate] = rows;
    expect(slate.expectedClicks).toBeCloseTo(first.probability + second.probability + third.probability, 6);
    expect(slate.anyClick).toBeCloseTo(
      1 - (1 - first.probability) * (1 - second.probability) * (1 - third.probability),
      5,
    );
    expect([first.rank, second.rank, third.rank].sort()).toEqual([1, 2, 3]);

    const overlap = await slatewise(folder, 'evaluate', 'models/a', 'sim.jsonl.gz');
    expect(overlap.code).toBe(1);
    expectSentence(overlap, '--allow-overlap');

    const compared = await slatewise(
      folder,
      'compare',
      'sim.jsonl.gz',
      '--recipes',
      'pointwise-bce,attention-listnet',
      '--seeds',
      '1',
      '--truth',
      'truth.jsonl',
      '--config',
      config,
      '--out',
      'runs/a',
      '--json',
    );
    expect(compared.code).toBe(0);
    const report = JSON.parse(compared.out);
    expect(report.systems.map(({ name }: { name: string }) => name)).toContain('truth');
    expect(report.gapShares).toHaveLength(1);
    expect(await readFile(join(folder, 'runs/a/report.html'), 'utf8')).toContain('</html>');
    const again = await slatewise(
      folder,
      'compare',
      'sim.jsonl.gz',
      '--recipes',
      'pointwise-bce,attention-listnet',
      '--seeds',
      '1',
      '--truth',
      'truth.jsonl',
      '--config',
      config,
      '--out',
      'runs/a',
      '--json',
    );
    expect(again.err).toContain('already trained');
    expect(JSON.parse(again.out).systems).toEqual(report.systems);
  });
});
