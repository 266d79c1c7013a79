import { isWhole } from '../../slate/places.ts';
import type { Generator } from '../generator.ts';
import { withAlternatives } from './alternatives.ts';
import { bestOf, valued, withNext } from './valued.ts';

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
      grown = await valued(
        task.value,
        task.rules.choices(places).map((candidate) => withNext(places, candidate)),
      );
      [{ places }] = bestOf(grown, 1);
    }
    return withAlternatives(task, grown);
  },
};
