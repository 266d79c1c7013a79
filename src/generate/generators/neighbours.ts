/** Legend: N candidates, K slate. */
import type { Places } from '../../slate/places.ts';
import type { GenerationTask } from '../generator.ts';
import { freePlaces } from './valued.ts';

/**
 * Slates one step from a whole slate, those that the rules permit: a candidate that is not shown on one place, or two places exchanged. K (N - K) + K (K - 1) / 2 of them
 * without rules, one at a time; pinned places stay.
 */
export function* neighbours(places: Places, { request, rules }: GenerationTask): IterableIterator<Places> {
  for (const slate of allNeighbours(places, rules.start, request.items.length)) if (rules.permits(slate)) yield slate;
}

function* allNeighbours(places: Places, start: Places, N: number): IterableIterator<Places> {
  const free = freePlaces(start);
  const shown = new Set(places);
  const outside = Array.from({ length: N }, (_, candidate) => candidate).filter((candidate) => !shown.has(candidate));
  for (const place of free) for (const candidate of outside) yield places.with(place, candidate);
  for (const [i, place] of free.entries())
    for (const other of free.slice(i + 1)) yield places.with(place, places[other]).with(other, places[place]);
}
