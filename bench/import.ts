/**
 * Lists a second that an import takes, from JSON lines, plain and gzipped, CSV and Parquet, of one simulated log; with the code of another commit beside it in the same run, where a clone of it is
 * given, whose data sets must be the same to the byte.
 *
 *     npm run build
 *     npx tsx bench/import.ts [--lists 200000] [--rounds 3] [--forms jsonl,parquet] [--before <clone>]
 */
import { execFileSync } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { createGzip } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { simulate } from '../src/simulator/simulate.ts';
import { simulationDefaults } from '../src/simulator/simulation-options.ts';
import { eventToJson } from '../src/slate/event-to-json.ts';
import type { LogEvent, RankingEvent } from '../src/slate/events.ts';
import { commitNow, resultName, thisMachine } from './machine.ts';

const { values } = parseArgs({
  options: {
    lists: { type: 'string', default: '200000' },
    rounds: { type: 'string', default: '3' },
    forms: { type: 'string', default: 'jsonl,jsonl.gz,csv,parquet' },
    before: { type: 'string' },
  },
});
const COLUMNS = JSON.stringify({ list: 'list', user: 'user', time: 'time', item: 'item', clickTime: 'clicked_at' });
const FILES = ['impressions.arrow', 'items.arrow', 'users.arrow', 'items-vocabulary.arrow', 'users-vocabulary.arrow'];

interface Taken {
  readonly lists: number;
  readonly rejected: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly mostMiB: number;
}

const started = new Date();
const machine = thisMachine();
const folder = await mkdtemp(join(tmpdir(), 'import-'));
const here = resolve(import.meta.dirname, '..');
const clones = values.before === undefined ? { now: here } : { before: resolve(values.before), now: here };
try {
  await writeLogs();
  const forms = [];
  for (const form of values.forms.split(',')) forms.push(await measured(form));
  const commits = Object.fromEntries(Object.entries(clones).map(([name, clone]) => [name, commitOf(clone)]));
  const figures = { started, machine, node: process.version, commits, rounds: Number(values.rounds), forms };
  const path = `bench/results/import-${resultName(started, machine)}.json`;
  await writeFile(path, `${JSON.stringify(figures, undefined, 2)}\n`);
  console.log(path);
} finally {
  await rm(folder, { recursive: true });
}

/** Medians of rounds in which each clone takes its turn. */
async function measured(form: string): Promise<object> {
  const rounds: Partial<Record<string, Taken[]>> = {};
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const [name, clone] of Object.entries(clones)) {
      rounds[name] ??= [];
      rounds[name].push(taken(clone, form, join(folder, name)));
    }
    if (clones.before === undefined) continue;
    for (const file of FILES)
      if (!(await readFile(join(folder, 'before', file))).equals(await readFile(join(folder, 'now', file))))
        throw new Error(`${form}: ${file} is not the same`);
  }
  const medians = Object.fromEntries(
    Object.entries(rounds).map(([name, all = []]) => {
      const [{ lists }] = all;
      const median = (key: keyof Taken): number => all.map((each) => each[key]).sort((a, b) => a - b)[all.length >> 1];
      return [
        name,
        {
          ...{ lists, aSecond: Math.round(lists / median('seconds')), mostMiB: Math.round(median('mostMiB')) },
          aProcessorSecond: Math.round(lists / median('cpuSeconds')),
        },
      ];
    }),
  );
  const ratio = medians.before && medians.now.aProcessorSecond / medians.before.aProcessorSecond;
  console.log(
    form,
    JSON.stringify(medians),
    ratio === undefined ? '' : `${ratio.toFixed(2)} times per processor second`,
  );
  return { form, ...medians, ...(ratio === undefined ? {} : { ratio }) };
}

function taken(clone: string, form: string, out: string): Taken {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx/esm')).href;
  const columns = form.startsWith('jsonl') ? [] : [COLUMNS];
  const asked = [join(here, 'bench/import/child.ts'), clone, join(folder, `log.${form}`), out, ...columns];
  return JSON.parse(execFileSync(process.execPath, ['--import', tsx, ...asked], { encoding: 'utf8' })) as Taken;
}

function commitOf(clone: string): string {
  if (clone === here) return commitNow();
  return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8', cwd: clone }).trim();
}

async function writeLogs(): Promise<void> {
  const [lines, table] = [join(folder, 'log.jsonl'), join(folder, 'log.csv')];
  await pipeline(Readable.from(jsonLines()), createWriteStream(lines));
  await pipeline(createReadStream(lines), createGzip(), createWriteStream(`${lines}.gz`));
  await pipeline(Readable.from(csvLines()), createWriteStream(table));
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const read = `read_csv('${table}', types = {'time': 'BIGINT', 'clicked_at': 'BIGINT'})`;
  await connection.run(`COPY (SELECT * FROM ${read}) TO '${join(folder, 'log.parquet')}' (FORMAT parquet)`);
  connection.closeSync();
}

function* events(): Generator<LogEvent> {
  for (const row of simulate({ ...simulationDefaults, impressions: Number(values.lists), seed: 7 }))
    if ('event' in row) yield row.event;
}

function* jsonLines(): Generator<string> {
  for (const event of events()) yield `${JSON.stringify(eventToJson(event))}\n`;
}

/** A row for every shown item: a list's clicks follow it. */
function* csvLines(): Generator<string> {
  yield 'list,user,time,item,clicked_at\n';
  let shown: RankingEvent | undefined;
  let clicks = new Map<string, number>();
  for (const event of events()) {
    if (event.event === 'interaction')
      clicks.set(event.item, Math.min(event.time, clicks.get(event.item) ?? event.time));
    if (event.event !== 'ranking') continue;
    yield rowsOf(shown, clicks);
    [shown, clicks] = [event, new Map()];
  }
  yield rowsOf(shown, clicks);
}

function rowsOf(list: RankingEvent | undefined, clicks: ReadonlyMap<string, number>): string {
  if (list === undefined) return '';
  const { id: listId, user, time, items } = list;
  return items.map(({ id }) => `${listId},${user},${time},${id},${clicks.get(id) ?? ''}\n`).join('');
}
