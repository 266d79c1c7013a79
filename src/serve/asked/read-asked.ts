import { Buffer } from 'node:buffer';
import type { JournalStore } from '../journal/store.ts';
import { askedFiles, type KeptList } from './kept-list.ts';

/** All lists that are kept. The last line of a file may be torn, as a crash leaves it: nothing is told of it. */
export async function readAsked(store: JournalStore): Promise<readonly KeptList[]> {
  const found: KeptList[] = [];
  for (const name of askedFiles(await store.list())) {
    const file = await store.read(name);
    try {
      const text = Buffer.from(await file.read(0, file.length)).toString();
      for (const line of text.split('\n').slice(0, -1)) found.push(JSON.parse(line) as KeptList);
    } finally {
      await file.close();
    }
  }
  return found;
}
