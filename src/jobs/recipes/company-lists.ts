import { createRng } from '../../random/rng.ts';
import type { RankingEvent } from '../../slate/events.ts';
import type { PreparedLists } from '../prepare.ts';

/** A mean over so many has an error of a sixth of their spread. */
const DRAWN = 40;

/** Training lists of two items or more, drawn without replacement, as they were shown and without what became of them: a model keeps them as the average company of an item. */
export async function companyLists(
  { dataset, encoded }: PreparedLists,
  seed: number,
): Promise<readonly RankingEvent[]> {
  const { slates, train, listB } = encoded;
  const lengths = slates.lengths(train);
  const several = [...train.keys()].filter((at) => lengths[at] > 1);
  const drawn = createRng(seed).split('average company').shuffle(several).slice(0, DRAWN);
  const placeOf = new Map(drawn.map((at, place) => [listB[train[at]], place]));
  const lists: RankingEvent[] = [];
  for await (const row of dataset.rows()) {
    const place = row.kind === 'impression' ? placeOf.get(row.index) : undefined;
    if (row.kind === 'impression' && place !== undefined) lists[place] = row.impression.ranking;
  }
  return lists.flat();
}
