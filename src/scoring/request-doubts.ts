import type { Memory } from '../memory/memory.ts';
import type { RankingEvent } from '../slate/events.ts';
import { PAGE_LIMIT } from './page-places.ts';

export interface DoubtsOptions {
  /** Whether a position beyond a page is refused elsewhere, as `pagePlaces` does. */
  readonly refusesFar?: boolean | undefined;
}

/** Of a request whose id an earlier one has: nobody can tell their answers apart by it. */
export const SHARED_ID =
  'expected an id of its own, found that of an earlier request; the answers come in the order of the requests';

/** What of a request can be answered, and is rarely meant: a sentence each. The same for all requests, so that they can be counted by it. */
export function requestDoubts(
  { items }: RankingEvent,
  { items: known }: Pick<Memory, 'items'>,
  { refusesFar = false }: DoubtsOptions = {},
): readonly string[] {
  const positions = items.flatMap(({ position }) => position ?? []);
  const doubts: string[] = [];
  if (new Set(positions).size < positions.length)
    doubts.push(
      'expected every position once, found one of several items, which count in the order in which they are written; number the places, or leave the positions out',
    );
  if (!refusesFar && positions.some((position) => position >= PAGE_LIMIT))
    doubts.push(
      `expected positions of a page, below ${PAGE_LIMIT}, found one beyond, which counts as the last that the model knows; number the places, or leave the positions out`,
    );
  if (items.every(({ id }) => known.indexOf(id) === undefined))
    doubts.push('expected items that the model has met, found none, and all are scored as new ones; check their ids');
  return doubts;
}
