/** Which model answers when a server starts, and how that is remembered for the next start. */
import { InputError } from '../../slate/input-error.ts';
import { unknownName } from '../../slate/nearest-name.ts';
import type { JournalStore } from '../journal/store.ts';
import { rememberedModel, rememberModel } from './remembered-model.ts';

export interface FirstModel {
  readonly name: string;
  /** The one that was activated last, be it there still or not. */
  readonly before: string | undefined;
}

/** Throws `InputError` for a model that is asked for and not there. */
export function checkActive(active: string | undefined, names: readonly string[]): void {
  if (active !== undefined && !names.includes(active))
    throw new InputError(`active: ${unknownName(active, names)}`, 'no-such-model');
}

/** Replicas answer from the model that was activated last, whatever each of them was started with. */
export async function firstModel(
  store: JournalStore,
  names: readonly string[],
  options: {
    readonly asked: string | undefined;
    readonly isShared: boolean;
    readonly warn: (message: string) => void;
  },
): Promise<FirstModel> {
  const { asked, isShared, warn } = options;
  const before = await rememberedModel(store);
  const last = before !== undefined && names.includes(before) ? before : undefined;
  const name = (isShared ? (last ?? asked) : (asked ?? last)) ?? names[0];
  if (before !== undefined && last === undefined)
    warn(`${store.name}: ${unknownName(before, names)}, which answered before; ${name} answers now`);
  return { name, before };
}

export interface ActiveMemo {
  /** Nobody waits for it. */
  remember(name: string): void;
  /** Returns once the last one is on disk. */
  written(): Promise<void>;
}

export function createActiveMemo(store: JournalStore, warn: (message: string) => void): ActiveMemo {
  let writing: Promise<void> = Promise.resolve();
  return {
    remember(name) {
      writing = writing
        .then(() => rememberModel(store, name))
        .catch((error: Error) => warn(`which model answers: ${error.message}`));
    },
    written: () => writing,
  };
}
