/** Legend: K slate. */
import { EMPTY, firstEmpty, type Places } from '../../slate/places.ts';
import type { GenerationTask, SlateValue, ValuedSlate } from '../generator.ts';
import { costOf } from '../search-limit.ts';

/** Slates with what they are worth, in one call of the value. Throws `RangeError` when a value is not a number: nothing could be ordered by it. */
export const valued = async (value: SlateValue, slates: readonly Places[]): Promise<readonly ValuedSlate[]> =>
  slates.length === 0 ? [] : withValues(slates, await value(slates));

/** The same of as many of the first slates as the task's limit lets be asked for, in questions of bounded cost; of none where it is over. */
export async function valuedWithin(
  { value, limit }: Pick<GenerationTask, 'value' | 'limit'>,
  slates: Iterable<Places>,
): Promise<readonly ValuedSlate[]> {
  const all: ValuedSlate[] = [];
  for (const portion of portionsOf(slates, limit?.portion ?? Infinity)) {
    if (limit?.isOver()) break;
    limit?.spend(portion.reduce((sum, places) => sum + costOf(places), 0));
    for (const slate of await valued(value, portion)) all.push(slate);
  }
  return all;
}

/** Slates in portions of about this cost, at least one slate in each. */
export function* portionsOf(slates: Iterable<Places>, most: number): IterableIterator<readonly Places[]> {
  let portion: Places[] = [];
  let cost = 0;
  for (const places of slates) {
    portion.push(places);
    cost += costOf(places);
    if (cost < most) continue;
    yield portion;
    portion = [];
    cost = 0;
  }
  if (portion.length > 0) yield portion;
}

/** The same of values that are there already, in the order of the slates. */
export const withValues = (slates: readonly Places[], values: Float64Array): readonly ValuedSlate[] =>
  slates.map((places, i) => {
    if (!(values[i] <= Infinity))
      throw new RangeError(`withValues: slate [${places}] has the value ${values[i]}, expected a number`);
    return { places, value: values[i] };
  });

/** The best `count`, best first; of equal ones the earlier. */
export const bestOf = (slates: readonly ValuedSlate[], count: number): readonly ValuedSlate[] =>
  [...slates].sort((a, b) => (a.value === b.value ? 0 : b.value - a.value)).slice(0, count);

/** Each slate once: the first of those with the same items on the same places. */
export function distinct(slates: readonly ValuedSlate[]): readonly ValuedSlate[] {
  const seen = new Set<string>();
  return slates.filter(({ places }) => {
    const before = seen.size;
    return seen.add(places.join()).size > before;
  });
}

/** The slate with a candidate on its first empty place. */
export const withNext = (places: Places, candidate: number): Places => places.with(firstEmpty(places), candidate);

/** Places that nothing is pinned to. */
export const freePlaces = (start: Places): readonly number[] =>
  [...start.keys()].filter((place) => start[place] === EMPTY);
