/** The logs of the sweep: simulated ones, and parts of RankLens. */
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { assignSplit, type SplitOptions, splitDefaults } from '../../src/datasets/walk/split.ts';
import { createRng } from '../../src/random/rng.ts';
import { type EffectsName, effectDefaults } from '../../src/simulator/choice-model.ts';
import { type SimulatedRow, simulate } from '../../src/simulator/simulate.ts';
import { type SimulationOptions, simulationDefaults } from '../../src/simulator/simulation-options.ts';
import { writeSimulation } from '../../src/simulator/write-simulation.ts';

export interface SimulatedLog {
  readonly kind: 'simulated';
  /** Training lists: those just before the validation lists. */
  readonly lists: number;
  /** Clicks per shown item that the market is made for. */
  readonly clickRate: number;
  readonly effects: EffectsName;
  /** How much the shop prefers what it takes to be clicked most. */
  readonly policy: number;
  /** Share of the clicks that are told of another item of their list. */
  readonly noise: number;
  /** Seed of market and log. */
  readonly world: number;
}

export interface RankLensLog {
  readonly kind: 'ranklens';
  /** Share of the training users that are left in the log; the users of validation and test stay. */
  readonly users: number;
  /** Share of the clicks that are left, of everybody. */
  readonly clicks: number;
}

const MOST_LISTS = 10_240;
const VALIDATION_LISTS = 600;
const TEST_LISTS = 4000;
const IMPRESSIONS = MOST_LISTS + VALIDATION_LISTS + TEST_LISTS;

export const BY_USER: SplitOptions = { ...splitDefaults, by: 'user' };

/** All logs of one world end with the same lists, in whatever number the training lists before them are. */
export function splitOf(log: SimulatedLog | RankLensLog): SplitOptions {
  if (log.kind === 'ranklens') return BY_USER;
  const all = log.lists + VALIDATION_LISTS + TEST_LISTS;
  return { ...splitDefaults, by: 'time', train: log.lists / all, validation: VALIDATION_LISTS / all };
}

/** A log of its own is named by all that makes it. */
export const logName = (log: SimulatedLog | RankLensLog): string => Object.values(log).join('-');

/** Writes the log where it is not yet. */
export async function makeLog(log: SimulatedLog | RankLensLog, at: { path: string; ranklens: string }): Promise<void> {
  if (existsSync(at.path)) return;
  const started = `${at.path}.new`;
  if (log.kind === 'simulated') await writeSimulation(lastLists(log), { log: started });
  else await writeFile(started, await partOfRankLens(log, at.ranklens));
  await rename(started, at.path);
}

function* lastLists({ lists, clickRate, noise, ...market }: SimulatedLog): Generator<SimulatedRow> {
  const { kind: _, world: seed, ...rest } = market;
  const plain: SimulationOptions = { ...simulationDefaults, ...rest, seed, impressions: IMPRESSIONS };
  const base = baseFor(clickRate, plain);
  const rng = createRng(seed).split('label noise');
  const shown = new Map<string, readonly string[]>();
  let dropped = MOST_LISTS - lists;
  for (const row of simulate({ ...plain, base })) {
    if ('truth' in row) continue;
    const { event } = row;
    if (event.event === 'ranking') {
      if (dropped-- > 0) continue;
      const ids = event.items.map(({ id }) => id);
      shown.set(event.id, ids);
    }
    if (event.event !== 'interaction') yield row;
    else {
      const ids = shown.get(event.ranking);
      if (ids) yield rng.next() < noise ? { event: { ...event, item: ids[rng.integer(ids.length)] } } : row;
    }
  }
}

/** The base of a market whose items are clicked so often on average, from the truth of its first lists. */
function baseFor(clickRate: number, market: SimulationOptions): number {
  const logits: number[] = [];
  for (const row of simulate({ ...market, base: effectDefaults.base, impressions: 1500 }))
    if ('truth' in row) for (const { probability: p } of row.truth.items) logits.push(Math.log(p / (1 - p)));
  const rateAt = (shift: number): number =>
    logits.reduce((sum, logit) => sum + 1 / (1 + Math.exp(-logit - shift)), 0) / logits.length;
  let [low, high] = [-15, 15];
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (rateAt(middle) > clickRate) high = middle;
    else low = middle;
  }
  return effectDefaults.base + low;
}

/** Who and which click is left is drawn by name: a part holds every smaller one. */
async function partOfRankLens({ users, clicks }: RankLensLog, path: string): Promise<string> {
  const rng = createRng(1).split('part of RankLens');
  const isKept = (name: string, share: number): boolean => share === 1 || rng.split(name).next() < share;
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  const events = lines.map((line) => JSON.parse(line) as { event: string; id: string; user: string; ranking: string });
  const lists = events.filter(({ event }) => event === 'ranking');
  const zeros = { times: new Float64Array(), clicks: new Int32Array(), lengths: new Int32Array() };
  const parts = assignSplit({ ...zeros, users: lists.map(({ user }) => user) }, BY_USER);
  const isLeft = lists.map(({ user }, at) => parts[at] !== 0 || isKept(`user ${user}`, users));
  const left = new Set(lists.filter((_, at) => isLeft[at]).map(({ id }) => id));
  const kept = lines.filter((_, at) => {
    const { event, id, ranking } = events[at];
    if (event === 'ranking') return left.has(id);
    return event !== 'interaction' || (left.has(ranking) && isKept(`click ${id}`, clicks));
  });
  return `${kept.join('\n')}\n`;
}
