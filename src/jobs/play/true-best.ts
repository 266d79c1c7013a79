import { generatorNamed } from '../../generate/generators.ts';
import { compileRules } from '../../generate/rules/compile-rules.ts';
import { createRng } from '../../random/rng.ts';
import type { Visit, VisitedMarket } from '../../simulator/visits/visited-market.ts';
import type { RankingEvent } from '../../slate/events.ts';
import { EMPTY } from '../../slate/places.ts';

/**
 * Expected clicks of the best list for a visit that a search by the truth itself finds: a beam, then exchanges until none is better. No shop can know it.
 */
export async function bestByTruth(market: VisitedMarket, visit: Visit, size: number): Promise<number> {
  const { candidates, id, time } = visit;
  const items = candidates.map((item) => ({ id: item.id, fields: {} }));
  const request: RankingEvent = { event: 'ranking', id, time, user: visit.user.id, fields: {}, items };
  const worthOf = (places: ArrayLike<number>): number => {
    // Every search fills from the top: what is empty stands below.
    const shown = Array.from(places).filter((candidate) => candidate !== EMPTY);
    return sum(
      market.probabilities(
        visit,
        shown.map((candidate) => candidates[candidate]),
      ),
    );
  };
  const [best] = await generatorNamed('beam+swap').generate({
    request,
    size,
    rules: compileRules({}, { candidates: items, size, where: id }),
    value: async (slates) => Float64Array.from(slates, worthOf),
    count: 1,
    rng: createRng('best by truth'),
  });
  return best.value;
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
