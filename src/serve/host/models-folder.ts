/** The models that a server may answer from: folders in one folder, or a single one. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { FittedFeaturesJson } from '../../encoding/columns/fitted-features.ts';
import { MODEL_FOLDER } from '../../files/folder-kinds.ts';
import type { ModelReport } from '../../live/model-report.ts';
import { storedReport } from '../../live/open.ts';
import { MODEL_FORMAT, type ModelCard, parseModelFile } from '../../scoring/model-folder.ts';
import { InputError } from '../../slate/input-error.ts';
import { unknownName } from '../../slate/nearest-name.ts';

export interface ModelsFolder {
  /** Names of the models that are there now, sorted. */
  names(): Promise<readonly string[]>;
  /** The folder of a model. Throws `InputError` (`no-such-model`) for a name that is none of `names`: no other folder is ever opened. */
  folderOf(name: string): Promise<string>;
}

/** Throws `InputError` (`model-missing`) where there is no model. */
export async function openModelsFolder(folder: string): Promise<ModelsFolder> {
  const isSingle = await holdsModel(folder);
  const single = basename(resolve(folder));
  async function names(): Promise<readonly string[]> {
    if (isSingle) return [single];
    const entries = await readdir(folder).catch(() => []);
    const found = await Promise.all(
      entries.map(async (name) => (!name.startsWith('.') && (await holdsModel(join(folder, name))) ? [name] : [])),
    );
    return found.flat().sort();
  }
  if ((await names()).length === 0)
    throw new InputError(
      `${folder}: expected a model folder, or a folder of them, found no ${MODEL_FOLDER.mark} in it; make one with npx slatewise train <data> --out ${folder}`,
      'model-missing',
    );
  return {
    names,
    async folderOf(name) {
      const known = await names();
      if (!known.includes(name))
        throw new InputError(`the models of ${folder}: ${unknownName(name, known)}`, 'no-such-model');
      return isSingle ? folder : join(folder, name);
    },
  };
}

const holdsModel = (folder: string): Promise<boolean> =>
  stat(join(folder, MODEL_FOLDER.mark)).then(
    (facts) => facts.isFile(),
    () => false,
  );

/** What a model that is not loaded tells of itself. */
export async function reportIn(folder: string): Promise<ModelReport> {
  const text = await readFile(join(folder, MODEL_FOLDER.mark), 'utf8');
  const json = parseModelFile<{ readonly card: ModelCard; readonly features: FittedFeaturesJson }>(folder, text, {
    file: MODEL_FOLDER.mark,
    format: MODEL_FORMAT,
  });
  return storedReport({ card: json.card, features: json.features });
}

/** Another one where the folder was written anew: it is never changed in its place. */
export async function stampOf(folder: string): Promise<string> {
  const { ino, mtimeMs } = await stat(join(folder, MODEL_FOLDER.mark));
  return `${ino} ${mtimeMs}`;
}
