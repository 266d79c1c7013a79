/** Legend: N candidates, K slate. */
import { EMPTY, firstEmpty, isWhole, type Places } from '../../slate/places.ts';
import type { GenerationTask, ValuedSlate } from '../generator.ts';
import { withAlternatives } from './alternatives.ts';
import { valued, withNext } from './valued.ts';

/** A search that was cut fills what is left of its best partial slate by what each candidate is worth alone: one more question, a slate of one item for each. */
export const fillTheRest = async (task: GenerationTask, places: Places): Promise<readonly ValuedSlate[]> =>
  fillByWorth(task, await worthAlone(task), places);

/** Places from the top hold the best that the rules let stand there, by a worth of each candidate: [N]; of equal ones the earlier. */
export async function fillByWorth(
  task: GenerationTask,
  worthN: Float64Array,
  start: Places = task.rules.start,
): Promise<readonly ValuedSlate[]> {
  const byWorth = (candidates: readonly number[]): number[] =>
    [...candidates].sort((a, b) => (worthN[a] === worthN[b] ? a - b : worthN[b] - worthN[a]));
  let places = start;
  let slates: readonly Places[] = [places];
  while (!isWhole(places)) {
    const partial = places;
    slates = byWorth(task.rules.choices(partial)).map((candidate) => withNext(partial, candidate));
    [places] = slates;
  }
  return withAlternatives(task, await valued(task.value, slates.slice(0, task.count)));
}

/** What each candidate is worth alone; -Infinity for those that are pinned. */
export async function worthAlone({ request, value, rules: { start } }: GenerationTask): Promise<Float64Array> {
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
