/** What an import leaves for one that adds to its data set, so that nothing of it is read again. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { SavedStatistics } from '../../encoding/field-values/field-statistics.ts';
import { IMPORT_STATE } from '../../files/folder-kinds.ts';
import { InputError } from '../../slate/input-error.ts';
import type { SavedOddNames } from '../../slate/odd-names.ts';
import type { JoinedBefore } from '../../sources/join/join-interactions.ts';
import type { InteractionTypes } from '../folder/import-summary.ts';
import type { SavedFacts } from './import-facts.ts';

/** Changes when the form of the state does. */
const FORMAT = 1;

export interface ImportState {
  /** The latest time of any event that was taken: what is added is later. */
  readonly until: number;
  readonly statistics: SavedStatistics;
  readonly facts: SavedFacts;
  readonly odd: SavedOddNames;
  readonly types: InteractionTypes;
  readonly joined: JoinedBefore;
}

export const writeState = (folder: string, state: ImportState): Promise<void> =>
  writeFile(join(folder, IMPORT_STATE), serialize({ format: FORMAT, ...state }));

/** Throws `InputError` where there is none that can be read. */
export async function readState(folder: string): Promise<ImportState> {
  try {
    const state = deserialize(await readFile(join(folder, IMPORT_STATE))) as ImportState & { readonly format: number };
    if (state.format === FORMAT) return state;
  } catch {}
  throw new InputError(
    `${folder}: expected ${IMPORT_STATE}, from which an import goes on that adds to a data set, found none that can be read; import the whole log again`,
    'dataset-damaged',
  );
}
