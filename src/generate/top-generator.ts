/** Legend: N candidates, K slate. */
import { EMPTY, firstEmpty, isWhole, type Places } from '../slate/places.ts';
import { withAlternatives } from './alternatives.ts';
import type { GenerationTask, Generator } from './generator.ts';
import { valued, withNext } from './valued.ts';

/**
 * The pointwise list: every candidate is valued once, alone on the first place that is not pinned, and places are filled from the top with the best that may stand there;
 * of equal ones the earlier candidate. Alternatives hold the next best on the last place.
 */
export const topGenerator: Generator = {
  name: 'top',
  async generate(task) {
    const aloneN = await valuesAlone(task);
    const byWorth = (candidates: readonly number[]): number[] =>
      [...candidates].sort((a, b) => (aloneN[a] === aloneN[b] ? a - b : aloneN[b] - aloneN[a]));
    let places = task.rules.start;
    let slates: readonly Places[] = [places];
    while (!isWhole(places)) {
      const partial = places;
      slates = byWorth(task.rules.choices(partial)).map((candidate) => withNext(partial, candidate));
      [places] = slates;
    }
    return withAlternatives(task, await valued(task.value, slates.slice(0, task.count)));
  },
};

/** What each candidate is worth alone; -Infinity for those that are pinned. */
async function valuesAlone({ request, value, rules: { start } }: GenerationTask): Promise<Float64Array> {
  const aloneN = new Float64Array(request.items.length).fill(-Infinity);
  const place = firstEmpty(start);
  if (place < 0) return aloneN;
  const nobody: Places = new Int32Array(start.length).fill(EMPTY);
  const candidates = [...request.items.keys()].filter((candidate) => !start.includes(candidate));
  const alone = await valued(
    value,
    candidates.map((candidate) => nobody.with(place, candidate)),
  );
  alone.forEach((slate, i) => {
    aloneN[candidates[i]] = slate.value;
  });
  return aloneN;
}
