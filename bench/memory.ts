/**
 * What does a user cost? `NODE_OPTIONS=--expose-gc npx tsx bench/memory.ts [--users 100000] [--lists 2,20] [--out <name>]`
 *
 * Everybody is shown so many lists of 10 items, one round after the other, and clicks on every second of them; then two days pass, so that no list is held any more. Heap
 * (with what lies beside it) and resident memory beyond those of the same memory before the first list, a user; and what a list costs while it may be clicked, and while it is remembered.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { commitNow, resultName, thisMachine } from './machine.ts';
import { type MemoryScene, memoryScene } from './memory/scene.ts';

const { values: options } = parseArgs({
  options: {
    users: { type: 'string', default: '100000' },
    lists: { type: 'string', default: '2,20' },
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
}

const machine = thisMachine();
const started = new Date();
const users = Number(options.users);
const readings: Reading[] = [];
const rounds = options.lists.split(',').map(Number);
for (const lists of rounds) {
  // Each in a process of its own: what one leaves behind would count for the next.
  const reading = rounds.length > 1 ? readApart(lists) : read(memoryScene(), lists);
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
  const one = ['--users', options.users, '--lists', String(lists)];
  const text = execFileSync(process.execPath, [...process.execArgv, import.meta.filename, ...one], {
    encoding: 'utf8',
  });
  return JSON.parse(text) as Reading;
}

function read(scene: MemoryScene, lists: number): Reading {
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
  };
}

function bytes(): { readonly heap: number; readonly resident: number } {
  // Twice: what the first collection finalises, the second gives back.
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: heapUsed + external, resident: rss };
}
