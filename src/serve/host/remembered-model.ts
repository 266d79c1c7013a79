/** Which model answers, kept beside the journal: a server that starts again goes on with it. */
import { Buffer } from 'node:buffer';
import { UNFINISHED } from '../journal/segments.ts';
import type { JournalStore } from '../journal/store.ts';

const FILE = 'active.json';

/** The name of the model that was activated last; undefined where none was, or the file is not as it was written. */
export async function rememberedModel(store: JournalStore): Promise<string | undefined> {
  if (!(await store.list()).includes(FILE)) return undefined;
  const file = await store.read(FILE);
  try {
    const { active } = JSON.parse(Buffer.from(await file.read(0, file.length)).toString()) as { active?: unknown };
    return typeof active === 'string' ? active : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  } finally {
    await file.close();
  }
}

/** Returns once it is on disk; a crash leaves the name before it, or this one. */
export async function rememberModel(store: JournalStore, active: string): Promise<void> {
  const building = `${FILE}${UNFINISHED}`;
  await store.remove(building);
  const file = await store.append(building);
  try {
    await file.append(Buffer.from(JSON.stringify({ active })));
    await file.sync();
  } finally {
    await file.close();
  }
  await store.rename(building, FILE);
  await store.syncNames();
}
