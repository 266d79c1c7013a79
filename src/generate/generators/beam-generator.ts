/** Legend: W width. */
import { isWhole, type Places } from '../../slate/places.ts';
import type { Generator } from '../generator.ts';
import { searchBeams } from './beam-search.ts';
import { fillTheRest } from './fill-by-worth.ts';
import { bestOf, valuedWithin } from './valued.ts';

export interface BeamOptions {
  /** W: partial slates kept after each place, more where more alternatives are asked for; follows from N unless told otherwise. */
  readonly width?: number;
}

/** Slates that a beam without a width asks about at each place, and the least and most it keeps. */
const SLATES_A_PLACE = 800;
const NARROWEST = 8;
const WIDEST = 64;

/** With few candidates a wide beam costs little and misses less. */
export const beamWidth = (candidates: number): number =>
  Math.max(NARROWEST, Math.min(WIDEST, Math.round(SLATES_A_PLACE / candidates)));

/**
 * Beam search (`beam-search.ts`) under the rules: as greedy, with the best W partial slates kept instead of one. One call of the value per place, of W N slates at
 * most. The same items in another order are another slate; no slate comes twice, as all fill the same place and grow from different ones. Alternatives are what the beam holds at the end.
 */
export function beamGenerator({ width }: BeamOptions = {}): Generator {
  return {
    name: 'beam',
    async generate(task) {
      const { request, rules, count } = task;
      const kept = Math.max(width ?? beamWidth(request.items.length), count);
      const search = { start: rules.start, choices: (places: Places) => rules.choices(places), width: kept };
      const [beam] = await searchBeams([search], async ([grown]) => {
        const values = await valuedWithin(task, grown);
        return [Float64Array.from(values, ({ value }) => value)];
      });
      const [{ places } = { places: rules.start }] = beam;
      return isWhole(places) && beam.length > 0 ? bestOf(beam, count) : fillTheRest(task, places);
    },
  };
}
