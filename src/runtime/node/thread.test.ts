import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import type { Job } from '../job.ts';
import { type Thread, threadOver } from '../thread.ts';
import { portOf } from './thread.ts';

const running = (code: string): Worker =>
  new Worker(`const { parentPort } = require('node:worker_threads');${code}`, { eval: true });
const threadOf = (worker: Worker): Thread => threadOver(portOf(worker));
const job: Job = { feeds: { x: { data: Float32Array.of(1), dims: [1] } } };
const none = new Float32Array(0);

test('an answer is for the call whose number it has, in whatever order answers come', async () => {
  const worker = running(`
    const calls = [];
    parentPort.on('message', ({ call, jobs }) => {
      calls.push({ kind: 'done', call, results: jobs });
      if (calls.length === 3) for (const each of calls.reverse()) parentPort.postMessage(each);
    });`);
  const thread = threadOf(worker);
  const answers = await Promise.all([1, 2, 3].map((n) => thread.run(Array(n).fill(job), none)));
  expect(answers.map(({ length }) => length)).toEqual([1, 2, 3]);
  expect(job.feeds.x.data).toHaveLength(1);
  await thread.close();
  expect(thread.isAlive).toBe(false);
  await expect(thread.run([job], none)).rejects.toThrow('ended');
  expect(await thread.run([], none)).toEqual([]);
});

test('a thread that ends without an answer is an error, not a wait', async () => {
  const thread = threadOf(running('parentPort.on("message", () => process.exit(9))'));
  await expect(thread.run([job], none)).rejects.toThrow('ended without an answer (exit code 9)');
  await expect(thread.run([job], none)).rejects.toThrow('ended without an answer');
  await expect(threadOf(running('throw new Error("broken")')).run([job], none)).rejects.toThrow('broken');
});
