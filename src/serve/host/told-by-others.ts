/** What entries of other replicas ask of this one, beside entering its memories: to forget a person everywhere, to answer from another model. */
import type { JournalEntry } from '../journal/entry.ts';
import type { Eraser } from './eraser.ts';

export interface ToldByOthers {
  /** An entry that a memory met while it caught up: what it asks for is done by `begin`. */
  caughtUp(entry: JournalEntry): void;
  /** Does what was asked for, and from now on at once. */
  begin(): Promise<void>;
  /** An entry that another process has just written. */
  enter(entry: JournalEntry): void;
}

export interface ToldByOthersOptions {
  /** Of a journal of this process alone the eraser knows whom it erases. */
  readonly isShared: boolean;
  readonly eraser: Pick<Eraser, 'follow'>;
  readonly eraseFromModels: (user: string) => Promise<boolean>;
  readonly activated: (model: string) => void;
  readonly warn: (message: string) => void;
}

export function createToldByOthers(options: ToldByOthersOptions): ToldByOthers {
  const { isShared, eraser, eraseFromModels, activated, warn } = options;
  const erased: string[] = [];
  let hasBegun = false;

  function caughtUp(entry: JournalEntry): void {
    if (isShared && entry.kind === 'erase') erased.push(entry.user);
    if (entry.kind === 'activate') activated(entry.model);
  }

  /** Another replica waits until nobody here is known any more whom it erases. */
  async function forgetErased(): Promise<void> {
    const users = erased.splice(0);
    if (users.length === 0) return;
    try {
      await eraser.follow();
      for (const user of users) await eraseFromModels(user);
    } catch (error) {
      warn(`erasing what another replica erases: ${(error as Error).message}`);
    }
  }

  return {
    caughtUp,
    begin() {
      hasBegun = true;
      return forgetErased();
    },
    enter(entry) {
      caughtUp(entry);
      if (hasBegun) void forgetErased();
    },
  };
}
