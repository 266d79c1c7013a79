/**
 * Does a loaded model grow by being asked? `npx tsx bench/unknown-questions.ts <model folder> [--questions 10000000] [--workers 1]`
 *
 * Requests of users and items that nobody has heard of, each id new, are scored by one model; resident memory is read every tenth of the way, after a collection where
 * node was started with --expose-gc.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { RankingEvent } from '../src/data.ts';
import { createSlateScorer, loadModel } from '../src/steps.ts';
import { commitNow, resultName, thisMachine } from './machine.ts';

const { positionals, values: options } = parseArgs({
  allowPositionals: true,
  options: {
    questions: { type: 'string', default: '10000000' },
    workers: { type: 'string', default: '1' },
    out: { type: 'string' },
  },
});
const [folder] = positionals;
if (folder === undefined) throw new Error('give a model folder');

/** Requests a call. */
const CALL = 500;
/** Items a request. */
const SIZE = 3;
const MIB = 2 ** 20;

const machine = thisMachine();
const started = new Date();
const questions = Number(options.questions);
const stored = await loadModel(folder);
const scorer = await createSlateScorer(stored, { workers: Number(options.workers) });
const time = stored.card.knownUntil + 60_000;

function request(number: number): RankingEvent {
  const items = Array.from({ length: SIZE }, (_, k) => ({ id: `nobody knows item ${number} ${k}`, fields: {} }));
  return { event: 'ranking', id: `q${number}`, time, user: `nobody ${number}`, fields: {}, items };
}

const readings: {
  readonly asked: number;
  readonly residentMiB: number;
  readonly heapMiB: number;
  readonly items: number;
}[] = [];
function read(asked: number): void {
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  const reading = {
    asked,
    residentMiB: Math.round(rss / MIB),
    heapMiB: Math.round(heapUsed / MIB),
    items: stored.memory.items.size,
  };
  readings.push(reading);
  process.stdout.write(`${JSON.stringify(reading)}\n`);
}

let next = questions / 10;
for (let asked = 0; asked < questions; asked += CALL) {
  await scorer.score(Array.from({ length: CALL }, (_, at) => request(asked + at)));
  // The first tenth warms up: buffers reach their size.
  if (asked + CALL < next) continue;
  read(asked + CALL);
  next += questions / 10;
}
await scorer.close();
const seconds = (Date.now() - started.getTime()) / 1000;
process.stdout.write(`${questions} questions in ${seconds.toFixed(0)} s\n`);
if (options.out !== undefined) {
  await mkdir(options.out, { recursive: true });
  const file = join(options.out, `unknown-questions-${resultName(started, machine)}.json`);
  const result = { machine, commit: commitNow(), questions, itemsPerRequest: SIZE, seconds, readings };
  await writeFile(file, `${JSON.stringify(result, null, 1)}\n`);
}
