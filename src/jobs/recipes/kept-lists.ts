/** The test lists of a comparison, kept in its folder: whatever is asked of it later needs no log. Legend: S slots, B lists. */
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Predictions, ShownLists } from '../../measure/predictions.ts';
import type { SliceColumn } from '../../measure/slices.ts';
import { numberUsers } from '../../metrics/number-users.ts';
import { decodeArrays, encodeArrays } from '../../models/tables/array-file.ts';
import { InputError } from '../../slate/input-error.ts';
import { readIfThere } from '../../train/checkpoints/checkpoint-folder.ts';

/** What happened on the test lists, what costs nothing says of them, and how they are cut. */
export interface KeptLists {
  readonly lists: ShownLists;
  readonly references: readonly Predictions[];
  readonly slices: readonly SliceColumn[];
}

const FILE = 'test.bin';

/** Of a file of 32-bit numbers, whole ones are exact to here: so lengths and gaps are kept, and no offsets. */
const EXACT = 2 ** 24;

interface Facts {
  readonly format: 'slatewise-test-lists/1';
  readonly references: readonly {
    readonly recipe: string;
    readonly threshold: number | null;
    readonly has: readonly string[];
  }[];
  readonly slices: readonly { readonly by: string; readonly values: readonly string[] }[];
}

export async function saveKeptLists(folder: string, { lists, references, slices }: KeptLists): Promise<void> {
  const { offsets, labelS, userB } = lists;
  const { indexB, count } = numberUsers(userB);
  // So many users would be confused with each other: then the folder keeps no test lists.
  if (count > EXACT) return;
  const arrays: Record<string, Float32Array> = {
    lengthB: Float32Array.from(indexB, (_, b) => offsets[b + 1] - offsets[b]),
    userB: Float32Array.from(indexB),
    labelS: Float32Array.from(labelS),
  };
  for (const [at, reference] of references.entries())
    for (const name of COLUMNS) {
      const values = reference[name];
      if (values) arrays[`reference ${at} ${name}`] = Float32Array.from(values);
    }
  for (const [at, { parts }] of slices.entries())
    for (const [part, { slotS }] of parts.entries()) arrays[`slice ${at} ${part}`] = gapsOf(slotS);
  const facts: Facts = {
    format: 'slatewise-test-lists/1',
    references: references.map((one) => ({
      recipe: one.recipe,
      threshold: Number.isNaN(one.threshold) ? null : one.threshold,
      has: COLUMNS.filter((name) => one[name] !== undefined),
    })),
    slices: slices.map(({ by, parts }) => ({ by, values: parts.map(({ value }) => value) })),
  };
  await writeFile(join(folder, `${FILE}.new`), encodeArrays(facts, arrays));
  await rename(join(folder, `${FILE}.new`), join(folder, FILE));
}

/** Throws `InputError` where the folder has none, or a damaged one. */
export async function loadKeptLists(folder: string): Promise<KeptLists> {
  const path = join(folder, FILE);
  const bytes = await readIfThere(path);
  const remedy = 'run its compare command again, which trains nothing twice';
  if (!bytes)
    throw new InputError(`${path}: expected the test lists of the comparison, found none; ${remedy}`, 'file-not-found');
  try {
    const { facts, arrays } = decodeArrays<Facts>(bytes);
    const offsets = new Int32Array(arrays.lengthB.length + 1);
    for (const [b, length] of arrays.lengthB.entries()) offsets[b + 1] = offsets[b] + length;
    return {
      lists: { offsets, labelS: Uint8Array.from(arrays.labelS), userB: Int32Array.from(arrays.userB) },
      references: facts.references.map(({ recipe, threshold, has }, at) => {
        const columns = has.map((name) => [name, arrays[`reference ${at} ${name}`]]);
        const { valueS, ...others }: Pick<Predictions, (typeof COLUMNS)[number]> = Object.fromEntries(columns);
        return { recipe, seed: 0, scale: 'probability', valueS, ...others, threshold: threshold ?? Number.NaN };
      }),
      slices: facts.slices.map(({ by, values }, at) => ({
        by,
        parts: values.map((value, part) => ({ value, slotS: slotsOf(arrays[`slice ${at} ${part}`]) })),
      })),
    };
  } catch (error) {
    throw new InputError(
      `${path}: expected the test lists of the comparison, found a damaged file (${(error as Error).message}); ${remedy}`,
      'file-damaged',
    );
  }
}

const COLUMNS = ['valueS', 'orderS', 'listLogitB'] as const;

const gapsOf = (slotS: Int32Array): Float32Array =>
  Float32Array.from(slotS, (slot, at) => (at === 0 ? slot : slot - slotS[at - 1]));

function slotsOf(gapS: Float32Array): Int32Array {
  const slotS = Int32Array.from(gapS);
  for (let at = 1; at < slotS.length; at++) slotS[at] += slotS[at - 1];
  return slotS;
}
