import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { createProgram } from '../src/cli/program.ts';
import type { ComparisonReport } from '../src/measure/comparison-report.ts';

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

describe('worth', () => {
  const lists = (count: number, itemsOf: (n: number) => readonly string[]): string =>
    Array.from({ length: count }, (_, n) => [
      ranking(`r${n}`, 1000 + n, itemsOf(n)).replace('"u1"', `"u${n % 17}"`),
      ...(n % 2 === 0 ? [click(`r${n}`, 1000 + n, itemsOf(n)[0]).replace('"u1"', `"u${n % 17}"`)] : []),
    ])
      .flat()
      .join('\n');

  it('says before any training that a log cannot tell', async () => {
    const log = await file(
      'alone.jsonl',
      lists(60, (n) => [`i${n % 5}`]),
    );
    const { code, out, err } = await slatewise(folder, 'worth', log);
    expect(code).toBe(0);
    expect(out).toBe(
      'This log cannot tell: every list has one item, so no item ever has company. Nothing was trained.\n',
    );
    expect(err).not.toContain('run 1 of');
    const json = await slatewise(folder, 'worth', log, '--json');
    expect(JSON.parse(json.out)).toMatchObject({ verdict: 'cannot tell', company: { listsOfOne: 60, lists: 60 } });
  });

  it('trains both models, answers in a sentence, and finds its trainings again', async () => {
    const log = await file(
      'pairs.jsonl',
      lists(120, (n) => [`i${n % 5}`, `i${5 + (n % 3)}`, `i${8 + (n % 4)}`]),
    );
    const small = { epochs: 1, model: { width: 16, feedForward: 16, blocks: 1, heads: 2 } };
    const config = await file(
      'worth.json',
      JSON.stringify({ recipes: { 'attention-bce': small, 'pointwise-bce': small } }),
    );
    const asked = ['worth', log, '--config', config, '--seeds', '2', '--out', 'worth-runs'];
    const { code, out } = await slatewise(folder, ...asked);
    expect(code).toBe(0);
    expect(out).toMatch(/^(Yes|No|Open)[:,]/);
    expect(out).toContain('24 test lists of');
    const kept = await readFile(join(folder, 'worth-runs/runs/attention-bce-seed-1/slates.json'), 'utf8');
    expect(JSON.parse(kept).slates[0].items).toHaveLength(3);
    const elsewhere = [...asked.slice(0, -1), 'other-runs', '--from', 'worth-runs'];
    const again = await slatewise(folder, ...elsewhere, '--json');
    expect(again.err.match(/already trained, found in worth-runs/g)).toHaveLength(4);
    expect(again.err).not.toContain('run 1 of');
    expect(JSON.parse(again.out)).toMatchObject({
      recipe: 'attention-bce',
      pointwise: 'pointwise-bce',
      seeds: 2,
      lists: 24,
    });
  });
});

describe('broken input gets one sentence and its exit code', () => {
  it('names a missing file', async () => {
    const ended = await slatewise(folder, 'validate', 'nowhere.jsonl');
    expect(ended.code).toBe(1);
    expectSentence(ended, 'nowhere.jsonl', 'no such file');
  });

  it('says what a pointer is trained by, and what only a pointer takes', async () => {
    const alone = await slatewise(folder, 'train', 'nowhere.jsonl', '--recipe', 'exact-k-pointer', '--out', 'p');
    expect(alone.code).toBe(2);
    expectSentence(alone, 'found no --scorer');
    const other = await slatewise(folder, 'train', 'nowhere.jsonl', '--size', '4', '--out', 'p');
    expect(other.code).toBe(2);
    expectSentence(other, '--size: expected with --recipe exact-k-pointer');
    const shared = ['--recipe', 'exact-k-pointer', '--scorer', 's', '--fold', '1/2', '--out', 'p'];
    const fold = await slatewise(folder, 'train', 'nowhere.jsonl', ...shared);
    expect(fold.code).toBe(2);
    expectSentence(fold, '--fold: expected with another recipe');
    const tight = ['--scorer', 's', '--size', '9', '--candidates', '8', '--out', 'p'];
    const few = await slatewise(folder, 'train', 'nowhere.jsonl', '--recipe', 'exact-k-pointer', ...tight);
    expect(few.code).toBe(2);
    expectSentence(few, 'found 8 for 9');
  });

  it('refuses a config that means nothing, as a usage error, before it reads the log', async () => {
    const wrong: readonly (readonly [string, string | RegExp])[] = [
      [
        '{"recipes":{"attention-lisnet":{"epochs":2}}}',
        /wrong\.json: recipes: expected one of .*"attention-lisnet"; did you mean "attention-listnet"/,
      ],
      ['{"recipes":{"attention-bce":{"epoch":2}}}', /recipes\.attention-bce: .*found "epoch"; did you mean "epochs"/],
      ['{"recipes":{"attention-bce":{"epochs":0}}}', 'recipes.attention-bce.epochs: '],
      ['{"splt":{}}', /wrong\.json: expected .*found "splt"; did you mean "split"/],
      ['{', 'wrong.json: expected a config file'],
    ];
    for (const [content, sentence] of wrong) {
      const config = await file('wrong.json', content);
      const ended = await slatewise(
        folder,
        'compare',
        'nowhere.jsonl',
        '--recipes',
        'attention-bce',
        '--config',
        config,
      );
      expect([ended.code, ended.out]).toEqual([2, '']);
      expectSentence(ended, sentence);
    }
    expect((await slatewise(folder, 'demo', '--config', 'none.json', '--out', 'never')).code).toBe(2);
    await expect(readFile(join(folder, 'never/simulated.jsonl.gz'))).rejects.toThrow('ENOENT');
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
    const unknown = await slatewise(folder, 'validate', 'x', '--frobnicate');
    expect(unknown.code).toBe(2);
    // The sentence, then where the options are: not the whole help.
    expect(unknown.err.trim().split('\n')).toHaveLength(2);
    expect((await slatewise(folder, 'frobnicate')).code).toBe(2);
  });

  it('shows an example for every verb', async () => {
    const verbs = createProgram().commands.map((command) => command.name());
    expect(verbs.length).toBeGreaterThan(12);
    const shown = await Promise.all(verbs.map((verb) => slatewise(folder, verb, '--help')));
    for (const [at, { code, out }] of shown.entries()) {
      expect(code).toBe(0);
      expect(out).toContain(`slatewise ${verbs[at]}`);
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
    expect(rows.map((row) => [row.request, row.item])).toEqual([
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
    // Clicks on one list come together, so any click is less probable than if they were independent.
    const independent = 1 - (1 - first.probability) * (1 - second.probability) * (1 - third.probability);
    expect(slate.anyClick).toBeLessThanOrEqual(independent + 1e-6);
    expect(slate.anyClick).toBeGreaterThan(Math.max(first.probability, second.probability, third.probability) - 0.02);
    expect([first.rank, second.rank, third.rank].sort()).toEqual([1, 2, 3]);

    const overlap = await slatewise(folder, 'evaluate', 'models/a', 'sim.jsonl.gz');
    expect(overlap.code).toBe(1);
    expectSentence(overlap, '--allow-overlap');
    const judged = await slatewise(folder, 'evaluate', 'models/a', 'sim.jsonl.gz', '--allow-overlap', '--json');
    const evaluated: ComparisonReport = JSON.parse(judged.out);
    expect(evaluated.protocol.intervals.covers).toBe('users');
    const [ofModel, ofRate] = evaluated.systems.map(({ metrics }) => metrics);
    // Its threshold is stored with the model; one training has no verdict on the recipe.
    expect(ofRate.f1.mean).toBeGreaterThan(0);
    expect(ofModel.f1.toItemRate).toMatchObject({ covers: 'users', verdict: null });

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
    const html = await readFile(join(folder, 'runs/a/report.html'), 'utf8');
    expect(html).toContain('</html>');
    // The page is whole by itself: it fetches nothing.
    expect(html).not.toMatch(/\b(?:src|href|action|data)\s*=\s*["']?\s*(?:https?:|\/\/)/i);
    expect(html).not.toMatch(/url\(\s*["']?\s*(?:https?:|\/\/)|@import|<link\b|<iframe\b|<script[^>]+src/i);
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
      'runs/b',
      '--from',
      'runs/a',
      '--value',
      'price',
      '--json',
    );
    expect(again.err.match(/already trained, found in runs\/a/g)).toHaveLength(2);
    const valued: ComparisonReport = JSON.parse(again.out);
    expect(valued.systems).toMatchObject(report.systems);
    for (const { metrics } of valued.systems) expect(metrics.valueError.mean).toBeGreaterThan(0);

    const drawn = await slatewise(
      folder,
      'report',
      'runs/b',
      '--baseline',
      'attention-listnet',
      '--images',
      'pictures',
    );
    expect(drawn).toMatchObject({ code: 1 });
    expectSentence(drawn, 'expected the run of pointwise-bce with seed 1', '--from');
    const page = ['report', 'runs/b', '--baseline', 'attention-listnet', '--from', 'runs/a', '--images', 'pictures'];
    const told = await slatewise(folder, ...page, '--out', 'page.html');
    expect(told.code).toBe(0);
    expect(told.out).toMatch(
      /attention-listnet, which sees the whole list, lies [0-9.]+ points .*\nreport: page\.html\n/,
    );
    expect(await readFile(join(folder, 'page.html'), 'utf8')).toContain('<h2 id="slices">');
    expect(await readFile(join(folder, 'pictures/roc.svg'), 'utf8')).toMatch(/^<svg data-slatewise="picture" /);
    // What it wrote it replaces; a folder without anything of ours it names.
    expect(await slatewise(folder, ...page, '--out', 'page.html')).toMatchObject({ code: 0 });
    expectSentence(
      await slatewise(folder, 'report', 'pictures'),
      'pictures: expected a comparison, trainings or a model',
    );

    const untrue = ['compare', 'sim.jsonl.gz', '--truth', 'no-truth.jsonl', '--config', config, '--out', 'runs/untrue'];
    const noTruth = await slatewise(folder, ...untrue);
    expect(noTruth.code).toBe(1);
    const nowhere = await slatewise(
      folder,
      'compare',
      'sim.jsonl.gz',
      '--from',
      'nowhere',
      '--config',
      config,
      '--out',
      'runs/c',
    );
    expect(nowhere.code).toBe(1);
    expectSentence(nowhere, 'nowhere: expected a folder with runs, found no such folder');
    expectSentence(noTruth, 'no-truth.jsonl', 'no such file');
    expect(noTruth.err).not.toContain('run 1 of');
  });

  // Windows has no signals: there Ctrl-C comes from the console.
  it.skipIf(process.platform === 'win32')('ends with 130 on Ctrl-C, and the same command goes on', async () => {
    await slatewise(
      folder,
      'simulate',
      '--impressions',
      '400',
      '--users',
      '40',
      '--items',
      '40',
      '--out',
      'stop.jsonl',
    );
    const config = await file(
      'short.json',
      '{"recipes":{"attention-bce":{"epochs":3,"model":{"width":16,"feedForward":32}}}}',
    );
    const args = [
      'compare',
      'stop.jsonl',
      '--recipes',
      'attention-bce',
      '--seeds',
      '1',
      '--out',
      'runs/stop',
      '--config',
      config,
    ];
    const child = spawn(process.execPath, [resolve(root, 'dist/cli/main.js'), ...args], { cwd: folder });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
      if (err.includes('run 1 of 1') && !child.killed) child.kill('SIGINT');
    });
    const [code] = await once(child, 'close');
    expect([code, err]).toEqual([130, expect.stringContaining('the same command goes on from runs/stop')]);
    const resumed = await slatewise(folder, ...args);
    expect(resumed.code, resumed.err).toBe(0);
    expect(resumed.err).not.toContain('anew');
  });
});

describe('making slates', () => {
  const request = (id: string, count: number, more: object = {}): string => {
    const items = Array.from({ length: count }, (_, n) => `i${n + 1}`);
    return JSON.stringify({ ...JSON.parse(ranking(id, 1.8e12, items)), ...more });
  };
  const linesOf = ({ out }: Ended): readonly Record<string, unknown>[] =>
    out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));

  beforeAll(async () => {
    const small = { epochs: 1, model: { width: 8, feedForward: 16, heads: 2 } };
    const pointer = {
      model: { width: 8, blocks: 1, heads: 2, feedForward: 16 },
      ...{ requests: 30, heldOut: 10, size: 3, candidates: 8 },
      ...{ imitation: { epochs: 1 }, reinforcement: { epochs: 0 } },
    };
    const recipes = { 'attention-partial': small, 'pointwise-bce': small, 'exact-k-pointer': pointer };
    await file('tiny.json', JSON.stringify({ recipes }));
    const world = ['--users', '40', '--items', '40', '--size', '2-6', '--propensities'];
    await slatewise(
      folder,
      'simulate',
      '--impressions',
      '240',
      ...world,
      '--out',
      'log.jsonl',
      '--truth',
      'log-truth.jsonl',
    );
    const train = async (...args: string[]): Promise<void> => {
      const { code, err } = await slatewise(folder, 'train', 'log.jsonl', '--config', 'tiny.json', ...args);
      expect(code, err).toBe(0);
    };
    await train('--recipe', 'attention-partial', '--fold', '1/2', '--out', 'made/maker');
    await Promise.all([
      train('--recipe', 'pointwise-bce', '--fold', '2/2', '--out', 'made/judge'),
      train('--recipe', 'exact-k-pointer', '--scorer', 'made/maker', '--out', 'made/pointer'),
    ]);
    await file('ask.jsonl', [request('a', 9), request('b', 5, { size: 2, rules: { exclude: ['i1'] } })].join('\n'));
    await file('rules.json', JSON.stringify({ pin: [{ item: 'i4', position: 0 }], unique: ['brand'] }));
  }, 60_000);

  const generate = (...args: string[]): Promise<Ended> => slatewise(folder, 'generate', 'made/maker', ...args);
  const evaluate = (...args: string[]): Promise<Ended> => slatewise(folder, 'evaluate', 'made/maker', ...args);

  it('generates: text to read, JSON lines to use, in the order of the requests', async () => {
    const rest = ['--size', '3', '--alternatives', '2', '--gap', '--rules', 'rules.json'];
    const [text, json, pointed] = await Promise.all([
      generate('ask.jsonl', ...rest),
      generate('ask.jsonl', ...rest, '--json'),
      generate('ask.jsonl', '--size', '3', '--generator', 'pointer', '--pointer', 'made/pointer', '--json'),
    ]);
    expect([text.code, json.code, pointed.code]).toEqual([0, 0, 0]);
    const [a, b, ...none] = linesOf(json);
    expect(none).toEqual([]);
    expect(a).toMatchObject({ request: 'a', generator: 'beam+swap', best: { by: 'exhaustive' } });
    expect(a.items).toHaveLength(3);
    expect(a.items).toMatchObject([{ item: 'i4', position: 0 }, { position: 1 }, { position: 2 }]);
    expect(a.gap).toBeGreaterThanOrEqual(0);
    expect(a.alternatives).toHaveLength(2);
    expect(a.rules).toMatchObject([{ rule: 'pin i4 at place 1' }, { rule: 'no brand twice' }]);
    // A request's own size and rules come before those of all.
    expect(b).toMatchObject({ request: 'b', rules: [{ rule: 'exclude i1' }] });
    expect(b.items).toHaveLength(2);
    expect(text.out).toMatch(/^a: \d\.\d{3} expected clicks/);
    expect(text.out).toContain('pin i4 at place 1 costs');
    expect(text.out.match(/next best/g)).toHaveLength(4);
    expect(linesOf(pointed)).toMatchObject([{ request: 'a', generator: 'pointer' }, { request: 'b' }]);
  });

  it('explains a slate in numbers, and draws it', async () => {
    const ended = await slatewise(folder, 'explain', 'made/maker', 'ask.jsonl', '--json', '--svg', 'new/map.svg');
    expect(ended.code, ended.err).toBe(0);
    const [a, b] = linesOf(ended);
    expect([a.request, b.request]).toEqual(['a', 'b']);
    expect(a.influence).toHaveLength(9);
    expect((a.influence as unknown[][])[3][3]).toBeNull();
    expect(await readFile(join(folder, 'new/map.svg'), 'utf8')).toContain('<svg');
  });

  it('judges generators by a log, by other users and by the truth', async () => {
    const onLog = ['log.jsonl', '--held-out', '--size', '2', '--generator', 'top,greedy', '--judge', 'made/judge'];
    const onMarket = ['--truth', 'log-truth.jsonl', '--generator', 'greedy,pointer', '--pointer', 'made/pointer'];
    const few = ['--size', '2', '--candidates', '6', '--requests', '6', '--gap', '--against', 'made/judge', '--json'];
    const [text, json] = await Promise.all([evaluate(...onLog), evaluate(...onMarket, ...few)]);
    expect(text.code, text.err).toBe(0);
    for (const part of ['smoothed item rate', 'SIPS', 'IIPS', 'RIPS', 'Minus', 'by the'])
      expect(text.out).toContain(part);
    expect(Math.max(...text.out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
    expect(json.code, json.err).toBe(0);
    const report = JSON.parse(json.out);
    const names = ['pointwise-bce, top', 'greedy', 'pointer', 'best by the truth'];
    expect(report.rows.map(({ name }: { name: string }) => name)).toEqual(names);
    expect(report.rows[3].cells.regret.mean).toBe(0);
    // What is not measured is null: JSON has no NaN.
    expect(report.rows[3].cells.milliseconds.mean).toBeNull();
  });

  it('answers every request that can be met, and names each that cannot', async () => {
    const impossible = { rules: { exclude: ['i1'], pin: [{ item: 'i1', position: 0 }] } };
    const asked = [request('a', 3, impossible), 'garbage', request('b', 4)].join('\n');
    const ended = await generate(await file('mixed.jsonl', asked), '--size', '2', '--json');
    expect(ended.code).toBe(1);
    expectSentence(ended, 'line 2 rejected', 'request a: no slate of 2 can keep all of: pin i1 at place 1; exclude i1');
    const [a, b] = linesOf(ended);
    expect(a).toMatchObject({ request: 'a', error: expect.stringContaining('no slate of 2') });
    expect(b).toMatchObject({ request: 'b' });
    expect(b.items).toHaveLength(2);
    const rejected = await generate(await file('one.jsonl', ['garbage', request('b', 4)].join('\n')), '--size', '2');
    expect(rejected.code).toBe(3);
    expect(rejected.out).toContain('b: ');
  });

  it('has one sentence for what is wrong with a folder, a name, a field, the rules, or options together', async () => {
    await file('wrong-rules.json', '{"pins": []}');
    const both = ['log.jsonl', '--generator', 'top', '--truth', 'log-truth.jsonl'];
    const cases: readonly (readonly [Promise<Ended>, number, string])[] = [
      [slatewise(folder, 'generate', 'made/pointer', 'ask.jsonl'), 1, "found a generator's"],
      [generate('ask.jsonl', '--generator', 'pointer', '--pointer', 'made/judge'), 1, "found a scorer's"],
      [generate('ask.jsonl', '--generator', 'magic'), 2, 'Expected one of top, rerank, greedy'],
      [generate('ask.jsonl', '--objective', 'value:brand'), 1, 'request a: objective value:brand: expected a number'],
      [generate('ask.jsonl', '--rules', 'wrong-rules.json'), 1, '--rules wrong-rules.json: expected one of pin, '],
      [evaluate(...both), 2, 'expected no log beside it'],
    ];
    for (const [ending, code, sentence] of cases) {
      const ended = await ending;
      expect([ended.code, ended.err]).toEqual([code, expect.stringContaining(sentence)]);
      expect(ended.out).toBe('');
      expectSentence(ended);
    }
  });
});

describe("kinds of one's own", () => {
  const small = '{ width: 8, feedForward: 16, heads: 2, blocks: 1 }';
  /** A config whose loss and scorer are the program's, scaled; `scale` tells two of one name apart. */
  const configOf = (scale: number): string => `
import { attentionBce, defineLoss, defineRecipe, defineRule, defineScorer } from '${pathToFileURL(resolve(root, 'dist/kinds.js'))}';
import { z } from '${pathToFileURL(resolve(root, 'node_modules/zod/index.js'))}';
import { bce } from '${pathToFileURL(resolve(root, 'dist/losses/bce.js'))}';
import { perItem } from '${pathToFileURL(resolve(root, 'dist/losses/counts.js'))}';
import { attentionScorer } from '${pathToFileURL(resolve(root, 'dist/models/scorers/attention-scorer.js'))}';
const loss = defineLoss({ name: 'half', calibrates: 'clicks', counts: perItem, build: (inputs) => bce(inputs).mul(${scale}) });
const { create, score } = attentionScorer;
const scorer = defineScorer({
  name: 'own',
  create,
  score(...given) {
    const outputs = score(...given);
    return { ...outputs, itemLogitsBK: outputs.itemLogitsBK.mul(${2 * scale}) };
  },
});
const losses = [{ name: 'half', weight: 1 }];
const recipe = defineRecipe({ name: 'mine', base: attentionBce, scorer: 'own', losses, model: ${small}, epochs: 2 });
const rule = defineRule({
  name: 'without',
  schema: z.string(),
  sentence: (id) => 'without ' + id,
  names: () => [],
  demands: (id, { indexOf }) => [{ never: [indexOf(id) ?? 0] }],
});
export default { kinds: [loss, scorer, recipe, rule] };
`;
  const size = ['--impressions', '500', '--users', '30', '--items', '30'];

  it('come with --config to every verb that trains or loads a model', async () => {
    await file('mine.config.mjs', configOf(0.5));
    await file('other.config.mjs', configOf(0.25));
    await slatewise(folder, 'simulate', ...size, '--out', 'own.jsonl');
    await slatewise(folder, 'simulate', ...size, '--seed', '2', '--out', 'own-later.jsonl');
    const config = ['--config', 'mine.config.mjs'];
    const trained = await slatewise(folder, 'train', 'own.jsonl', '--recipe', 'mine', ...config, '--out', 'own/model');
    expect([trained.code, trained.out]).toEqual([0, expect.stringContaining('own/model: mine, epoch')]);
    const compared = await slatewise(
      folder,
      ...['compare', 'own.jsonl', '--recipes', 'mine', '--seeds', '1', '--out', 'own/runs', '--json', ...config],
    );
    expect((JSON.parse(compared.out) as ComparisonReport).systems[0].name).toBe('mine');

    const request = await file('own-ask.jsonl', ranking('q', 1_900_000_000_000, ['i1', 'i2', 'i3']));
    const loading = [
      ['score', 'own/model', request],
      ['explain', 'own/model', request],
      ['generate', 'own/model', request, '--size', '2'],
      ['evaluate', 'own/model', 'own-later.jsonl', '--allow-overlap'],
    ];
    for (const command of loading) {
      const ended = await slatewise(folder, ...command, ...config);
      expect([ended.code, ended.err]).toEqual([0, expect.any(String)]);
      expect(ended.out).not.toBe('');
    }
    const without = await slatewise(folder, ...loading[0]);
    expect(without.code).toBe(1);
    expectSentence(without, 'found "own"; give your own in kinds (on the command line in the file of --config)');
    await file('own-rules.json', '{"without": ["i2"]}');
    const asked = [...loading[2], '--json', '--rules', 'own-rules.json'];
    const made = JSON.parse((await slatewise(folder, ...asked, ...config)).out) as Record<string, { rule?: string }[]>;
    expect(made.rules.map(({ rule }) => rule)).toEqual(['without i2']);
    expect(JSON.stringify(made.items)).not.toContain('"i2"');
    await file(
      'rule-less.config.mjs',
      (await readFile(join(folder, 'mine.config.mjs'), 'utf8')).replace(', rule]', ']'),
    );
    const unknownRule = await slatewise(folder, ...asked, '--config', 'rule-less.config.mjs');
    expect(unknownRule.code).toBe(1);
    expectSentence(unknownRule, '--rules own-rules.json: expected one of pin, ');
    const other = await slatewise(folder, ...loading[0], '--config', 'other.config.mjs');
    expect(other.code).toBe(1);
    expectSentence(other, 'expected the scorer "own" as it was when the model was trained, found another of that name');
    // A comparison goes on with the same kinds, and trains anew with others of the same names.
    const again = (config: string): Promise<Ended> =>
      slatewise(
        folder,
        ...['compare', 'own.jsonl', '--recipes', 'mine', '--seeds', '1', '--out', 'own/runs', '--config', config],
      );
    expect((await again('mine.config.mjs')).err).toContain('mine seed 1: already trained');
    expect((await again('other.config.mjs')).err).toContain('training anew');
  });

  it('that are none, or that no config brings, are told as usage errors', async () => {
    await file('none.config.mjs', 'export default { kinds: [3] };');
    const none = await slatewise(folder, 'train', 'own.jsonl', '--config', 'none.config.mjs', '--out', 'own/none');
    expect(none.code).toBe(2);
    expectSentence(none, 'none.config.mjs: kinds.0: expected a definition made by defineLoss');
    const unknown = await slatewise(folder, 'train', 'own.jsonl', '--recipe', 'mine', '--out', 'own/none');
    expect(unknown.code).toBe(2);
    expectSentence(unknown, /--recipe: expected one of .*found "mine"; name one of these, or give your own in kinds/);
  });
});
