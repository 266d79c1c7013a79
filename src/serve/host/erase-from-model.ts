/** A person's traces in a model's folder: its memory, the lists that it keeps, and the ids of users that have numbers of their own. */
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadProfile, saveProfile } from '../../datasets/profile/profile-file.ts';
import { MODEL_FOLDER } from '../../files/folder-kinds.ts';
import { writeManifest } from '../../files/manifest.ts';
import { replaceFolder } from '../../files/output-folder.ts';
import { isInMemoryFile, writeMemoryWithout } from '../../scoring/memory-file-without.ts';
import { checkModelFiles, MODEL_FILES, type ModelJson } from '../../scoring/model-folder.ts';
import { anonymousList } from './erase.ts';
import { printOf } from './printed-person.ts';

/**
 * Writes the folder anew where the model knew the person. Returns whether it did. The model is not loaded for it: with many users that takes longer than to go through its files.
 * Throws `InputError` for a folder that is not as it was saved.
 */
export async function eraseFromModel(folder: string, user: string): Promise<boolean> {
  const text = await readFile(join(folder, MODEL_FILES.json), 'utf8');
  const { json, names } = await checkModelFiles(folder, text);
  const left = withoutUser(json, user);
  const memory = join(folder, MODEL_FILES.memory);
  if (!left && !(await isInMemoryFile(memory, user))) return false;
  // Counts of nobody: what later days are held against.
  const profile = await loadProfile(folder);
  await replaceFolder(folder, MODEL_FOLDER, async (building) => {
    for (const name of names) {
      if (name === MODEL_FILES.memory) await writeMemoryWithout(memory, join(building, name), user);
      else if (name === MODEL_FILES.json && left)
        await writeFile(join(building, name), `${JSON.stringify(left, null, 1)}\n`);
      else await copyFile(join(folder, name), join(building, name));
    }
    await writeManifest(building, names);
    if (profile) await saveProfile(building, profile);
  });
  return true;
}

/** Undefined where nothing in it is of the user. The numbers of all others stay: they are rows of the weights. */
function withoutUser(json: ModelJson, user: string): ModelJson | undefined {
  const { lists, features } = json;
  const { userIds } = features.encoders;
  if (!userIds.includes(user) && !lists?.some((list) => list.user === user)) return undefined;
  return {
    ...json,
    features: {
      ...features,
      encoders: {
        ...features.encoders,
        userIds: userIds.map((id) => (id === user ? `erased ${printOf(id)}` : id)),
      },
    },
    lists: lists?.map((list) => (list.user === user ? anonymousList(list) : list)),
  };
}
