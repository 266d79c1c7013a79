/**
 * What does a user cost? `NODE_OPTIONS=--expose-gc npx tsx bench/memory.ts [--users 100000] [--lists 2,20] [--hot 256] [--no-capture] [--out <name>]`
 *
 * Everybody is shown so many lists of 10 items, one round after the other, and clicks on every second of them; then two days pass, so that no list is held any more. Heap
 * (with what lies beside it) and resident memory beyond those of the same memory before the first list, a user. Then the memory is captured, every chunk timed, and restored.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { restoreMemory } from '../src/memory/restore-memory.ts';
import { commitNow, resultName, thisMachine } from './machine.ts';
import { type MemoryScene, memoryScene, memorySceneOptions } from './memory/scene.ts';

const { values: options } = parseArgs({
  options: {
    users: { type: 'string', default: '100000' },
    lists: { type: 'string', default: '2,20' },
    hot: { type: 'string', default: '4096' },
    'no-capture': { type: 'boolean', default: false },
    out: { type: 'string' },
  },
});

interface Reading {
  readonly users: number;
  readonly lists: number;
  /** Bytes a user. */
  readonly heap: number;
  readonly resident: number;
  /** Processor seconds for everything, and events a second of them. */
  readonly seconds: number;
  readonly eventsASecond: number;
  readonly capture?: CaptureReading;
}

interface CaptureReading {
  readonly mebibytes: number;
  /**
   * What the event loop waits for: the moment itself, and the longest of the chunks; milliseconds on the clock, and of processor time, all threads together, which other
   * work on the machine does not stretch.
   */
  readonly moment: Spent;
  readonly longestChunk: Spent;
  readonly all: Spent;
  readonly restore: Spent;
}

interface Spent {
  readonly wall: number;
  readonly processor: number;
}

const machine = thisMachine();
const started = new Date();
const users = Number(options.users);
const readings: Reading[] = [];
const rounds = options.lists.split(',').map(Number);
for (const lists of rounds) {
  // Each in a process of its own: what one leaves behind would count for the next.
  const reading = rounds.length > 1 ? readApart(lists) : await read(newScene(), lists);
  readings.push(reading);
  process.stdout.write(`${JSON.stringify(reading)}\n`);
}
if (options.out !== undefined) {
  const folder = join(import.meta.dirname, 'results');
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${options.out}-${resultName(started, machine)}.json`);
  await writeFile(path, `${JSON.stringify({ machine, commit: commitNow(), readings }, null, 1)}\n`);
}

function readApart(lists: number): Reading {
  const one = ['--users', options.users, '--lists', String(lists), '--hot', options.hot];
  if (options['no-capture']) one.push('--no-capture');
  const text = execFileSync(process.execPath, [...process.execArgv, import.meta.filename, ...one], {
    encoding: 'utf8',
  });
  return JSON.parse(text) as Reading;
}

function newScene(): MemoryScene {
  return memoryScene({ ...memorySceneOptions, storage: { hotUsers: Number(options.hot) } });
}

async function read(scene: MemoryScene, lists: number): Promise<Reading> {
  // What every memory has, and what the first users cost more than others.
  scene.show({ users: 2000, first: users, lists: 1 });
  scene.pass(2 * 86_400_000);
  const before = bytes();
  const cpu = process.cpuUsage();
  const events = scene.show({ users, first: 0, lists });
  const { user, system } = process.cpuUsage(cpu);
  scene.pass(2 * 86_400_000);
  const after = bytes();
  const seconds = (user + system) / 1e6;
  const each = (of: 'heap' | 'resident'): number => Math.round((after[of] - before[of]) / users);
  // Held until here.
  if (scene.memory.counters.lists < users * lists) throw new Error('expected every list to be taken');
  return {
    users,
    lists,
    heap: each('heap'),
    resident: each('resident'),
    seconds,
    eventsASecond: Math.round(events / seconds),
    ...(options['no-capture'] ? {} : { capture: await readCapture(scene) }),
  };
}

async function readCapture({ memory, options: memoryOptions }: MemoryScene): Promise<CaptureReading> {
  let since = stopwatch();
  const whole = stopwatch();
  const capture = memory.capture();
  const moment = since();
  const chunks: Uint8Array[] = [];
  const longest = { wall: 0, processor: 0 };
  since = stopwatch();
  for (const chunk of capture) {
    chunks.push(chunk);
    const spent = since();
    since = stopwatch();
    longest.wall = Math.max(longest.wall, spent.wall);
    longest.processor = Math.max(longest.processor, spent.processor);
  }
  const all = whole();
  since = stopwatch();
  const restored = await restoreMemory(memoryOptions, chunks);
  const restore = since();
  if (restored.sizes().users !== memory.sizes().users) throw new Error('expected every user back');
  const total = chunks.reduce((sum, { length }) => sum + length, 0);
  return { mebibytes: Math.round(total / 2 ** 20), moment, longestChunk: longest, all, restore };
}

/** Milliseconds since it was started. */
function stopwatch(): () => Spent {
  const begun = performance.now();
  const cpu = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    return {
      wall: Math.round(10 * (performance.now() - begun)) / 10,
      processor: Math.round((user + system) / 100) / 10,
    };
  };
}

function bytes(): { readonly heap: number; readonly resident: number } {
  // Twice: what the first collection finalises, the second gives back.
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: heapUsed + external, resident: rss };
}
