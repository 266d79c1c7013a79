/** Legend: N candidates, K slate. */
import type { Places } from '../../slate/places.ts';
import type { GenerationTask } from '../generator.ts';
import { freePlaces } from './valued.ts';

/**
 * Slates one step from a whole slate, those that the rules permit: a candidate that is not shown on one place, or two places exchanged. K (N - K) + K (K - 1) / 2 of them
 * without rules; pinned places stay.
 */
export function neighbours(places: Places, { request, rules }: GenerationTask): readonly Places[] {
  const free = freePlaces(rules.start);
  const shown = new Set(places);
  const outside = [...request.items.keys()].filter((candidate) => !shown.has(candidate));
  const replaced = free.flatMap((place) => outside.map((candidate) => places.with(place, candidate)));
  const exchanged = free.flatMap((place, i) =>
    free.slice(i + 1).map((other) => places.with(place, places[other]).with(other, places[place])),
  );
  return [...replaced, ...exchanged].filter((slate) => rules.permits(slate));
}
