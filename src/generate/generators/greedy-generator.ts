import { isWhole } from '../../slate/places.ts';
import type { Generator } from '../generator.ts';
import { withAlternatives } from './alternatives.ts';
import { fillTheRest } from './fill-by-worth.ts';
import { bestOf, valued, valuedWithin, withNext } from './valued.ts';

/**
 * Fills place after place from the top with the candidate that makes the partial slate worth most; of equal ones the earlier candidate. One call of the value per place.
 * Alternatives are what else the last place could have held.
 */
export const greedyGenerator: Generator = {
  name: 'greedy',
  async generate(task) {
    let places = task.rules.start;
    let grown = await valued(task.value, isWhole(places) ? [places] : []);
    while (!isWhole(places)) {
      const partial = places;
      grown = await valuedWithin(
        task,
        task.rules.choices(partial).map((candidate) => withNext(partial, candidate)),
      );
      if (grown.length === 0) return fillTheRest(task, partial);
      [{ places }] = bestOf(grown, 1);
    }
    return withAlternatives(task, grown);
  },
};
