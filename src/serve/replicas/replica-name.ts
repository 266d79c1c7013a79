import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import type { JournalStore } from '../journal/store.ts';

const FILE = 'replica.json';

/** The name of a replica, which its folder keeps: by it the others know which snapshots there are. */
export async function replicaName(store: JournalStore): Promise<string> {
  if ((await store.list()).includes(FILE)) {
    const name = await nameIn(store);
    if (name !== undefined) return name;
    await store.remove(FILE);
  }
  const name = randomUUID();
  const file = await store.append(FILE);
  try {
    await file.append(Buffer.from(JSON.stringify({ replica: name })));
    await file.sync();
  } finally {
    await file.close();
  }
  await store.syncNames();
  return name;
}

/** Undefined where it was never written whole. */
async function nameIn(store: JournalStore): Promise<string | undefined> {
  const file = await store.read(FILE);
  try {
    const { replica } = JSON.parse(Buffer.from(await file.read(0, file.length)).toString('utf8'));
    return typeof replica === 'string' ? replica : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  } finally {
    await file.close();
  }
}
