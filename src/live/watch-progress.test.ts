import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { watchProgress } from './watch-progress.ts';

const progress = { task: 'import', done: 1, unit: 'events' };

it('throws at the next step what an async callback rejected with, and again at the end', async () => {
  const { reporter, finish } = watchProgress(async () => Promise.reject(new Error('no room')), undefined);
  reporter.progress(progress);
  await setImmediate();
  expect(() => reporter.progress(progress)).toThrow('no room');
  await expect(finish()).rejects.toThrow('no room');
});

it('waits at the end for a callback that is still at work, unless it is aborted', async () => {
  let isTold = false;
  const { reporter, finish } = watchProgress(async () => {
    await setImmediate();
    isTold = true;
  }, undefined);
  reporter.progress(progress);
  await finish();
  expect(isTold).toBe(true);
  const stop = new AbortController();
  const endless = watchProgress(async () => new Promise<void>(() => undefined), stop.signal);
  endless.reporter.progress(progress);
  const ending = endless.finish();
  stop.abort(new Error('enough'));
  await expect(ending).rejects.toThrow('enough');
});
