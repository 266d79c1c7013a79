/** How a model comes to work: it is loaded, its memory brought up to now from the journal, rid of those who were erased meanwhile, and warmed. */
import type { HostedModel } from '../host.ts';
import type { EventOrder } from './event-order.ts';
import { createFollower, type Follower } from './follower.ts';
import { loadedModel } from './hosted-model.ts';
import type { LoadedModel } from './loaded-model.ts';
import { stampOf } from './models-folder.ts';
import { warm } from './warm.ts';

export interface ModelAtWork extends LoadedModel {
  /** Of its folder when it was loaded. */
  readonly stamp: string;
  readonly follower: Follower;
  readonly hosted: HostedModel;
}

export interface BringOptions {
  readonly events: Pick<EventOrder, 'join' | 'leave'>;
  readonly load: (name: string, folder: string) => Promise<LoadedModel>;
  /** Erases persons from its folder, who were erased from the journal after it was trained. */
  readonly eraseFrom: (folder: string, users: readonly string[]) => Promise<void>;
  readonly warn: (message: string) => void;
}

/** `isActive`: whether it is the one that answers, from now on. Its memory follows the journal once this resolves. */
export async function bringModel(
  name: string,
  folder: string,
  options: BringOptions & { readonly isActive: (hosted: HostedModel) => boolean },
): Promise<ModelAtWork> {
  const { events, load, warn, isActive } = options;
  const stamp = await stampOf(folder);
  const model = await load(name, folder);
  const forgotten = [...model.erased];
  const follower = createFollower(model.stored.memory, { ...model, forgot: (user) => void forgotten.push(user) });
  try {
    await events.join(follower);
    if (forgotten.length > 0 && (await isErased(name, folder, forgotten, options))) {
      // Not its memory alone may have known them.
      const withoutThem = await bringModel(name, folder, options);
      events.leave(follower);
      await model.live.close();
      return withoutThem;
    }
    const hosted = loadedModel(model, () => (isActive(hosted) ? 'active' : 'loaded'));
    await warm(model.live, model.stored.memory).catch((error: Error) => warn(`${name}: warming: ${error.message}`));
    return { ...model, stamp, follower, hosted };
  } catch (error) {
    events.leave(follower);
    await model.live.close();
    throw error;
  }
}

/** False where its folder cannot be written. */
async function isErased(
  name: string,
  folder: string,
  users: readonly string[],
  { eraseFrom, warn }: BringOptions,
): Promise<boolean> {
  try {
    await eraseFrom(folder, users);
    warn(
      `${name}: expected a model without those whom the journal says were erased, found ${users.length} of them; its folder was written anew`,
    );
    return true;
  } catch (error) {
    warn(
      `${name}: its folder still has ${users.length} persons who were erased: ${(error as Error).message}; its memory has forgotten them`,
    );
    return false;
  }
}
