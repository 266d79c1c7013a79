import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addTrackingOptions } from './tracking-options.ts';

const parse = (...words: readonly string[]): Promise<Command> =>
  addTrackingOptions(new Command())
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .action(() => undefined)
    .parseAsync([...words], { from: 'user' });

describe('--mlflow', () => {
  it.each(['http://127.0.0.1:5000', 'https://mlflow.example/tracking/'])('takes %s as it is', async (url) => {
    expect((await parse('--mlflow', url)).opts()).toEqual({ mlflow: url });
  });

  it.each([
    ['5000', 'Expected the address of a server'],
    ['sqlite:///mlflow.db', 'Expected the address of a server'],
    ['', 'Expected the address of a server'],
    ['http://me:secret@127.0.0.1:5000', 'set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD'],
  ])('refuses %j', async (text, sentence) => {
    await expect(parse('--mlflow', text)).rejects.toThrow(sentence);
  });

  it('is what --mlflow-experiment is of', async () => {
    await expect(parse('--mlflow-experiment', 'mine')).rejects.toThrow('expected with --mlflow, found without it');
    const both = await parse('--mlflow', 'http://127.0.0.1:5000', '--mlflow-experiment', 'mine');
    expect(both.opts().mlflowExperiment).toBe('mine');
  });
});
