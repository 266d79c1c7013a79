/** A person's traces in a model's folder: its memory, the lists that it keeps, and the ids of users that have numbers of their own. */
import { loadProfile, saveProfile } from '../../datasets/profile/profile-file.ts';
import type { OwnKind } from '../../jobs/kinds.ts';
import { kindsOf } from '../../jobs/kinds.ts';
import { loadModel, type StoredModel, saveModel } from '../../scoring/model-folder.ts';
import type { RankingEvent } from '../../slate/events.ts';
import { anonymousList } from './erase.ts';
import { printOf } from './printed-person.ts';

/** Writes the folder anew where the model knew the person. Returns whether it did. */
export async function eraseFromModel(
  folder: string,
  user: string,
  kinds: readonly OwnKind[] | undefined,
): Promise<boolean> {
  const stored = await loadModel(folder, kindsOf(kinds, 'kinds: '));
  const { memory, lists, features } = stored;
  const isMet = memory.forgetUser(user);
  const isListed = lists?.some((list) => list.user === user) ?? false;
  const isNumbered = features.encoders.userIds.has(user);
  if (!isMet && !isListed && !isNumbered) return false;
  // Counts of nobody: what later days are held against.
  const profile = await loadProfile(folder);
  await saveModel(folder, {
    ...stored,
    also: async (building) => void (profile && (await saveProfile(building, profile))),
    ...(isListed ? { lists: lists?.map((list) => withoutUser(list, user)) } : {}),
    ...(isNumbered ? { features: withoutNumber(features, user) } : {}),
  });
  return true;
}

const withoutUser = (list: RankingEvent, user: string): RankingEvent =>
  list.user === user ? anonymousList(list) : list;

/** The numbers of all others stay: they are rows of the weights. */
function withoutNumber(features: StoredModel['features'], user: string): StoredModel['features'] {
  const userIds = new Map(
    Array.from(features.encoders.userIds, ([id, row]) => [id === user ? `erased ${printOf(id)}` : id, row] as const),
  );
  return { ...features, encoders: { ...features.encoders, userIds } };
}
