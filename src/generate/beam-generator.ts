/** Legend: W width. */
import { isWhole } from '../slate/places.ts';
import type { Generator } from './generator.ts';
import { bestOf, valued, withNext } from './valued.ts';

export interface BeamOptions {
  /** W: partial slates kept after each place; more where more alternatives are asked for. */
  readonly width: number;
}

/**
 * Beam search: as greedy, with the best W partial slates kept instead of one. One call of the value per place, of W N slates at most. The same items in another order are
 * another slate; no slate comes twice, as all fill the same place and grow from different ones. Alternatives are what the beam holds at the end.
 */
export function beamGenerator({ width }: BeamOptions = { width: 8 }): Generator {
  return {
    name: 'beam',
    async generate({ value, rules, count }) {
      let beam = await valued(value, isWhole(rules.start) ? [rules.start] : []);
      let partial = [rules.start];
      while (!partial.every(isWhole)) {
        const grown = partial.flatMap((places) =>
          rules.choices(places).map((candidate) => withNext(places, candidate)),
        );
        beam = bestOf(await valued(value, grown), Math.max(width, count));
        partial = beam.map(({ places }) => places);
      }
      return bestOf(beam, count);
    },
  };
}
