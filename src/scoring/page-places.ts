import type { RankingEvent } from '../slate/events.ts';
import { InputError } from '../slate/input-error.ts';
import { EMPTY, type Places } from '../slate/places.ts';
import { requestName } from '../slate/request-name.ts';

/** Places of a page, at most: what its items do to each other is a table of places by places. */
export const PAGE_LIMIT: number = 1000;

/**
 * The slate by place: items stand where their positions say, or in the order of the list where it gives none or one twice. Throws `InputError` where that is a page of more
 * than `PAGE_LIMIT` places.
 */
export function pagePlaces({ id, items }: RankingEvent): Places {
  const given = items.map(({ position }, k) => position ?? k);
  const positions = new Set(given).size < items.length ? [...items.keys()] : given;
  const size = positions.reduce((most, position) => Math.max(most, position + 1), 0);
  if (size > PAGE_LIMIT) {
    throw new InputError(
      items.length > PAGE_LIMIT
        ? `${requestName(id)}: expected at most ${PAGE_LIMIT} items, found ${items.length}; explain the top of the page`
        : `${requestName(id)}: expected positions from 0 to ${PAGE_LIMIT - 1}, found ${size - 1}; number the places of the page as they are shown, or leave the positions out`,
      'too-large',
    );
  }
  const places = new Int32Array(size).fill(EMPTY);
  for (const [k, position] of positions.entries()) places[position] = k;
  return places;
}
