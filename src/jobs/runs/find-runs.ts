import { readdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { MODEL_FOLDER, POINTER_FOLDER } from '../../files/folder-kinds.ts';
import { markIn, refuseNoPath } from '../../files/output-folder.ts';
import { placeOf } from '../../files/places.ts';
import { InputError } from '../../slate/input-error.ts';
import { type RunCard, readRunCard } from './run-card.ts';
import type { RunState } from './run-states.ts';

/** A run with its place. */
export interface FoundRun extends RunCard {
  readonly folder: string;
  /** What lies in its folder beside it: what was trained, or nothing else. */
  readonly holds: 'model' | 'generator' | 'run';
}

/** Folders below the one that is named in which runs are looked for. */
const DEEPEST = 6;

/** The runs in a folder and below it, by name; links are not followed. Throws `InputError` where there is no such folder. */
export async function findRuns(folder: string): Promise<readonly FoundRun[]> {
  refuseNoPath(folder, { place: 'findRuns: the folder', remedy: 'name a folder with runs', code: 'file-not-found' });
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
    const found = error.code === 'ENOTDIR' ? 'a file' : 'no such folder';
    throw new InputError(`${folder}: expected a folder with runs, found ${found}; check the path`, 'file-not-found');
  });
  return runsAmong(folder, entries, DEEPEST);
}

/** Of several folders; a run that is below two of them is there once. Throws `InputError` where one is none. */
export async function runsBelow(folders: readonly string[]): Promise<readonly FoundRun[]> {
  const runs = new Map<string, FoundRun>();
  for (const folder of folders)
    for (const run of await findRuns(folder)) {
      const place = await placeOf(run.folder);
      if (!runs.has(place)) runs.set(place, run);
    }
  return [...runs.values()];
}

type Entries = readonly { readonly name: string; isDirectory(): boolean }[];

async function runsAmong(folder: string, entries: Entries, depth: number): Promise<readonly FoundRun[]> {
  const own = entries.some(({ name }) => name === 'run.json') ? await runAt(folder) : undefined;
  const found = own ? [own] : [];
  if (depth === 0) return found;
  const below = entries.filter((entry) => entry.isDirectory() && !PASSED_OVER.test(entry.name));
  for (const { name } of below.toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))) {
    const inner = join(folder, name);
    // What may not be read holds no run of this user.
    const innerEntries = await readdir(inner, { withFileTypes: true }).catch(() => []);
    found.push(...(await runsAmong(inner, innerEntries, depth - 1)));
  }
  return found;
}

/** They hold no runs, and may hold much else. */
const PASSED_OVER = /^(?:checkpoint-.*|node_modules|\..*)$/;

async function runAt(folder: string): Promise<FoundRun | undefined> {
  const card = await readRunCard(folder);
  if (!card) return undefined;
  const holds = (await markIn(folder, MODEL_FOLDER))
    ? 'model'
    : (await markIn(folder, POINTER_FOLDER))
      ? 'generator'
      : 'run';
  return { ...card, state: stateNow(card), folder, holds };
}

/** A run whose process is gone was interrupted, whatever it could still say. Of another machine nobody knows. */
function stateNow({ state, process: { host, pid } }: RunCard): RunState {
  if (state !== 'running' || host !== hostname()) return state;
  try {
    process.kill(pid, 0);
    return 'running';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? 'running' : 'interrupted';
  }
}

/** What of the runs is asked for; what is left out asks for all. */
export interface RunFilter {
  readonly recipe?: readonly string[];
  /** A part of the path that the run learns from. */
  readonly data?: string;
  readonly state?: readonly RunState[];
}

export const isAskedFor = (
  { recipe, data, state }: FoundRun,
  { recipe: recipes, data: part, state: states }: RunFilter,
): boolean =>
  (recipes?.includes(recipe) ?? true) &&
  (part === undefined || data.includes(part)) &&
  (states?.includes(state) ?? true);
