/** Which model answers, kept beside the journal. */
import type { JournalStore } from '../journal/store.ts';
import { rememberedFact, rememberFact } from './remembered-file.ts';

const FILE = 'active.json';

/** The name of the model that was activated last; undefined where none was, or the file is not as it was written. */
export async function rememberedModel(store: JournalStore): Promise<string | undefined> {
  const { active } = ((await rememberedFact(store, FILE)) ?? {}) as { readonly active?: unknown };
  return typeof active === 'string' ? active : undefined;
}

/** Returns once it is on disk; a crash leaves the name before it, or this one. */
export const rememberModel = (store: JournalStore, active: string): Promise<void> =>
  rememberFact(store, FILE, { active });
