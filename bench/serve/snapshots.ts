/**
 * How long a snapshot of many users holds up the event loop, how large it is, and how long a start takes from it: with events entering beside it.
 *
 *     npx tsx bench/serve/snapshots.ts [--users 100000] [--lists 2] [--rest 49000] [--out <name>]
 *
 * Three processes, one after the other. The first fills a memory and writes a snapshot of it, and of its events' keys, as a server does. The second starts from that and writes
 * another while 200 events a second enter; then so many more enter, as many as a crash may find without a snapshot, and it ends without a word. The third starts from what it left.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { commitNow, resultName, thisMachine } from '../machine.ts';
import { crowd } from './snapshots/crowd.ts';
import { delayDuring } from './snapshots/delay.ts';
import { fill } from './snapshots/fill.ts';
import { startHere } from './snapshots/start.ts';

const { values: options } = parseArgs({
  options: {
    users: { type: 'string', default: '100000' },
    lists: { type: 'string', default: '2' },
    rest: { type: 'string', default: '49000' },
    out: { type: 'string' },
    step: { type: 'string' },
    folder: { type: 'string' },
  },
});
const [users, lists, rest] = [options.users, options.lists, options.rest].map(Number);

if (options.step !== undefined) console.log(JSON.stringify(await stepOf(options.step, options.folder ?? '')));
else await measure();

async function measure(): Promise<void> {
  const started = new Date();
  const machine = thisMachine();
  const folder = await mkdtemp(join(tmpdir(), 'snapshots-'));
  try {
    const result = {
      ...{ machine, commit: commitNow(), users, lists, rest },
      fill: inProcess('fill', folder),
      fromSnapshot: inProcess('serve', folder),
      fromSnapshotAndRest: inProcess('again', folder),
      loadAtEnd: thisMachine().loadAtStart,
    };
    const text = JSON.stringify(result, null, 1);
    console.log(text);
    if (options.out === undefined) return;
    const results = join(import.meta.dirname, '../results');
    await mkdir(results, { recursive: true });
    await writeFile(join(results, `${options.out}-${resultName(started, machine)}.json`), `${text}\n`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Of a process of its own: what one leaves behind would count for the next. */
function inProcess(step: string, folder: string): unknown {
  const asked = ['--step', step, '--folder', folder, '--users', `${users}`, '--lists', `${lists}`, '--rest', `${rest}`];
  const text = execFileSync(process.execPath, [...process.execArgv, import.meta.filename, ...asked], {
    ...{ encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  });
  return JSON.parse(text);
}

async function stepOf(step: string, folder: string): Promise<object> {
  if (step === 'fill') return fill(folder, { users, lists });
  const { order, close, ...took } = await startHere(folder);
  const load = thisMachine().loadAtStart;
  if (step === 'again') {
    await close();
    return { load, ...took };
  }
  const visits = crowd({ users, after: took.lists, clock: took.clock });
  const tell = (): void => void order.observe(visits.next().value);
  const quiet = await delayDuring(tell, () => new Promise((done) => setTimeout(done, 2000)));
  const during = await delayDuring(tell, () => order.snapshot());
  for (let told = 0; told < rest; told += 100)
    await order.observe(Array.from({ length: 50 }, () => visits.next().value).flat());
  return { load, ...took, withoutSnapshot: quiet, duringSnapshot: during };
}
