/** A few real test lists and what a list model says that their items do to each other. Legend: K places. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRng } from '../../random/rng.ts';
import { fieldOf } from '../../slate/fields.ts';
import { askWithoutEach } from '../effects/ask-without-each.ts';
import { readShownLists, type ShownItem } from '../effects/shown-lists.ts';
import type { Prepared } from '../prepare.ts';
import type { TrainedRecipe } from '../recipes/train-recipe.ts';

/** Plain JSON. */
export interface ExampleSlate {
  /** By place. */
  readonly items: readonly ExampleItem[];
  /** Row j, column i: what the item at place j does to the click probability of the one at place i; 0 on the diagonal. */
  readonly influence: readonly (readonly number[])[];
}

export interface ExampleItem {
  readonly id: string;
  /** A field that names it, or its id. */
  readonly name: string;
  /** In the company of the list. */
  readonly probability: number;
  /** Unknown of a list that a model keeps. */
  readonly clicked?: boolean;
  /** At its place on other lists: mean over these, with its 95 % interval. */
  readonly average?: { readonly mean: number; readonly low: number; readonly high: number };
}

const FILE = 'slates.json';
const FORMAT = 'slatewise-slates/1';

export const SLATES = 3;
/** Fewer items tell nothing, and each of more costs a list without it. */
const [LEAST_ITEMS, MOST_ITEMS] = [3, 50];

export const fitsPicture = (items: number): boolean => items >= LEAST_ITEMS && items <= MOST_ITEMS;

export interface ExampleOptions {
  /** Of the run. */
  readonly folder: string;
  readonly workers: number;
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
}

/** Draws test lists, asks the model about each without each of its items, and keeps the answers in the folder of its run. Nothing is kept where no list fits into a picture. */
export async function keepExampleSlates(
  prepared: Prepared,
  { model, fitted }: Pick<TrainedRecipe, 'model' | 'fitted'>,
  { folder, ...options }: ExampleOptions,
): Promise<void> {
  const drawn = drawnTestLists(prepared, options.seed);
  if (drawn.size === 0) return;
  const { calibration } = fitted;
  const asked = await askWithoutEach(prepared, { ...options, model, calibration, only: drawn });
  const { lists, lengths, togetherS, influence } = asked;
  const { encoded, dataset } = prepared;
  const field = namingField(encoded.features.schema.item.map(({ name }) => name));
  const fields = field === undefined ? [] : [field];
  const shown = await readShownLists(dataset, { lists, fields, items: encoded.memory.items });
  const indexOf = new Map(Array.from(encoded.test, (index) => [encoded.listB[index], index]));
  const slates: ExampleSlate[] = [];
  let [slot, cell] = [0, 0];
  for (const [n, K] of lengths.entries()) {
    const { labelS } = encoded.slates.outcomes(Int32Array.of(indexOf.get(lists[n]) ?? 0));
    const items = shown[n].map((item, k) => ({
      ...{ id: item.id, name: nameOf(item, field) },
      ...{ probability: togetherS[slot + k], clicked: labelS[k] === 1 },
    }));
    const rowOf = (j: number): readonly number[] => [...influence.subarray(cell + j * K, cell + (j + 1) * K)];
    slates.push({ items, influence: items.map((_, j) => rowOf(j)) });
    slot += K;
    cell += K * K;
  }
  await writeFile(join(folder, FILE), `${JSON.stringify({ format: FORMAT, slates })}\n`);
}

/** Indices in the data set. Lists with a click tell more to people than those without. */
function drawnTestLists({ encoded: { slates, test, listB } }: Prepared, seed: number): ReadonlySet<number> {
  const lengths = slates.lengths(test);
  const { offsets, labelS } = slates.outcomes(test);
  const fits = [...test.keys()].filter(
    (b) => fitsPicture(lengths[b]) && labelS.subarray(offsets[b], offsets[b + 1]).includes(1),
  );
  const drawn = createRng(seed).split('example slates').shuffle(fits).slice(0, SLATES);
  return new Set(drawn.map((b) => listB[test[b]]));
}

/** Fields whose value people know an item by. */
const NAMING = ['title', 'name', 'label'];

export const namingField = (fields: readonly string[]): string | undefined =>
  NAMING.flatMap((name) => fields.find((field) => field.toLowerCase() === name) ?? [])[0];

export function nameOf({ id, fields }: ShownItem, field: string | undefined): string {
  const name = field === undefined ? undefined : fieldOf(fields, field);
  return typeof name === 'string' && name !== '' ? name : id;
}

/** Those that a run keeps; none of most runs. */
export async function exampleSlates(folder: string): Promise<readonly ExampleSlate[]> {
  const text = await readFile(join(folder, FILE), 'utf8').catch(() => undefined);
  if (text === undefined) return [];
  const { format, slates } = JSON.parse(text) as { readonly format: string; readonly slates: readonly ExampleSlate[] };
  return format === FORMAT ? slates : [];
}
