import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { choiceFiles } from './formats.ts';
import type { ChoiceData } from './occasions.ts';

/** Where the choice data is looked for when nobody names a folder. */
export const choiceFolder = (): string =>
  join(process.env.SLATEWISE_DATA ?? resolve(import.meta.dirname, '../../../shared/data'), 'choice');

/** Undefined where the folder does not have the file: the data is not part of this project. */
export async function loadChoices(folder: string, name: string): Promise<ChoiceData | undefined> {
  const known = choiceFiles[name];
  if (known === undefined) throw new Error(`expected one of ${Object.keys(choiceFiles).join(', ')}, found "${name}"`);
  const path = join(folder, known.file);
  if (!existsSync(path)) return undefined;
  const bytes = await readFile(path);
  return known.read((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'), path);
}
