import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Experiment } from '../../slate/experiment.ts';
import { followExperiments } from './follow-file.ts';
import { parseExperiments, readExperiments } from './read-experiments.ts';

const variants = [
  { name: 'old', share: 0.5 },
  { name: 'new', share: 0.5, model: 'b', explore: { policy: 'epsilon', epsilon: 0.1 } },
];
const fileOf = (...experiments: readonly object[]): string => JSON.stringify({ experiments });
const order = { name: 'order', variants };

describe('a file of experiments', () => {
  it('says who is answered how', () => {
    expect(parseExperiments(fileOf(order), 'file')).toEqual([{ ...order, coverage: 1 }]);
    expect(parseExperiments(fileOf(), 'file')).toEqual([]);
  });

  it.each([
    ['{', /^file: expected JSON, found something else/],
    [fileOf({ ...order, variant: [] }), /^file: experiments.0: expected one of name, .*found "variant"/],
    [
      fileOf({
        ...order,
        variants: [
          { name: 'a', share: 0.5 },
          { name: 'b', share: 0.4 },
        ],
      }),
      /order: expected shares that add up to 1/,
    ],
    [fileOf({ ...order, variants: [variants[0], variants[0]] }), /order: expected every name once, found "old" again/],
    [fileOf(order, order), /^file: expected every name once, found "order" again/],
    [fileOf({ ...order, group: { name: 'g', from: 0.5, to: 0.5 } }), /order: group: expected from below to/],
    [fileOf(order, { ...order, name: 'other' }), /order and other: expected one experiment at most that sets model/],
    [
      fileOf(
        { ...order, group: { name: 'g', from: 0, to: 0.6 } },
        { ...order, name: 'other', group: { name: 'g', from: 0.5, to: 1 } },
      ),
      /order and other: expected parts of the group g that do not overlap/,
    ],
    [
      fileOf({ ...order, variants: [variants[0], { name: 'new', share: 0.5, rules: { uniq: ['shop'] } }] }),
      /order: new: rules/,
    ],
    [
      fileOf({ ...order, variants: [variants[0], { name: 'new', share: 0.5, explore: { policy: 'epsilon' } }] }),
      /order: new: explore/,
    ],
  ])('is refused with one sentence: %s', (text, sentence) => {
    expect(() => parseExperiments(text, 'file')).toThrow(sentence);
  });

  it('is read again when it changes and on SIGHUP; a broken one leaves those before in force', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'experiments-')), 'experiments.json');
    await writeFile(path, fileOf());
    const changes: (readonly Experiment[])[] = [];
    const warnings: string[] = [];
    const followed = followExperiments(path, {
      change: async (experiments) => void changes.push(experiments),
      warn: (message) => void warnings.push(message),
      every: 20,
    });
    await writeFile(path, fileOf(order));
    await vi.waitFor(() => expect(changes.at(-1)).toHaveLength(1), { timeout: 20_000 });
    await writeFile(path, '{');
    await vi.waitFor(() => expect(warnings.at(-1)).toMatch(/expected JSON.*; the experiments before stay in force$/), {
      timeout: 20_000,
    });
    const before = changes.length;
    await rm(path);
    await followed.again();
    expect(changes).toHaveLength(before);
    await followed.stop();
    await writeFile(path, fileOf());
    process.emit('SIGHUP', 'SIGHUP');
    expect(changes).toHaveLength(before);
    const again = followExperiments(path, {
      change: async (experiments) => void changes.push(experiments),
      warn: (message) => void warnings.push(message),
    });
    process.emit('SIGHUP', 'SIGHUP');
    await vi.waitFor(() => expect(changes).toHaveLength(before + 1), { timeout: 20_000 });
    await again.stop();
    await expect(readExperiments('/nowhere/experiments.json')).rejects.toThrow(/expected a file of experiments/);
  });
});
