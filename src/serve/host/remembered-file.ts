/** Small facts that are kept beside the journal: a server that starts again goes on with them. */
import { Buffer } from 'node:buffer';
import { UNFINISHED } from '../journal/segments.ts';
import type { JournalStore } from '../journal/store.ts';

/** What JSON of this file says; undefined where there is none, or it is not as it was written. */
export async function rememberedFact(store: JournalStore, name: string): Promise<unknown> {
  if (!(await store.list()).includes(name)) return undefined;
  const file = await store.read(name);
  try {
    return JSON.parse(Buffer.from(await file.read(0, file.length)).toString());
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  } finally {
    await file.close();
  }
}

/** Returns once it is on disk; a crash leaves what was there before, or this. */
export async function rememberFact(store: JournalStore, name: string, value: unknown): Promise<void> {
  const building = `${name}${UNFINISHED}`;
  await store.remove(building);
  const file = await store.append(building);
  try {
    await file.append(Buffer.from(JSON.stringify(value)));
    await file.sync();
  } finally {
    await file.close();
  }
  await store.rename(building, name);
  await store.syncNames();
}
